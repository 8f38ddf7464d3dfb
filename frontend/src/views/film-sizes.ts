// SPDX-License-Identifier: Apache-2.0
/** Sizes of the film strip, in CSS pixels. */
import {clamp} from '../clamp.js';
import type {Size} from '../pixels/raster.js';
import {formatStep} from '../store/steps.js';
import type {FilmRun} from './film-rows.js';

/** Between frames. */
export const GAP = 4;
/** Of the text below a frame's picture. */
export const TEXT_HEIGHT = 13;
/** Of the names at the left. */
export const NAMES_WIDTH = 128;

/** Of a frame's picture, at least and where there is room. */
const THUMB_HEIGHT = 33;
const LARGE_THUMB_HEIGHT = 52;
/** Of the bar that scrolls. */
const SCROLLBAR = 6;
/** Of a digit in a frame's text. */
const DIGIT_WIDTH = 7.2;
/** Of the number beside a frame's step, with the gap between. */
const METRIC_DIGITS = 8;

/** Wide enough for a picture of the size `frame`, and for the longest step with its number. */
export function thumbSize(
  runs: readonly FilmRun[],
  frame: Size | undefined,
  tallest: number,
): Size {
  const room = (tallest - SCROLLBAR) / runs.length - TEXT_HEIGHT - GAP;
  const height = Math.floor(clamp(room, THUMB_HEIGHT, LARGE_THUMB_HEIGHT));
  const {width, height: tall} = frame ?? {width: 2, height: 1};
  const picture = clamp(Math.round((height * width) / tall), 40, 160);
  const ends = runs.flatMap(({run: {steps}}) => [steps[0], steps.at(-1)]);
  const digits = Math.max(0, ...ends.map((step) => formatStep(step ?? '').length));
  const text = Math.ceil((digits + METRIC_DIGITS) * DIGIT_WIDTH);
  return {width: Math.max(picture, text), height};
}
