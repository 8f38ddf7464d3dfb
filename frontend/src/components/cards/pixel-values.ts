// SPDX-License-Identifier: Apache-2.0
import {pixelAt} from '../../pixels/align.js';
import {heatmapValue} from '../../kinds/heatmap/values.js';
import {storedValues} from '../../pixels/lut.js';
import {classId} from '../../kinds/mask/classes.js';
import type {ImagePicture, Picture} from '../../kinds/types.js';
import type {Size} from '../../pixels/raster.js';
import {storedAt, valueTexts} from '../../kinds/value-texts.js';
import type {Point} from './viewport.js';

/** One line: what a picture holds at a place of the frame it is stretched over; undefined outside of it. */
export function pixelText(picture: Picture, place: Point, frame: Size): string | undefined {
  const pixel = pixelAt(frame, picture.raster, place.x, place.y);
  if (pixel === undefined) {
    return undefined;
  }
  const text = valueTexts(picture, pixel.x, pixel.y).join(' ');
  return isIgnored(picture, pixel.x, pixel.y) ? `${text} (ignored)` : text;
}

/**
 * How a prediction differs from the truth at a place, to be said after its value: `✗` for another class, or the signed error of
 * each channel. Empty where they agree, where there is nothing to compare, and where the truth is ignored.
 */
export function differenceText(
  truth: Picture,
  prediction: Picture,
  place: Point,
  frame: Size,
): string {
  const at = pixelAt(frame, truth.raster, place.x, place.y);
  const other = pixelAt(frame, prediction.raster, place.x, place.y);
  if (at === undefined || other === undefined) {
    return '';
  }
  const wanted = storedAt(truth, at.x, at.y);
  const got = storedAt(prediction, other.x, other.y);
  if (truth.kind === 'mask' && prediction.kind === 'mask') {
    const right = classId(truth, wanted[0]!) === classId(prediction, got[0]!);
    return right || isIgnored(truth, at.x, at.y) ? '' : '✗';
  }
  if (truth.kind === 'heatmap' && prediction.kind === 'heatmap') {
    const from = heatmapValue(truth, wanted[0]!);
    const error = heatmapValue(prediction, got[0]!) - from;
    const spacing = (truth.range[1] - truth.range[0]) / storedValues(truth.raster.bits);
    return Number.isNaN(error) || error === 0 ? '' : `Δ ${signed(error, decimalsFor(spacing))}`;
  }
  if (truth.kind === 'image' && prediction.kind === 'image' && wanted.length === got.length) {
    const digits = Math.max(levelDigits(truth), levelDigits(prediction));
    const errors = got.map(
      (level, channel) => level * levelUnit(prediction) - wanted[channel]! * levelUnit(truth),
    );
    return errors.every((error) => error === 0)
      ? ''
      : `Δ ${errors.map((error) => signed(error, digits)).join(' ')}`;
  }
  return '';
}

/** Decimals that tell values apart that are `spacing` apart. */
function decimalsFor(spacing: number): number {
  return spacing > 0 ? Math.min(Math.max(Math.ceil(-Math.log10(spacing)), 0), 6) : 2;
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

function isIgnored(picture: Picture, x: number, y: number): boolean {
  if (picture.kind !== 'mask') {
    return false;
  }
  const id = classId(picture, storedAt(picture, x, y)[0]!);
  return id !== undefined && picture.palette.ignore.has(id);
}

/** Images of floats are said as fractions of full scale, of integers as they are. */
function levelUnit({dtype, raster}: ImagePicture): number {
  return isFloat(dtype) ? 1 / (storedValues(raster.bits) - 1) : 1;
}

function levelDigits({dtype, raster}: ImagePicture): number {
  return isFloat(dtype) ? (raster.bits === 8 ? 3 : 5) : 0;
}

function isFloat(dtype: string | undefined): boolean {
  return dtype?.includes('float') ?? false;
}
