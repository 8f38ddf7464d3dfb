// SPDX-License-Identifier: Apache-2.0
/** Stored integers and numbers as text, for the rooms' own texts. */
import type {DecodedRaster} from '../pixels/raster.js';
import type {LabelLines} from './kind.js';
import {MINUS} from '../texts/numbers.js';

/** The stored values of one pixel, one per channel. */
export function storedAt(
  {raster}: {readonly raster: DecodedRaster},
  x: number,
  y: number,
): number[] {
  const from = (y * raster.width + x) * raster.channels;
  return [...raster.data.subarray(from, from + raster.channels)];
}

/** A number with a true minus sign. */
export function numberText(value: number, digits: number): string {
  if (Number.isNaN(value)) {
    return 'NaN';
  }
  if (!Number.isFinite(value)) {
    return value > 0 ? '∞' : `${MINUS}∞`;
  }
  const text = value.toFixed(digits);
  return Number(text) === 0 ? text.replace('-', '') : text.replace('-', MINUS);
}

export function signed(value: number, digits: number): string {
  const text = numberText(value, digits);
  return value > 0 ? `+${text}` : text;
}

/** Significant digits on a pixel: where there is room, and where there is less. */
const LABEL_DIGITS = [4, 3];

/** Numbers as texts, one a line, to be written on a pixel. */
export function numberLabels(texts: readonly string[]): readonly LabelLines[] {
  return texts.length === 0
    ? []
    : LABEL_DIGITS.map((digits) => texts.map((text) => withDigits(text, digits)));
}

/** Rounds what has more significant digits, and decimals that can be left out. */
function withDigits(text: string, digits: number): string {
  return text.replace(/\d+\.\d+/g, (number) => {
    const [whole] = number.split('.') as [string];
    const significant = number.replace('.', '').replace(/^0+/, '').length;
    const ofWhole = Number(whole) === 0 ? 0 : whole.length;
    return significant <= digits
      ? number
      : String(Number(Number(number).toPrecision(Math.max(digits, ofWhole))));
  });
}

/** The mean of a number of each pixel, over those where it is finite; undefined where it is nowhere. */
export function meanOver(pixels: number, of: (pixel: number) => number): number | undefined {
  let sum = 0;
  let counted = 0;
  for (let pixel = 0; pixel < pixels; pixel++) {
    const value = of(pixel);
    if (Number.isFinite(value)) {
      sum += value;
      counted++;
    }
  }
  return counted === 0 ? undefined : sum / counted;
}
