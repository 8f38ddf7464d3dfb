// SPDX-License-Identifier: Apache-2.0
import {heatmapValue} from '../../render/heatmap.js';
import {classId} from '../../render/mask.js';
import {styleOf} from '../../render/palette.js';
import type {ClassStyle, Picture, Size} from '../../render/types.js';
import type {Point} from './viewport.js';

/** What one pixel of a picture means. */
export type PixelValue =
  /** `style` is undefined where the stored value has no class. */
  | {readonly type: 'class'; readonly style: ClassStyle | undefined}
  | {readonly type: 'number'; readonly value: number; readonly unit: string | undefined; readonly digits: number}
  /** In the caller's terms: integers as they were, floats in [0, 1]. `digits` is how many decimals are true. */
  | {readonly type: 'levels'; readonly levels: readonly number[]; readonly digits: number};

/** The pixel of a picture at a place in the frame over which the picture is stretched; undefined outside of it. */
export function pixelAt({width, height}: Size, place: Point, frame: Size): {x: number; y: number} | undefined {
  const x = Math.floor((place.x * width) / frame.width);
  const y = Math.floor((place.y * height) / frame.height);
  return x >= 0 && y >= 0 && x < width && y < height ? {x, y} : undefined;
}

export function valueOf(picture: Picture, x: number, y: number): PixelValue {
  const {raster} = picture;
  const first = (y * raster.width + x) * raster.channels;
  const stored = raster.data[first]!;
  switch (picture.kind) {
    case 'mask': {
      const id = classId(picture, stored);
      return {type: 'class', style: id === undefined ? undefined : styleOf(picture.palette, id)};
    }
    case 'heatmap':
      return {
        type: 'number',
        value: heatmapValue(picture, stored),
        unit: picture.unit,
        digits: decimalsFor((picture.range[1] - picture.range[0]) / 2 ** raster.bits),
      };
    case 'image': {
      const levels = Array.from(raster.data.subarray(first, first + raster.channels));
      const full = 2 ** raster.bits - 1;
      return isFloat(picture.dtype)
        ? {type: 'levels', levels: levels.map((level) => level / full), digits: raster.bits === 8 ? 3 : 5}
        : {type: 'levels', levels, digits: 0};
    }
  }
}

/** Decimals that tell neighbouring values apart, when they are `spacing` apart. */
export function decimalsFor(spacing: number): number {
  return spacing > 0 ? Math.min(Math.max(Math.ceil(-Math.log10(spacing)), 0), 6) : 2;
}

export function numberText(value: number, digits: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  return minus(value.toFixed(digits));
}

/** A true minus sign; a hyphen is narrower than digits. Negative zero has none. */
export function minus(text: string): string {
  return Number(text) === 0 ? text.replace('-', '') : text.replace('-', '−');
}

/** One line, as in a tooltip. */
export function valueText(value: PixelValue): string {
  switch (value.type) {
    case 'class':
      return value.style === undefined
        ? 'no class'
        : value.style.ignored
          ? `${value.style.name} (ignored)`
          : value.style.name;
    case 'number':
      return (
        numberText(value.value, value.digits) +
        (value.unit === undefined || !Number.isFinite(value.value) ? '' : ` ${value.unit}`)
      );
    case 'levels':
      return value.levels.map((level) => numberText(level, value.digits)).join(' ');
  }
}

/** The lines written on a magnified pixel. */
export function valueLines(value: PixelValue): readonly string[] {
  switch (value.type) {
    case 'class':
      return [value.style === undefined ? '–' : value.style.name];
    case 'number':
      return [numberText(value.value, Math.min(value.digits, 3))];
    case 'levels':
      return value.levels.map((level) => numberText(level, Math.min(value.digits, 3)));
  }
}

/** How a prediction's pixel differs from the truth's, as a suffix of its value: `✗`, a signed number, or nothing. */
export function differenceText(truth: PixelValue, prediction: PixelValue): string {
  if (truth.type === 'class' && prediction.type === 'class') {
    return truth.style?.ignored === true || truth.style?.id === prediction.style?.id ? '' : '✗';
  }
  if (truth.type === 'number' && prediction.type === 'number') {
    const error = prediction.value - truth.value;
    if (Number.isNaN(error) || truth.value === prediction.value) return '';
    return `Δ ${signed(error, Math.max(truth.digits, prediction.digits))}`;
  }
  if (truth.type === 'levels' && prediction.type === 'levels' && truth.levels.length === prediction.levels.length) {
    const errors = prediction.levels.map((level, channel) => level - truth.levels[channel]!);
    const digits = Math.max(truth.digits, prediction.digits);
    return errors.every((error) => error === 0) ? '' : `Δ ${errors.map((error) => signed(error, digits)).join(' ')}`;
  }
  return '';
}

export function signed(value: number, digits: number): string {
  const text = numberText(value, digits);
  return value > 0 ? `+${text}` : text;
}

function isFloat(dtype: string | undefined): boolean {
  return dtype !== undefined && /^b?float/.test(dtype);
}
