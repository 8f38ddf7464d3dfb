// SPDX-License-Identifier: Apache-2.0
/** The arithmetic of a sheet of tiles; lengths in CSS pixels. */
import {clamp} from '../clamp.js';
import type {Size} from '../pixels/raster.js';
import type {SharedPlace} from './shared-place.js';
import type {IndexRange} from './visible-range.js';

/** Between tiles, and below the last row. */
export const TILE_GAP = 8;
/** Of the line below a picture, and of a tile's border on both sides. */
export const CAPTION_HEIGHT = 24;
const BORDERS = 2;

export interface SheetGeometry {
  /** Of a picture. */
  readonly picture: Size;
  readonly columns: number;
  readonly rows: number;
  /** From the top of one row to that of the next. */
  readonly pitch: number;
}

/** Tiles are at least `tileWidth` wide, unless the sheet is not, and fill its width. */
export function sheetGeometry(
  samples: number,
  tileWidth: number,
  frame: Size,
  width: number,
): SheetGeometry {
  const columns = Math.max(1, Math.floor((width + TILE_GAP) / (tileWidth + TILE_GAP)));
  const pictureWidth = Math.max(1, Math.floor((width + TILE_GAP) / columns) - TILE_GAP - BORDERS);
  const ratio = clamp(frame.height / frame.width, 0.4, 1.25);
  const picture = {width: pictureWidth, height: Math.round(pictureWidth * ratio)};
  return {
    picture,
    columns,
    rows: Math.ceil(samples / columns),
    pitch: picture.height + CAPTION_HEIGHT + BORDERS + TILE_GAP,
  };
}

/** The samples of a row. */
export function samplesOfRow(
  {columns}: Pick<SheetGeometry, 'columns'>,
  row: number,
  samples: number,
): IndexRange {
  const first = Math.min(row * columns, samples);
  return {first, end: Math.min(first + columns, samples)};
}

/** Of the canvas with the pictures of a row. */
export function rowPictureSize({
  picture,
  columns,
}: Pick<SheetGeometry, 'picture' | 'columns'>): Size {
  return {
    width: columns * (picture.width + BORDERS + TILE_GAP) - TILE_GAP,
    height: picture.height + BORDERS,
  };
}

/** Where the picture of a column is on that canvas. */
export function placeInRow({picture}: SheetGeometry, column: number, of: string): SharedPlace {
  const x = column * (picture.width + BORDERS + TILE_GAP) + BORDERS / 2;
  return {x, y: BORDERS / 2, of};
}

/** How many rows a page key moves by, where so much of the sheet is seen: the last one seen stays. */
export function rowsOfPage({pitch}: Pick<SheetGeometry, 'pitch'>, height: number): number {
  return Math.max(1, Math.floor(height / pitch) - 1);
}

/** Where a key moves from a sample, of so many; `null` is a key that moves nowhere. */
export function movedSample(
  key: string,
  {columns}: Pick<SheetGeometry, 'columns'>,
  samples: number,
  place: number,
  pageRows: number,
): number | null {
  const byRows = (rows: number): number => {
    const column = place % columns;
    const lastRow = Math.floor((samples - 1) / columns);
    const row = clamp(Math.floor(place / columns) + rows, 0, lastRow);
    return Math.min(row * columns + column, samples - 1);
  };
  switch (key) {
    case 'ArrowLeft':
      return Math.max(place - 1, 0);
    case 'ArrowRight':
      return Math.min(place + 1, samples - 1);
    case 'ArrowUp':
      return byRows(-1);
    case 'ArrowDown':
      return byRows(1);
    case 'PageUp':
      return byRows(-pageRows);
    case 'PageDown':
      return byRows(pageRows);
    case 'Home':
      return 0;
    case 'End':
      return samples - 1;
    default:
      return null;
  }
}
