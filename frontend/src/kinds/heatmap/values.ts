// SPDX-License-Identifier: Apache-2.0
/** What the stored values of a heatmap mean, on the CPU and in GLSL, and their colours. */
import {opaque, transparent, type Rgba} from '../../pixels/color.js';
import {colorAt, colormap} from '../../pixels/colormaps.js';
import {buildLut, storedValues, type Lut} from '../../pixels/lut.js';
import {noLabel} from '../../pixels/labels.js';
import {ignoredColor, ignoredStripe} from '../../pixels/no-value.js';
import type {Table} from '../../pixels/operation.js';
import type {HeatmapDisplay, HeatmapPicture} from './picture.js';
import type {Raster} from '../../pixels/raster.js';

/** The largest stored value that is a number; the three above it are -inf, +inf and NaN (docs/format.md, "Heatmap values"). */
export function largestNumber(bits: Raster['bits']): number {
  return storedValues(bits) - 4;
}

/** What a stored value means, in the heatmap's units. */
export function heatmapValue({raster, range}: HeatmapPicture, stored: number): number {
  const largest = largestNumber(raster.bits);
  if (stored <= largest) {
    return range[0] + (stored / largest) * (range[1] - range[0]);
  }
  return [-Infinity, Infinity][stored - largest - 1] ?? NaN;
}

const rastersWithNan = new WeakMap<Raster, boolean>();

export function holdsNan({raster}: HeatmapPicture): boolean {
  const found = rastersWithNan.get(raster) ?? raster.data.includes(largestNumber(raster.bits) + 3);
  rastersWithNan.set(raster, found);
  return found;
}

/** `heatmapValue` of every stored value, in single precision: what a GPU can hold too, so both compute with the same numbers. */
export function valueTable(picture: HeatmapPicture): Float32Array {
  const table = new Float32Array(storedValues(picture.raster.bits));
  return table.map((_, stored) => heatmapValue(picture, stored));
}

/** `valueTable` for GLSL, `look(NAME_partValues, stored).r`. Codes that mean no number are found by `codeOf`: not every GPU keeps a NaN. */
export function valueTexture(picture: HeatmapPicture): Table {
  return {
    type: 'values',
    key: `${picture.raster.bits} ${picture.range.join()}`,
    values: () => valueTable(picture).map((value) => (Number.isFinite(value) ? value : 0)),
  };
}

/** What a stored value is in GLSL: 0 a number, 1 -inf, 2 +inf, 3 NaN. */
export const codeFunction =
  'int codeOf(uint stored, int largest) { return max(int(stored) - largest, 0); }';

/** Marks the infinities: stripes of the colour map's end and of this, which no map has. */
const infinityStripe: Rgba = opaque(0xff00ff);

export function heatmapLut(picture: HeatmapPicture, display: HeatmapDisplay): Lut {
  const {threshold} = display;
  if (threshold !== null) {
    const above = opaque(display.thresholdColor);
    return buildLut(picture.raster.bits, (stored) => {
      const color = heatmapValue(picture, stored) >= threshold ? above : transparent;
      return [color, color];
    });
  }
  const map = colormap(display.colormap, display.reversed);
  const [low, high] = display.range ?? picture.range;
  return buildLut(picture.raster.bits, (stored) => {
    const value = heatmapValue(picture, stored);
    if (Number.isNaN(value)) {
      return [opaque(ignoredColor), opaque(ignoredStripe)];
    }
    const color = colorAt(map, fraction(value, low, high));
    return [color, Number.isFinite(value) ? color : infinityStripe];
  });
}

/** Where a value lies in a range, not clamped; in an empty range (low = high) its value is the middle. */
function fraction(value: number, low: number, high: number): number {
  if (high > low) {
    return (value - low) / (high - low);
  }
  return value === low ? 0.5 : Number(value > low);
}

/** 1 where the value is at least `threshold`, 0 where it is less, `noLabel` for NaN. */
export function thresholdLabels(picture: HeatmapPicture, threshold: number): Uint32Array {
  const table = new Uint32Array(storedValues(picture.raster.bits));
  return table.map((_, stored) => {
    const value = heatmapValue(picture, stored);
    return Number.isNaN(value) ? noLabel : Number(value >= threshold);
  });
}
