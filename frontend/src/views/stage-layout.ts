// SPDX-License-Identifier: Apache-2.0
/**
 * How the panes of the full view are arranged: alike, in the rows and columns that make the pictures largest, or one large and
 * the others as thumbnails beside it. Lengths in CSS pixels; a scale is CSS pixels per picture pixel.
 */
import type {Size} from '../pixels/raster.js';
import {clamp} from '../clamp.js';

/** Between two panes. */
export const STAGE_GAP = 1;
/** Of the longer side of a thumbnail: what it has where there is room, and at least. */
const THUMB_LONGEST = 160;
const THUMB_SHORTEST = 72;

/** Panes in rows and columns of one size. */
export interface Arrangement {
  readonly columns: number;
  readonly rows: number;
  readonly scale: number;
  /** Of all rows; more than the box has where it must be scrolled. */
  readonly height: number;
}

/**
 * The rows and columns that show all panes largest in a box. Where even that is smaller than `least`, as many columns as show
 * them at least so large; the rest is scrolled to. `caption` is what stands above each picture.
 */
export function arrangeAlike(
  box: Size,
  panes: number,
  frame: Size,
  {least = 0, caption = 0}: {readonly least?: number; readonly caption?: number} = {},
): Arrangement {
  let best = alike(box, panes, frame, 1, caption);
  for (let columns = 2; columns <= panes; columns++) {
    const other = alike(box, panes, frame, columns, caption);
    // Of those that are as good, the one with the fewest columns.
    if (other.scale > best.scale * 1.001) {
      best = other;
    }
  }
  return best.scale >= least ? best : scrolled(box, panes, frame, least);
}

function alike(
  box: Size,
  panes: number,
  frame: Size,
  columns: number,
  caption: number,
): Arrangement {
  const rows = Math.ceil(panes / columns);
  const height = Math.max(1, cell(box.height, rows) - caption);
  const scale = scaleIn({width: cell(box.width, columns), height}, frame);
  return {columns, rows, scale, height: box.height};
}

/** As wide as the columns are, but no higher than the box, so that each picture can be seen whole. */
function scrolled(box: Size, panes: number, frame: Size, least: number): Arrangement {
  const fitting = Math.floor((box.width + STAGE_GAP) / (least * frame.width + STAGE_GAP));
  const columns = clamp(fitting, 1, panes);
  const rows = Math.ceil(panes / columns);
  const width = cell(box.width, columns);
  const scale = scaleIn({width, height: Math.max(box.height, least * frame.height)}, frame);
  const height = rows * (scale * frame.height + STAGE_GAP) - STAGE_GAP;
  return {columns, rows, scale, height: Math.max(height, box.height)};
}

/** One pane large, the others beside it or below it. */
export interface Spotlight {
  readonly side: 'right' | 'bottom';
  /** Columns of thumbnails at the right, or rows of them below. */
  readonly lines: number;
  /** Thumbnails of a line. */
  readonly perLine: number;
  /** Width of a column of thumbnails, or height of a row of them. */
  readonly thickness: number;
  /** Of the large picture. */
  readonly scale: number;
}

/** Where the thumbnails leave most room for the large picture, and can be told apart. */
export function arrangeSpotlight(box: Size, panes: number, frame: Size): Spotlight {
  const others = Math.max(panes - 1, 1);
  let best: Spotlight | undefined;
  for (const side of ['right', 'bottom'] as const) {
    const fewest = Array.from({length: others}, (_, i) =>
      spotlight(box, others, frame, side, i + 1),
    );
    const found = fewest.find(({isReadable}) => isReadable) ?? fewest.at(-1)!;
    if (best === undefined || found.spotlight.scale > best.scale) {
      best = found.spotlight;
    }
  }
  return best!;
}

function spotlight(
  box: Size,
  others: number,
  frame: Size,
  side: Spotlight['side'],
  lines: number,
): {readonly spotlight: Spotlight; readonly isReadable: boolean} {
  const perLine = Math.ceil(others / lines);
  const longest = Math.max(frame.width, frame.height);
  const along = side === 'right' ? cell(box.height, perLine) : cell(box.width, perLine);
  const alongFrame = side === 'right' ? frame.height : frame.width;
  const acrossFrame = side === 'right' ? frame.width : frame.height;
  const scaleOfThumb = Math.min(along / alongFrame, THUMB_LONGEST / longest);
  const thickness = Math.max(1, Math.round(scaleOfThumb * acrossFrame));
  const taken = lines * (thickness + STAGE_GAP);
  const rest = {
    width: Math.max(1, box.width - (side === 'right' ? taken : 0)),
    height: Math.max(1, box.height - (side === 'bottom' ? taken : 0)),
  };
  return {
    spotlight: {side, lines, perLine, thickness, scale: scaleIn(rest, frame)},
    isReadable: scaleOfThumb * longest >= THUMB_SHORTEST,
  };
}

/** What grid and panes of the stage look like in CSS. */
export interface StageGrid {
  readonly columns: string;
  readonly rows: string;
  /** The area of the large pane; the others flow around it. */
  readonly large: string | undefined;
  /** All panes stand below each other. */
  readonly isColumn: boolean;
}

export function gridOfAlike({columns, rows}: Arrangement): StageGrid {
  return {
    columns: tracks(columns),
    rows: tracks(rows),
    large: undefined,
    isColumn: columns === 1,
  };
}

export function gridOfSpotlight({side, lines, perLine, thickness}: Spotlight): StageGrid {
  const across = `minmax(0, 1fr) repeat(${lines}, ${thickness}px)`;
  return side === 'right'
    ? {columns: across, rows: tracks(perLine), large: '1 / 1 / -1 / 2', isColumn: false}
    : {columns: tracks(perLine), rows: across, large: '1 / 1 / 2 / -1', isColumn: false};
}

function tracks(count: number): string {
  return `repeat(${count}, minmax(0, 1fr))`;
}

function cell(length: number, count: number): number {
  return Math.max(1, (length - (count - 1) * STAGE_GAP) / count);
}

function scaleIn(box: Size, frame: Size): number {
  return Math.min(box.width / frame.width, box.height / frame.height);
}
