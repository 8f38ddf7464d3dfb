// SPDX-License-Identifier: Apache-2.0
/**
 * The arithmetic of a film strip: rows of frames of one width, which are scrolled together. The frame shown of each row stands in
 * one column, so that what is compared is below each other whatever steps a run has. Lengths in CSS pixels.
 */
import {clamp} from '../clamp.js';
import {visibleRange, type IndexRange} from './visible-range.js';

/** Frames drawn beyond each end of the visible part, so that they are there when scrolled to. */
const BEYOND = 2;

/** The frames of one run. */
export interface FilmRow {
  readonly count: number;
  /** Index of the frame shown. */
  readonly current: number;
}

/** Columns of all rows. */
export interface Reel {
  /** Of the frames shown. */
  readonly current: number;
  readonly count: number;
}

export function reelOf(rows: readonly FilmRow[]): Reel {
  const before = Math.max(0, ...rows.map(({current}) => current));
  const after = Math.max(0, ...rows.map(({count, current}) => count - 1 - current));
  return {current: before, count: before + 1 + after};
}

/** The column of a row's first frame. */
export function firstColumn({current}: FilmRow, reel: Reel): number {
  return reel.current - current;
}

/** Which frames of a row are drawn while the strip is scrolled to `left`: from `first`, before `end`. */
export function filmWindow(
  row: FilmRow,
  reel: Reel,
  pitch: number,
  left: number,
  width: number,
): IndexRange {
  const offset = left - firstColumn(row, reel) * pitch;
  return visibleRange(row.count, pitch, offset, width, BEYOND);
}

/** Where to scroll to so that the frames shown are in the middle, or as near to it as the ends allow. */
export function centredScroll({current, count}: Reel, pitch: number, width: number): number {
  const wanted = (current + 0.5) * pitch - width / 2;
  return clamp(wanted, 0, Math.max(count * pitch - width, 0));
}

/** How many rows of a strip are out of sight below its visible part, which ends at `bottom`, by more than half of their height. */
export function rowsBelow(count: number, height: number, bottom: number): number {
  return height > 0 ? clamp(count - Math.floor(bottom / height + 0.5), 0, count) : 0;
}
