// SPDX-License-Identifier: Apache-2.0
import type {Size} from '../../pixels/raster.js';

/** CSS pixels below which a pane is too narrow to compare anything. */
const NARROWEST = 200;

/**
 * How many panes stand beside each other. Where not all fit they are spread evenly over as few rows as they need, so that
 * columns line up over all cards of a tag.
 */
export function columnsFor(width: number, panes: number): number {
  const most = Math.max(1, Math.floor(width / NARROWEST));
  const rows = Math.ceil(panes / most);
  return Math.max(1, Math.ceil(panes / rows));
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

/** CSS pixels that a picture's box has at most: small pictures are not blown up to fill the page. */
export function tallestPane(frame: Size, viewportHeight: number): number {
  return Math.min(Math.max(frame.height * 8, 220), Math.max(0.6 * viewportHeight, 160));
}
