// SPDX-License-Identifier: Apache-2.0
/** Draws a figure: titled panes with captions and a legend on one canvas. Knows nothing of samples or steps. */
import type {Painter, Scene} from '../kinds/scene.js';
import type {Size} from '../pixels/raster.js';
import {drawLegend, LEGEND_FONT, legendHeight} from './figure-legend.js';
import {FONT, fitted, measureIn} from './figure-text.js';
import {layOutLegend, type FigureLegend, type LegendRows} from './legend-rows.js';

/** One picture of a figure and what is written above it. */
export interface FigurePane {
  readonly heading: string;
  /** Of the run's dot. */
  readonly color: string | undefined;
  /** Its scores. */
  readonly note: string;
  /** What else is to be known of it; stands in a line of its own. */
  readonly badges: readonly FigureBadge[];
  readonly scene: Scene | undefined;
  /** Written in place of a picture that is not there. */
  readonly message: string;
}

export interface FigureBadge {
  readonly text: string;
  readonly isWarning: boolean;
}

/** How the pictures of a figure are placed. */
export interface FigureLayout {
  readonly columns: number;
  /** Of each picture. */
  readonly box: Size;
  /** Whether there is a line for badges above each. */
  readonly hasBadges: boolean;
  /** As many as are kept free, so that all figures of an animation have one size. */
  readonly legendRows: number;
}

export interface Figure extends FigureLayout {
  readonly title: string;
  /** Stands at the right: the step. */
  readonly stamp: string;
  readonly panes: readonly FigurePane[];
  readonly legend: LegendRows;
}

/** CSS colours. */
export interface FigureColors {
  readonly surface: string;
  readonly ink: string;
  readonly quiet: string;
  readonly warning: string;
  readonly pane: string;
  readonly onPane: string;
}

const MARGIN = 10;
const GAP = 8;
const HEADER = 30;
const CAPTION = 22;
const BADGES = 17;
const DOT = 7;
/** What a heading keeps beside a long note. */
const LEAST_HEADING = 80;
/** Of one picture: below it, names don't fit above it. */
const NARROWEST = 240;

/** The box of a picture of that size: magnified by a whole number where it is small, shrunk to `widest` where it is large. */
export function figureBox(frame: Size, widest: number): Size {
  const scale =
    frame.width > widest ? widest / frame.width : Math.max(1, Math.ceil(NARROWEST / frame.width));
  return {
    width: Math.round(frame.width * scale),
    height: Math.max(1, Math.round(frame.height * scale)),
  };
}

/** As many columns as fit into `widest`, evenly spread over the rows. */
export function figureColumns(panes: number, box: Size, widest: number): number {
  const most = Math.max(1, Math.floor((widest - 2 * MARGIN + GAP) / (box.width + GAP)));
  return Math.max(1, Math.ceil(panes / Math.ceil(panes / most)));
}

/** Even, as codecs of video need it. */
export function figureSize(layout: FigureLayout & {readonly panes: number}): Size {
  const width = 2 * MARGIN + panesWidth(layout);
  const height = panesEnd(layout) + legendHeight(layout.legendRows) + MARGIN;
  return {width: width + (width % 2), height: height + (height % 2)};
}

function captionHeight({hasBadges}: Pick<FigureLayout, 'hasBadges'>): number {
  return hasBadges ? CAPTION + BADGES : CAPTION;
}

type PanesGrid = Pick<FigureLayout, 'columns' | 'box'>;

function panesWidth({columns, box}: PanesGrid): number {
  return columns * (box.width + GAP) - GAP;
}

function panesEnd(layout: Omit<FigureLayout, 'legendRows'> & {readonly panes: number}): number {
  const {panes, columns, box} = layout;
  return HEADER + Math.ceil(panes / columns) * (captionHeight(layout) + box.height + GAP) - GAP;
}

/** The legend of a figure, in rows as wide as its pictures; `canvas` is any, to measure texts with. */
export function figureLegend(
  legend: FigureLegend,
  layout: PanesGrid,
  canvas: HTMLCanvasElement,
): LegendRows {
  const context = contextOf(canvas);
  context.font = LEGEND_FONT;
  return layOutLegend(legend, panesWidth(layout), measureIn(context));
}

function contextOf(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const context = canvas.getContext('2d', {willReadFrequently: true});
  if (context === null) {
    throw new Error('this browser has no canvas');
  }
  return context;
}

/** Draws a figure, on a canvas that is set to its size. */
export function drawFigure(
  canvas: HTMLCanvasElement,
  figure: Figure,
  colors: FigureColors,
  painter: Painter,
): void {
  const {width, height} = figureSize({...figure, panes: figure.panes.length});
  canvas.width = width;
  canvas.height = height;
  const context = contextOf(canvas);
  context.fillStyle = colors.surface;
  context.fillRect(0, 0, width, height);
  context.textBaseline = 'middle';
  drawHeader(context, figure, colors);
  const end = panesEnd({...figure, panes: figure.panes.length});
  drawLegend(context, figure.legend, MARGIN, end, colors);
  const scratch = document.createElement('canvas');
  scratch.width = figure.box.width;
  scratch.height = figure.box.height;
  figure.panes.forEach((pane, i) => {
    const left = MARGIN + (i % figure.columns) * (figure.box.width + GAP);
    const row = Math.floor(i / figure.columns);
    const above = captionHeight(figure);
    const top = HEADER + row * (above + figure.box.height + GAP);
    drawCaption(context, pane, left, top, figure.box.width, colors);
    drawBadges(context, pane, left, top + CAPTION, figure.box.width, colors);
    if (pane.scene === undefined) {
      drawMessage(context, pane.message, {left, top: top + above, ...figure.box}, colors);
    } else {
      painter.paint(scratch, pane.scene);
      context.drawImage(scratch, left, top + above);
    }
  });
}

function drawHeader(
  context: CanvasRenderingContext2D,
  {title, stamp}: Figure,
  colors: FigureColors,
): void {
  const {width} = context.canvas;
  context.font = `600 14px ${FONT}`;
  context.fillStyle = colors.ink;
  const stampWidth = Math.min(context.measureText(stamp).width, width / 2);
  context.textAlign = 'right';
  context.fillText(stamp, width - MARGIN, HEADER / 2 + 1, width / 2);
  context.textAlign = 'left';
  const room = width - 2 * MARGIN - stampWidth - 2 * GAP;
  context.fillText(fitted(measureIn(context), title, room), MARGIN, HEADER / 2 + 1);
}

function drawCaption(
  context: CanvasRenderingContext2D,
  {heading, color, note}: FigurePane,
  left: number,
  top: number,
  width: number,
  colors: FigureColors,
): void {
  const middle = top + CAPTION / 2;
  let x = left;
  if (color !== undefined) {
    context.fillStyle = color;
    context.beginPath();
    context.arc(x + DOT / 2, middle, DOT / 2, 0, 2 * Math.PI);
    context.fill();
    x += DOT + 5;
  }
  context.font = `600 12px ${FONT}`;
  const room = Math.max(width - LEAST_HEADING, width / 2);
  const shown = fitted(measureIn(context), note, room);
  const noteWidth = shown === '' ? 0 : context.measureText(shown).width + GAP;
  context.fillStyle = colors.ink;
  context.textAlign = 'right';
  context.fillText(shown, left + width, middle);
  context.textAlign = 'left';
  context.font = `12px ${FONT}`;
  context.fillStyle = color === undefined ? colors.quiet : colors.ink;
  context.fillText(fitted(measureIn(context), heading, left + width - noteWidth - x), x, middle);
}

function drawBadges(
  context: CanvasRenderingContext2D,
  {badges}: FigurePane,
  left: number,
  top: number,
  width: number,
  colors: FigureColors,
): void {
  context.font = `600 11px ${FONT}`;
  let x = left;
  for (const {text, isWarning} of badges) {
    const shown = fitted(measureIn(context), text, Math.max(0, left + width - x));
    context.fillStyle = isWarning ? colors.warning : colors.quiet;
    context.fillText(shown, x, top + BADGES / 2 - 2);
    x += context.measureText(shown).width + GAP;
  }
}

function drawMessage(
  context: CanvasRenderingContext2D,
  message: string,
  box: {readonly left: number; readonly top: number} & Size,
  colors: FigureColors,
): void {
  context.fillStyle = colors.pane;
  context.fillRect(box.left, box.top, box.width, box.height);
  context.font = `12px ${FONT}`;
  context.fillStyle = colors.onPane;
  context.textAlign = 'center';
  const room = box.width - 2 * GAP;
  context.fillText(
    fitted(measureIn(context), message, room),
    box.left + box.width / 2,
    box.top + box.height / 2,
  );
  context.textAlign = 'left';
}
