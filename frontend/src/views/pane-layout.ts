// SPDX-License-Identifier: Apache-2.0
/** How many panes and cards fit beside each other, and how high they may be. */
import type {Size} from '../pixels/raster.js';
import {clamp} from '../clamp.js';

/** CSS pixels below which a pane is too narrow to compare anything, unless smaller ones are asked for. */
const NARROWEST = 200;
/** CSS pixels between cards. */
export const CARD_GAP = 12;
/** CSS pixels of the lowest box of a picture. */
const SHORTEST = 96;
/** CSS pixels of a pane's caption. */
const CAPTION = 32;
/** CSS pixels above the panes of the first card: time bar and headers; on a page of one column the bar has two rows. */
const ABOVE_PANES = 160;
const ABOVE_COLUMN = 264;

/**
 * How many panes stand beside each other. Where not all fit they are spread evenly over as few rows as they need, so that
 * columns line up over all cards of a tag.
 */
export function columnsFor(width: number, panes: number, narrowest = NARROWEST): number {
  const most = Math.max(1, Math.floor(width / narrowest));
  const rows = Math.ceil(panes / most);
  return Math.max(1, Math.ceil(panes / rows));
}

/** How many cards stand beside each other: more than one only where small pictures are asked for. */
export function cardsBeside(width: number, panes: number, narrowest: number): number {
  const most = Math.floor((width + CARD_GAP) / (panes * narrowest + CARD_GAP));
  return narrowest < NARROWEST ? Math.max(1, most) : 1;
}

/** CSS pixels of each of the cards that share a line. */
export function cardWidth(width: number, runs: number, narrowest: number): number {
  return (width + CARD_GAP) / cardsBeside(width, runs + 2, narrowest) - CARD_GAP;
}

/**
 * CSS pixels that a picture's box has at most: small pictures are not blown up to fill the page, and of the first card all is
 * seen without scrolling up to the first prediction.
 */
export function tallestPane(
  frame: Size,
  viewportHeight: number,
  columns: number,
  hasInput: boolean,
): number {
  const rows = rowsToPrediction(columns, hasInput);
  const above = columns === 1 ? ABOVE_COLUMN : ABOVE_PANES;
  const tallest = clamp(frame.height * 8, 220, Math.max(0.6 * viewportHeight, 160));
  if (rows < 2) {
    return tallest;
  }
  return Math.max(SHORTEST, Math.min(tallest, (viewportHeight - above) / rows - CAPTION));
}

/**
 * The row of the first prediction, which follows the ground truth and, if there is one, the input. In one column the input comes
 * last, so that ground truth and prediction are seen together.
 */
function rowsToPrediction(columns: number, hasInput: boolean): number {
  return Math.ceil((hasInput && columns > 1 ? 3 : 2) / columns);
}

/** CSS pixels per picture pixel of the pictures on a card. */
export function scaleOnCard(card: {
  /** CSS pixels of a line of cards. */
  readonly width: number;
  /** CSS pixels of the narrowest pane. */
  readonly narrowest: number;
  readonly runs: number;
  readonly panes: number;
  readonly hasInput: boolean;
  readonly frame: Size;
  readonly viewportHeight: number;
}): number {
  const {frame, panes, narrowest} = card;
  const width = cardWidth(card.width, card.runs, narrowest);
  const columns = columnsFor(width, panes, narrowest);
  const tallest = tallestPane(frame, card.viewportHeight, columns, card.hasInput);
  return Math.min(width / columns / frame.width, tallest / frame.height);
}
