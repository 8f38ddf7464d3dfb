// SPDX-License-Identifier: Apache-2.0
/** Numbers of single pixels as text: of levels with the decimals that storing kept, of 32 bits to the last bit. */
import {boundOf, boundOfDifference, boundedDifference, boundedText, type Bound} from '../bounds.js';
import type {Pixel} from '../kind.js';
import {MINUS} from '../../texts/numbers.js';
import {numberText, storedAt} from '../values.js';
import type {HeatmapPicture} from './picture.js';
import {heatmapValue, largestNumber} from './values.js';

/** Differences of numbers of 32 bits have so many digits. */
const ERROR_DIGITS = 4;
/** Numbers with more decimals, or from 10^9 on, are written with a power of ten. */
const MOST_DECIMALS = 6;
const LARGE = 1e9;

export function valueText(picture: HeatmapPicture, pixel: Pixel): string {
  const value = valueAt(picture, pixel);
  if (!Number.isFinite(value)) {
    return Number.isNaN(value) ? 'NaN' : value > 0 ? '+∞' : `${MINUS}∞`;
  }
  const text =
    picture.raster.bits === 32 ? exactText(value) : resolvedText(value, spacingOf(picture));
  return boundedText(boundAt(picture, pixel), text);
}

/** Signed; empty where there is none, or nothing to compare. */
export function errorText(
  truth: HeatmapPicture,
  at: Pixel,
  prediction: HeatmapPicture,
  other: Pixel,
): string {
  const error = valueAt(prediction, other) - valueAt(truth, at);
  const bound = boundOfDifference(boundAt(truth, at), boundAt(prediction, other));
  if (Number.isNaN(error) || (error === 0 && bound === '')) {
    return '';
  }
  const size = Math.abs(error);
  // Two levels are known no better than the coarser of them.
  const spacing = Math.max(spacingOf(truth), spacingOf(prediction));
  const text = !Number.isFinite(error)
    ? '∞'
    : spacing === 0
      ? plainText(Number(size.toPrecision(ERROR_DIGITS)))
      : resolvedText(size, spacing);
  return boundedDifference(bound, `${error > 0 ? '+' : error < 0 ? MINUS : ''}${text}`);
}

function valueAt(picture: HeatmapPicture, {x, y}: Pixel): number {
  const {raster, range} = picture;
  const [stored] = storedAt(picture, x, y);
  return raster.bits === 32 ? stored! : heatmapValue({raster, range}, stored!);
}

function boundAt(picture: HeatmapPicture, {x, y}: Pixel): Bound {
  const {raster, range, clipped} = picture;
  const [stored] = storedAt(picture, x, y);
  if (raster.bits !== 32) {
    return boundOf(stored!, largestNumber(raster.bits), clipped);
  }
  // Numbers beyond single precision were clipped to its ends, which are then those of the range.
  const level = stored === range[0] ? 0 : stored === range[1] ? 2 : 1;
  return boundOf(level, 2, clipped);
}

/** How far apart two levels are; 0 where numbers themselves are stored. */
function spacingOf({raster, range}: HeatmapPicture): number {
  return raster.bits === 32 ? 0 : Math.abs(range[1] - range[0]) / largestNumber(raster.bits);
}

/** The fewest digits that are this number of single precision and no other. */
function exactText(value: number): string {
  let digits = 1;
  while (Math.fround(Number(value.toPrecision(digits))) !== value) {
    digits++;
  }
  const text = plainText(Number(value.toPrecision(digits)));
  return Object.is(value, -0) ? `${MINUS}${text}` : text;
}

/** All digits of a number, with a power of ten where that is shorter. */
function plainText(value: number): string {
  const size = Math.abs(value);
  const isPlain = value === 0 || (size >= 1e-4 && size < LARGE);
  return isPlain ? withMinus(String(value)) : scientificText(value);
}

/** The digits that tell apart values that are `spacing` apart, and none that say more. */
function resolvedText(value: number, spacing: number): string {
  if (spacing === 0) {
    return plainText(value);
  }
  const decimals = Math.ceil(-Math.log10(spacing));
  const size = Math.abs(value);
  if (size < LARGE && decimals <= MOST_DECIMALS) {
    return numberText(value, Math.max(0, decimals));
  }
  if (size < spacing / 2) {
    return '0';
  }
  const digits = Math.floor(Math.log10(size)) + decimals + 1;
  return scientificText(value, Math.max(1, digits));
}

function scientificText(value: number, digits?: number): string {
  const text = digits === undefined ? value.toExponential() : value.toExponential(digits - 1);
  return withMinus(text.replace('e+', 'e'));
}

function withMinus(text: string): string {
  return text.replaceAll('-', MINUS);
}

/** To follow a number; empty without a unit. */
export function unitText({unit}: HeatmapPicture): string {
  return unit === undefined ? '' : ` ${unit}`;
}
