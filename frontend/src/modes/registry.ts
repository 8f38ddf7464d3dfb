// SPDX-License-Identifier: Apache-2.0
/** The modes there are, in the order of their buttons. A new one is a file and a line here: see `mode.ts`. */
import {blink} from './blink.js';
import {difference} from './difference.js';
import type {Mode} from './mode.js';
import {outlined} from './outlined.js';
import {blend} from './blend.js';
import {side} from './side.js';
import {swipe} from './swipe.js';

const ALL = [side, blend, swipe, blink, difference, outlined] as const;

export type ModeId = (typeof ALL)[number]['id'];

export const MODES: readonly (Mode & {readonly id: ModeId})[] = ALL;

/** Each picture for itself: the first mode, and what stands in where another can't be shown. */
export const PLAIN_MODE: ModeId = side.id;

/** Prediction and ground truth in one picture, which is what a tile has room for. */
export const BLEND_MODE: ModeId = blend.id;

/** A line between the two pictures, which can be moved. */
export const SWIPE_MODE: ModeId = swipe.id;

/** What choosing a difference turns on. */
export const DIFFERENCE_MODE: ModeId = difference.id;

/** Whether a difference is drawn, as a picture or as outlines. */
export function drawsDifference(view: {readonly mode: ModeId}): boolean {
  const {compares, outlinesDifference} = modeOf(view);
  return compares || outlinesDifference;
}

export function modeOf({mode}: {readonly mode: ModeId}): Mode {
  return MODES.find(({id}) => id === mode)!;
}
