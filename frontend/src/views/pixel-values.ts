// SPDX-License-Identifier: Apache-2.0
/** Values at a place of the frame that pictures are stretched over. */
import type {LabelLines, Picture} from '../kinds/kind.js';
import {isSameKind, kindOf} from '../kinds/registry.js';
import {pixelAt} from '../pixels/align.js';
import type {Size} from '../pixels/raster.js';
import type {Point} from './viewport.js';

/** One line: what a picture holds at a place; undefined outside of the frame. */
export function pixelText(picture: Picture, place: Point, frame: Size): string | undefined {
  const pixel = pixelAt(frame, picture.raster, place.x, place.y);
  if (pixel === undefined) {
    return undefined;
  }
  const kind = kindOf(picture);
  const text = kind.valueTexts(picture, pixel).join(' ');
  return kind.isJudged(picture, pixel) ? text : `${text} (ignored)`;
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
  return at === undefined || other === undefined || !isSameKind(truth, prediction)
    ? ''
    : kindOf(truth).differenceText(truth, at, prediction, other);
}

/** The same, to be written on a pixel of the prediction. */
export function differenceLabels(
  truth: Picture,
  prediction: Picture,
  x: number,
  y: number,
  frame: Size,
): readonly LabelLines[] {
  const {width, height} = prediction.raster;
  const place = {x: ((x + 0.5) * frame.width) / width, y: ((y + 0.5) * frame.height) / height};
  const at = pixelAt(frame, truth.raster, place.x, place.y);
  return at === undefined || !isSameKind(truth, prediction)
    ? []
    : kindOf(truth).differenceLabels(truth, at, prediction, {x, y});
}
