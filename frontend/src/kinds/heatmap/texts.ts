// SPDX-License-Identifier: Apache-2.0
/** Numbers of single pixels as text: of levels with the decimals that storing kept, of 32 bits to the last bit. */
import {storedValues} from '../../pixels/lut.js';
import type {Pixel} from '../kind.js';
import {signed, storedAt} from '../values.js';
import type {HeatmapPicture} from './picture.js';
import {heatmapValue, largestNumber} from './values.js';
import {clamp} from '../../clamp.js';

const MINUS = '\u2212';
/** Differences of numbers of 32 bits have so many digits. */
const ERROR_DIGITS = 4;

export function valueText(picture: HeatmapPicture, {x, y}: Pixel): string {
  const {raster, range} = picture;
  const value = valueAt(picture, {x, y});
  if (Number.isNaN(value)) {
    return 'NaN';
  }
  if (!Number.isFinite(value)) {
    return value > 0 ? '+∞' : `${MINUS}∞`;
  }
  return raster.bits === 32
    ? exactText(value)
    : numberText(value, Math.abs(range[1] - range[0]) / largestNumber(raster.bits));
}

/** Signed; empty where there is none, or nothing to compare. */
export function errorText(
  truth: HeatmapPicture,
  at: Pixel,
  prediction: HeatmapPicture,
  other: Pixel,
): string {
  const error = valueAt(prediction, other) - valueAt(truth, at);
  if (Number.isNaN(error) || error === 0) {
    return '';
  }
  const {raster, range} = truth;
  if (raster.bits === 32) {
    const text = Number.isFinite(error) ? plainText(Number(error.toPrecision(ERROR_DIGITS))) : '∞';
    return error > 0 ? `+${text}` : text.replace(/^(?!\u2212)/, MINUS);
  }
  return signed(error, decimalsFor((range[1] - range[0]) / storedValues(raster.bits)));
}

function valueAt(picture: HeatmapPicture, {x, y}: Pixel): number {
  const {raster, range} = picture;
  const [stored] = storedAt(picture, x, y);
  return raster.bits === 32 ? stored! : heatmapValue({raster, range}, stored!);
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
  const isPlain = value === 0 || (size >= 1e-4 && size < 1e9);
  return (isPlain ? String(value) : value.toExponential())
    .replace('e+', 'e')
    .replaceAll('-', MINUS);
}

/** Enough decimals to tell apart values that are `step` apart; scientific where that takes many. */
function numberText(value: number, step: number): string {
  const decimals = step > 0 ? Math.max(0, Math.ceil(-Math.log10(step))) : 6;
  const text = decimals <= 6 ? value.toFixed(decimals) : value.toPrecision(4);
  return text.replace('-', MINUS);
}

/** Decimals that tell values apart that are `spacing` apart. */
function decimalsFor(spacing: number): number {
  return spacing > 0 ? clamp(Math.ceil(-Math.log10(spacing)), 0, 6) : 2;
}
