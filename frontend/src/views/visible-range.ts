// SPDX-License-Identifier: Apache-2.0
/** Which of many boxes of one size are drawn while their list is scrolled; lengths in CSS pixels. */
import {clamp} from '../clamp.js';

/** From `first`, before `end`. */
export interface IndexRange {
  readonly first: number;
  readonly end: number;
}

/** Of `count` boxes, `pitch` apart, those between `offset` and `offset + length`, and `beyond` more at each end. */
export function visibleRange(
  count: number,
  pitch: number,
  offset: number,
  length: number,
  beyond: number,
): IndexRange {
  const first = clamp(Math.floor(offset / pitch) - beyond, 0, count);
  const end = clamp(Math.ceil((offset + length) / pitch) + beyond, first, count);
  return {first, end};
}
