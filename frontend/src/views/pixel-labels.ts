// SPDX-License-Identifier: Apache-2.0
/** Writes values on magnified pixels, or draws the marks of their kind. */
import type {Display, LabelLines} from '../kinds/kind.js';
import type {Mark, MarkWindow, Span} from '../kinds/marks.js';
import type {Size} from '../pixels/raster.js';
import type {View} from '../pixels/view.js';
import {clamp} from '../clamp.js';
import {drawMarks} from './pixel-marks.js';

/** Writes on pixels: a grid of them over the frame, what is written on each, and what is drawn in its place. */
export interface PixelLabels {
  readonly grid: Size;
  readonly labels: (x: number, y: number) => readonly LabelLines[];
  readonly marks?: (display: Display, window: MarkWindow) => readonly Mark[];
}

/** CSS pixels that a pixel must have before anything is written on it. */
export const LEGIBLE = 26;
const LARGEST_FONT = 13;
const SMALLEST_FONT = 7;
/** Of the font's size: how wide a character and how high a line is. */
const CHARACTER = 0.62;
const LINE = 1.2;

/** The first that can be read in a pixel, with the size of its font; undefined where none can. */
export function fittingLabel(
  labels: readonly LabelLines[],
  pixel: Size,
): {readonly lines: LabelLines; readonly font: number} | undefined {
  for (const lines of labels) {
    const font = fittingFont(lines, pixel);
    if (font !== undefined) {
      return {lines, font};
    }
  }
  return undefined;
}

/** The font size at which `lines` fit in a pixel; undefined where that can't be read. */
function fittingFont(lines: LabelLines, pixel: Size): number | undefined {
  const longest = Math.max(...lines.map((line) => line.length));
  const room = Math.min(
    pixel.width / ((longest + 1) * CHARACTER),
    pixel.height / ((lines.length + 0.5) * LINE),
  );
  return room < SMALLEST_FONT ? undefined : Math.min(room, LARGEST_FONT);
}

/** The grid on the canvas, in device pixels. */
interface GridPlace {
  readonly left: number;
  readonly top: number;
  readonly cell: Size;
  /** In sight. */
  readonly columns: Span;
  readonly rows: Span;
}

/**
 * Writes values on the visible pixels or draws the kind's marks there, with lines between the pixels. `ratio` is device pixels per CSS
 * pixel; the canvas has device pixels. While there is nothing to draw the canvas is hidden, so the caller need not ask first.
 */
export function drawLabels(
  canvas: HTMLCanvasElement,
  labels: PixelLabels | undefined,
  frame: Size,
  view: View,
  ratio: number,
  display: Display,
): void {
  const place = labels && placeOf(labels.grid, canvas, frame, view);
  const pixel = place && {width: place.cell.width / ratio, height: place.cell.height / ratio};
  const isLegible = pixel !== undefined && Math.min(pixel.width, pixel.height) >= LEGIBLE;
  const marks = place && pixel && (labels.marks?.(display, {...place, pixel}) ?? []);
  // Not cleared: Chromium may show an older frame on a canvas that was cleared and not drawn on.
  canvas.hidden = !isLegible && !marks?.length;
  const context = canvas.hidden ? null : canvas.getContext('2d');
  if (context === null || place === undefined || labels === undefined) {
    return;
  }
  context.clearRect(0, 0, canvas.width, canvas.height);
  drawMarks(context, marks ?? [], place, place.cell, ratio);
  if (isLegible) {
    drawGrid(context, labels.grid, place);
    // Either can be read, not both.
    if (!marks?.length) {
      drawLines(context, labels, place, ratio);
    }
  }
}

function placeOf(grid: Size, canvas: Size, frame: Size, view: View): GridPlace {
  const cell = {
    width: (frame.width / grid.width) * view.scale,
    height: (frame.height / grid.height) * view.scale,
  };
  const left = -view.x * view.scale;
  const top = -view.y * view.scale;
  return {
    left,
    top,
    cell,
    columns: seenCells(left, cell.width, grid.width, canvas.width),
    rows: seenCells(top, cell.height, grid.height, canvas.height),
  };
}

function drawGrid(
  context: CanvasRenderingContext2D,
  grid: Size,
  {left, top, cell, columns, rows}: GridPlace,
): void {
  const {width, height} = context.canvas;
  context.lineWidth = 1;
  context.strokeStyle = 'rgb(128 128 128 / 45%)';
  context.beginPath();
  for (let x = columns.from; x <= columns.to; x++) {
    const at = Math.round(left + x * cell.width) + 0.5;
    context.moveTo(at, Math.max(0, top));
    context.lineTo(at, Math.min(height, top + grid.height * cell.height));
  }
  for (let y = rows.from; y <= rows.to; y++) {
    const at = Math.round(top + y * cell.height) + 0.5;
    context.moveTo(Math.max(0, left), at);
    context.lineTo(Math.min(width, left + grid.width * cell.width), at);
  }
  context.stroke();
}

function drawLines(
  context: CanvasRenderingContext2D,
  labels: PixelLabels,
  {left, top, cell, columns, rows}: GridPlace,
  ratio: number,
): void {
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.lineJoin = 'round';
  context.fillStyle = 'white';
  const pixel = {width: cell.width / ratio, height: cell.height / ratio};
  context.strokeStyle = 'rgb(0 0 0 / 75%)';
  for (let y = rows.from; y < rows.to; y++) {
    for (let x = columns.from; x < columns.to; x++) {
      const fitting = fittingLabel(labels.labels(x, y), pixel);
      if (fitting === undefined) {
        continue;
      }
      const {lines, font} = fitting;
      const size = font * ratio;
      context.font = `${size.toFixed(1)}px ui-monospace, Menlo, Consolas, monospace`;
      context.lineWidth = size / 4;
      const middle = left + (x + 0.5) * cell.width;
      const first = top + (y + 0.5) * cell.height - ((lines.length - 1) / 2) * LINE * size;
      lines.forEach((line, i) => {
        context.strokeText(line, middle, first + i * LINE * size);
        context.fillText(line, middle, first + i * LINE * size);
      });
    }
  }
}

/** The cells, from `from` to before `to`, that are in sight. */
export function seenCells(start: number, cell: number, count: number, length: number): Span {
  return {
    from: clamp(Math.floor(-start / cell), 0, count),
    to: clamp(Math.ceil((length - start) / cell), 0, count),
  };
}
