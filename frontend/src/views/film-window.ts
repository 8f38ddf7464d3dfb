// SPDX-License-Identifier: Apache-2.0

/** The arithmetic of a film strip: frames of one width in a row that is scrolled; lengths in CSS pixels. */
import {clamp} from '../clamp.js';
import {visibleRange, type IndexRange} from './visible-range.js';

/** Frames drawn beyond each end of the visible part, so that they are there when scrolled to. */
const BEYOND = 2;

/** What of `count` frames, `pitch` apart, is drawn while the strip is scrolled to `left`: from `first`, before `end`. */
export function filmWindow(count: number, pitch: number, left: number, width: number): IndexRange {
  return visibleRange(count, pitch, left, width, BEYOND);
}

/** Where to scroll to so that a frame is in the middle, or as near to it as the ends allow. */
export function centredScroll(index: number, count: number, pitch: number, width: number): number {
  const wanted = (index + 0.5) * pitch - width / 2;
  return clamp(wanted, 0, Math.max(count * pitch - width, 0));
}
