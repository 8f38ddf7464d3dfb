// SPDX-License-Identifier: Apache-2.0
/** The arithmetic of a matrix of samples and runs; lengths in CSS pixels. */
import {clamp} from '../clamp.js';
import type {Size} from '../pixels/raster.js';
import type {CellPlace} from './cells.js';
import {visibleRange, type IndexRange} from './visible-range.js';

/** Of a row of headers with names only. */
const HEAD_HEIGHT = 36;
/** Of a line of hyperparameters in the headers, and of the names of groups above them. */
const HPARAMS_HEIGHT = 16;
export const GROUP_HEIGHT = 22;
/** Of the line above a sample's pictures. */
export const TITLE_HEIGHT = 26;
/** Between the pictures of a sample and the next sample's line. */
const ROW_GAP = 4;
/** Rows and columns drawn beyond what is seen, so that scrolling finds them there. */
const ROWS_BEYOND = 1;
const COLUMNS_BEYOND = 1;
/** How much of the width may be taken by columns that stay. */
const STUCK_SHARE = 0.55;

export interface MatrixGeometry {
  readonly cell: Size;
  readonly headHeight: number;
  readonly rowHeight: number;
  /** Columns before those of the runs. */
  readonly fixed: number;
  /** How many of those stay, counted from the runs: the ground truth goes last. */
  readonly stuck: number;
  readonly width: number;
  readonly height: number;
}

export function matrixGeometry(
  counts: {
    readonly rows: number;
    readonly runs: number;
    readonly hasInput: boolean;
    readonly hasHparams: boolean;
    readonly hasGroups: boolean;
  },
  cellWidth: number,
  frame: Size,
  boxWidth: number,
): MatrixGeometry {
  const height = clamp((cellWidth * frame.height) / frame.width, cellWidth * 0.4, cellWidth * 1.25);
  const cell = {width: cellWidth, height: Math.round(height)};
  const rowHeight = TITLE_HEIGHT + cell.height + ROW_GAP;
  const fixed = counts.hasInput ? 2 : 1;
  const most = Math.floor((boxWidth * STUCK_SHARE) / cellWidth);
  const headHeight =
    HEAD_HEIGHT + (counts.hasHparams ? HPARAMS_HEIGHT : 0) + (counts.hasGroups ? GROUP_HEIGHT : 0);
  return {
    cell,
    headHeight,
    rowHeight,
    fixed,
    stuck: clamp(most, 0, fixed),
    width: (fixed + counts.runs) * cellWidth,
    height: headHeight + counts.rows * rowHeight,
  };
}

/** Where a fixed column stands; `place` counts from 0. */
export function fixedPlace({cell, fixed, stuck}: MatrixGeometry, place: number): CellPlace {
  const scrollsAway = fixed - stuck;
  return place < scrollsAway
    ? {column: place + 1}
    : {column: place + 1, stuck: (place - scrollsAway) * cell.width};
}

/** Where groups of runs begin, but for the first, from the left edge; `sizes` are their numbers of runs. */
export function groupStarts(
  {cell, fixed}: MatrixGeometry,
  sizes: readonly number[],
): readonly number[] {
  let before = 0;
  return sizes.slice(0, -1).map((size) => {
    before += size;
    return (fixed + before) * cell.width;
  });
}

/** The samples that are drawn while the box is scrolled to `top` and `height` of it is seen. */
export function rowsInSight(
  {rowHeight, headHeight}: MatrixGeometry,
  rows: number,
  top: number,
  height: number,
): IndexRange {
  return visibleRange(rows, rowHeight, top, Math.max(height - headHeight, 0), ROWS_BEYOND);
}

/** The runs that are drawn while the box is scrolled to `left` and `width` of it is seen. */
export function runsInSight(
  {cell, fixed, stuck}: MatrixGeometry,
  runs: number,
  left: number,
  width: number,
): IndexRange {
  const covered = stuck * cell.width;
  const offset = left - (fixed - stuck) * cell.width;
  return visibleRange(runs, cell.width, offset, Math.max(width - covered, 0), COLUMNS_BEYOND);
}

/** The scroll position nearest to `top` at which a row is wholly seen. */
export function scrollToRow(
  {rowHeight, headHeight}: MatrixGeometry,
  row: number,
  top: number,
  height: number,
): number {
  const start = row * rowHeight;
  const end = start + rowHeight - Math.max(height - headHeight, 0);
  return start < top ? start : Math.max(top, Math.min(start, end));
}

/** Before which of the runs one is put that is dropped at `x`, from the left edge of the first run's column. */
export function dropPlace({cell}: MatrixGeometry, runs: number, x: number): number {
  return clamp(Math.round(x / cell.width), 0, runs);
}
