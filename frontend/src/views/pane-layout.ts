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
/** CSS pixels of a pane's caption, and of the line between rows of panes. */
export const CAPTION = 32;
const LINE = 1;
/** CSS pixels above the panes of the first card: time bar and headers. */
const ABOVE_PANES = 160;

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

/** The columns that show all panes as large as they can be in a box of that size. */
export function columnsForBox(box: Size, panes: number, frame: Size, caption: number): number {
  let best = 1;
  let largest = 0;
  for (let columns = 1; columns <= panes; columns++) {
    const rows = Math.ceil(panes / columns);
    const scale = Math.min(
      box.width / columns / frame.width,
      Math.max(1, box.height / rows - caption) / frame.height,
    );
    if (scale > largest * 1.001) {
      [best, largest] = [columns, scale];
    }
  }
  return best;
}

/**
 * CSS pixels that a picture's box has at most: small pictures are not blown up to fill the page, and of the first card all is
 * seen without scrolling up to the first prediction, which is in row `rows` of the panes.
 */
export function tallestPane(frame: Size, viewportHeight: number, rows: number): number {
  const tallest = clamp(frame.height * 8, 220, Math.max(0.6 * viewportHeight, 160));
  if (rows < 2) {
    return tallest;
  }
  return Math.max(SHORTEST, Math.min(tallest, (viewportHeight - ABOVE_PANES) / rows - CAPTION));
}

/** The row of the first prediction, which follows the ground truth and, if there is one, the input. */
export function rowsToPrediction(columns: number, hasInput: boolean): number {
  return Math.ceil((hasInput ? 3 : 2) / columns);
}

/** CSS pixels of height that all panes need so that pictures are as large as on a card. */
export function heightOfCard(
  width: number,
  panes: number,
  frame: Size,
  card: {readonly columns: number; readonly tallest: number; readonly width: number},
): number {
  const scale = Math.min(card.width / card.columns / frame.width, card.tallest / frame.height);
  const columns = Math.min(panes, Math.max(1, Math.floor(width / (scale * frame.width))));
  return (
    Math.ceil(panes / columns) *
    (Math.min(scale, width / frame.width) * frame.height + CAPTION + LINE)
  );
}
