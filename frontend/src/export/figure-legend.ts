// SPDX-License-Identifier: Apache-2.0
/** Draws the legend below the pictures of a figure. */
import type {LegendEntry} from '../kinds/legend.js';
import {FONT, measureIn} from './figure-text.js';
import {MARKS, NEAR, type LegendRows} from './legend-rows.js';

const ROW = 20;
/** Below the pictures. */
const GAP = 6;

export const LEGEND_FONT = `12px ${FONT}`;

/** Pixels that a legend of so many rows takes. */
export function legendHeight(rows: number): number {
  return rows === 0 ? 0 : GAP + rows * ROW;
}

export interface LegendColors {
  readonly ink: string;
  readonly quiet: string;
}

/** `top` is the lower end of the pictures. */
export function drawLegend(
  context: CanvasRenderingContext2D,
  rows: LegendRows,
  left: number,
  top: number,
  colors: LegendColors,
): void {
  context.font = LEGEND_FONT;
  rows.forEach((row, i) => {
    const middle = top + GAP + (i + 0.5) * ROW;
    for (const placed of row) {
      drawEntry(context, placed.entry, Math.round(left + placed.left), middle, colors);
    }
  });
}

function drawEntry(
  context: CanvasRenderingContext2D,
  entry: LegendEntry,
  left: number,
  middle: number,
  colors: LegendColors,
): void {
  const mark = MARKS[entry.type];
  const write = (text: string, x: number): void => {
    context.fillStyle = colors.ink;
    context.fillText(text, x, middle);
  };
  switch (entry.type) {
    case 'text':
      write(entry.text, left);
      return;
    case 'swatch':
      drawSwatch(context, entry, left, middle - mark / 2, colors.quiet);
      break;
    case 'line':
      drawLine(context, entry.dashed, left, middle, colors.ink);
      break;
    case 'disc':
      drawDisc(context, entry.rim, left + mark / 2, middle);
      break;
    case 'scale': {
      const [low = ''] = entry.ticks;
      const bar = left + measureIn(context)(low) + NEAR;
      write(low, left);
      drawBar(context, entry.colors, bar, middle, colors.quiet);
      write(entry.ticks.at(-1) ?? '', bar + mark + NEAR);
      return;
    }
  }
  write(entry.text, left + mark + NEAR);
}

function drawSwatch(
  context: CanvasRenderingContext2D,
  {color, stripe}: {readonly color: string; readonly stripe?: string},
  left: number,
  top: number,
  frame: string,
): void {
  const size = MARKS.swatch;
  context.fillStyle = color;
  context.fillRect(left, top, size, size);
  if (stripe !== undefined) {
    context.save();
    context.beginPath();
    context.rect(left, top, size, size);
    context.clip();
    context.strokeStyle = stripe;
    context.lineWidth = 3;
    context.beginPath();
    for (let from = -size; from < size; from += 8) {
      context.moveTo(left + from, top + size);
      context.lineTo(left + from + size, top);
    }
    context.stroke();
    context.restore();
  }
  drawFrame(context, left, top, size, size, frame);
}

/** Around a mark, so that one of the ground's colour is seen. */
function drawFrame(
  context: CanvasRenderingContext2D,
  left: number,
  top: number,
  width: number,
  height: number,
  color: string,
): void {
  context.strokeStyle = color;
  context.lineWidth = 1;
  context.strokeRect(left - 0.5, top - 0.5, width + 1, height + 1);
}

/** Solid lines are white within black, as they are on pictures. */
function drawLine(
  context: CanvasRenderingContext2D,
  dashed: boolean,
  left: number,
  middle: number,
  ink: string,
): void {
  const stroke = (color: string, width: number, dash: readonly number[]): void => {
    context.strokeStyle = color;
    context.lineWidth = width;
    context.setLineDash([...dash]);
    context.beginPath();
    context.moveTo(left, middle);
    context.lineTo(left + MARKS.line, middle);
    context.stroke();
  };
  if (dashed) {
    stroke(ink, 2, [5, 4]);
  } else {
    stroke('#000', 4, []);
    stroke('#fff', 2, []);
  }
  context.setLineDash([]);
}

function drawDisc(
  context: CanvasRenderingContext2D,
  rim: readonly string[],
  x: number,
  y: number,
): void {
  const radius = MARKS.disc / 2;
  const hues = context.createConicGradient(0, x, y);
  const white = context.createRadialGradient(x, y, 0, x, y, radius);
  rim.forEach((color, i) => hues.addColorStop(i / (rim.length - 1), color));
  white.addColorStop(0, '#fff');
  white.addColorStop(1, '#fff0');
  for (const fill of [hues, white]) {
    context.fillStyle = fill;
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.fill();
  }
}

const BAR_HEIGHT = 10;

function drawBar(
  context: CanvasRenderingContext2D,
  colors: readonly string[],
  left: number,
  middle: number,
  frame: string,
): void {
  const from = Math.round(left);
  const top = middle - BAR_HEIGHT / 2;
  const fill = context.createLinearGradient(from, 0, from + MARKS.scale, 0);
  colors.forEach((color, i) => fill.addColorStop(i / (colors.length - 1), color));
  context.fillStyle = fill;
  context.fillRect(from, top, MARKS.scale, BAR_HEIGHT);
  drawFrame(context, from, top, MARKS.scale, BAR_HEIGHT, frame);
}
