// SPDX-License-Identifier: Apache-2.0
/** Stored integers and numbers as text, for the rooms' own texts. */
import type {Raster} from '../pixels/raster.js';

/** The stored integers of one pixel, one per channel. */
export function storedAt({raster}: {readonly raster: Raster}, x: number, y: number): number[] {
  const from = (y * raster.width + x) * raster.channels;
  return [...raster.data.subarray(from, from + raster.channels)];
}

/** A number with a true minus sign, because a hyphen is narrower than digits. */
export function numberText(value: number, digits: number): string {
  if (Number.isNaN(value)) {
    return 'NaN';
  }
  if (!Number.isFinite(value)) {
    return value > 0 ? '∞' : '−∞';
  }
  const text = value.toFixed(digits);
  return Number(text) === 0 ? text.replace('-', '') : text.replace('-', '−');
}

export function signed(value: number, digits: number): string {
  const text = numberText(value, digits);
  return value > 0 ? `+${text}` : text;
}

/** The sum of a number of each pixel; of none of a NaN. */
export function sumOver(pixels: number, of: (pixel: number) => number): number {
  let sum = 0;
  for (let pixel = 0; pixel < pixels; pixel++) {
    const value = of(pixel);
    sum += Number.isNaN(value) ? 0 : value;
  }
  return sum;
}
