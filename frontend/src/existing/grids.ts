// SPDX-License-Identifier: Apache-2.0
/** Pictures that hold many samples, as `torchvision.utils.make_grid` makes them; lines tell where they are. */
import type {Raster, Rect, Size} from '../pixels/raster.js';

/** Pixels: smaller cells are a pattern, not a grid of pictures. */
const LEAST_CELL = 4;

export interface Grid {
  readonly columns: number;
  readonly rows: number;
  /** Of a cell. */
  readonly width: number;
  readonly height: number;
  /** Between the cells and around them. */
  readonly padding: number;
}

/** Which columns and rows of a picture are of one colour, that of its first pixel. */
interface Lines {
  readonly columns: readonly boolean[];
  readonly rows: readonly boolean[];
}

function linesOf({width, height, channels, data}: Raster): Lines {
  const columns = new Array<boolean>(width).fill(true);
  const rows = new Array<boolean>(height).fill(true);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (!isColor(data, (y * width + x) * channels, channels)) {
        columns[x] = false;
        rows[y] = false;
      }
    }
  }
  return {columns, rows};
}

/** Whether a pixel has the colour of the first. */
function isColor(data: Raster['data'], at: number, channels: number): boolean {
  for (let channel = 0; channel < channels; channel++) {
    if (data[at + channel] !== data[channel]) {
      return false;
    }
  }
  return true;
}

/**
 * The grid that a picture is, by its lines: they are of one colour, of one width and at equal distances in both directions, and
 * the picture begins and ends with one.
 */
export function findGrid(picture: Raster): Grid | undefined {
  const {columns, rows} = linesOf(picture);
  const across = spacing(columns);
  const down = spacing(rows);
  if (
    across?.padding === undefined ||
    across.padding !== down?.padding ||
    across.count * down.count < 2
  ) {
    return undefined;
  }
  return {
    columns: across.count,
    rows: down.count,
    width: across.size,
    height: down.size,
    padding: across.padding,
  };
}

function spacing(
  isLine: readonly boolean[],
): {readonly padding: number; readonly size: number; readonly count: number} | undefined {
  const lengths: number[] = [];
  for (const [i, line] of isLine.entries()) {
    if (i === 0 || line !== isLine[i - 1]) {
      lengths.push(0);
    }
    lengths[lengths.length - 1]! += 1;
  }
  const lines = lengths.filter((_, i) => i % 2 === 0);
  const cells = lengths.filter((_, i) => i % 2 === 1);
  const [padding] = lines;
  const [size] = cells;
  if (
    isLine[0] !== true ||
    isLine.at(-1) !== true ||
    padding === undefined ||
    size === undefined ||
    size < LEAST_CELL ||
    lines.some((length) => length !== padding) ||
    cells.some((length) => length !== size)
  ) {
    return undefined;
  }
  return {padding, size, count: cells.length};
}

/** The grid of cells of a size that is known; undefined where no number of them fills the picture. */
export function gridOf(
  {width, height}: Size,
  cell: {readonly width: number; readonly height: number; readonly padding: number},
): Grid | undefined {
  const columns = (width - cell.padding) / (cell.width + cell.padding);
  const rows = (height - cell.padding) / (cell.height + cell.padding);
  const isWhole = Number.isInteger(columns) && Number.isInteger(rows) && columns > 0 && rows > 0;
  return isWhole ? {...cell, columns, rows} : undefined;
}

/** Whether a picture has the size of a grid, and lines where its lines are. */
export function fits(picture: Raster, grid: Grid): boolean {
  const {width, height} = sizeOf(grid);
  if (picture.width !== width || picture.height !== height) {
    return false;
  }
  const {columns, rows} = linesOf(picture);
  const isLine = (i: number, cell: number): boolean => i % (cell + grid.padding) < grid.padding;
  return (
    columns.every((line, x) => line || !isLine(x, grid.width)) &&
    rows.every((line, y) => line || !isLine(y, grid.height))
  );
}

export function sizeOf({columns, rows, width, height, padding}: Grid): Size {
  return {
    width: columns * (width + padding) + padding,
    height: rows * (height + padding) + padding,
  };
}

/**
 * The cells, row by row, less those at the end that are empty in all of the pictures. Only the last of several rows may be begun and
 * not ended: of one row all cells are samples, whatever they show.
 */
export function cellsOf(grid: Grid, pictures: readonly Raster[]): readonly Rect[] {
  const {columns, rows, width, height, padding} = grid;
  const cells = Array.from({length: columns * rows}, (_, i) => ({
    x: padding + (i % columns) * (width + padding),
    y: padding + Math.floor(i / columns) * (height + padding),
    width,
    height,
  }));
  const first = columns * (rows - 1);
  const isBlank = padding > 0 ? isColor : isBlack;
  let count = cells.length;
  while (
    count > first &&
    pictures.every((picture) => isWhole(picture, cells[count - 1]!, isBlank))
  ) {
    count -= 1;
  }
  return first > 0 && count > first ? cells.slice(0, count) : cells;
}

/** Whether a pixel is as `add_images` leaves it, which draws no lines. */
function isBlack(data: Raster['data'], at: number, channels: number): boolean {
  for (let channel = 0; channel < channels; channel++) {
    if (data[at + channel] !== 0) {
      return false;
    }
  }
  return true;
}

/** Whether all pixels of a cell are so. */
function isWhole(
  {width: rowLength, channels, data}: Raster,
  {x, y, width, height}: Rect,
  is: typeof isColor,
): boolean {
  for (let row = y; row < y + height; row++) {
    for (let column = x; column < x + width; column++) {
      if (!is(data, (row * rowLength + column) * channels, channels)) {
        return false;
      }
    }
  }
  return true;
}
