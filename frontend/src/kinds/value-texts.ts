// SPDX-License-Identifier: Apache-2.0
import {heatmapValue, largestNumber} from './heatmap/values.js';
import {storedValues} from '../pixels/lut.js';
import {classId} from './mask/classes.js';
import {styleOf} from './mask/palette.js';
import type {HeatmapPicture, ImagePicture, Picture} from './types.js';

/** The stored integers of one pixel, one per channel. */
export function storedAt({raster}: Picture, x: number, y: number): number[] {
  const from = (y * raster.width + x) * raster.channels;
  return [...raster.data.subarray(from, from + raster.channels)];
}

/**
 * A pixel in the caller's terms, one text per channel: the name of the class; a number in the heatmap's unit with as many
 * decimals as storing kept; an integer of an image, or a fraction of full scale where the caller gave floats.
 */
export function valueTexts(picture: Picture, x: number, y: number): string[] {
  const stored = storedAt(picture, x, y);
  switch (picture.kind) {
    case 'mask': {
      const id = classId(picture, stored[0]!);
      return [id === undefined ? `no class (${stored[0]!})` : styleOf(picture.palette, id).name];
    }
    case 'heatmap':
      return [heatmapText(picture, stored[0]!)];
    case 'image':
      return stored.map((value) => imageText(picture, value));
  }
}

function imageText({raster, dtype}: ImagePicture, stored: number): string {
  if (!isFloat(dtype)) {
    return String(stored);
  }
  return (stored / (storedValues(raster.bits) - 1)).toFixed(raster.bits === 8 ? 3 : 5);
}

function heatmapText(picture: HeatmapPicture, stored: number): string {
  const value = heatmapValue(picture, stored);
  const {raster, range, unit} = picture;
  const text = Number.isFinite(value)
    ? numberText(value, Math.abs(range[1] - range[0]) / largestNumber(raster.bits))
    : Number.isNaN(value)
      ? 'NaN'
      : value > 0
        ? '+∞'
        : '−∞';
  return unit === undefined || unit === '' ? text : `${text} ${unit}`;
}

/** Enough decimals to tell apart values that are `step` apart; scientific where that takes many. */
function numberText(value: number, step: number): string {
  const decimals = step > 0 ? Math.max(0, Math.ceil(-Math.log10(step))) : 6;
  const text = decimals <= 6 ? value.toFixed(decimals) : value.toPrecision(4);
  return text.replace('-', '−');
}

/** `float32`, `float16`, `bfloat16`, ... */
function isFloat(dtype: string | undefined): boolean {
  return dtype?.includes('float') ?? false;
}
