// SPDX-License-Identifier: Apache-2.0

/** The arithmetic of a film strip: frames of one width in a row that is scrolled; lengths in CSS pixels. */
import {clamp} from '../clamp.js';

/** Frames drawn beyond each end of the visible part, so that they are there when scrolled to. */
const BEYOND = 2;

/** What of `count` frames, `pitch` apart, is drawn while the strip is scrolled to `left`: from `first`, before `end`. */
export function filmWindow(
  count: number,
  pitch: number,
  left: number,
  width: number,
): {readonly first: number; readonly end: number} {
  const first = Math.max(Math.floor(left / pitch) - BEYOND, 0);
  const end = Math.min(Math.ceil((left + width) / pitch) + BEYOND, count);
  return {first: Math.min(first, count), end: Math.max(end, 0)};
}

/** Where to scroll to so that a frame is in the middle, or as near to it as the ends allow. */
export function centredScroll(index: number, count: number, pitch: number, width: number): number {
  const wanted = (index + 0.5) * pitch - width / 2;
  return clamp(wanted, 0, Math.max(count * pitch - width, 0));
}
