// SPDX-License-Identifier: Apache-2.0
/** Whether two panes look alike: pixels confirm what a name says. */
import type {Raster, Rect} from '../pixels/raster.js';

/** Pearson's correlation from which two panes look alike; halves of one photograph have about 0. */
export const ALIKE = 0.4;

/** Blocks along each side that are compared. */
const COMPARED = 64;

/**
 * How much two panes of a picture look alike: 1 for the same, about 0 for two of no relation.
 *
 * Pearson's correlation of their grey values, after the mean of each row is taken out (of each column, where the panes are below
 * each other): sky is above and ground below in both halves of one photograph too.
 */
export function likeness(picture: Raster, one: Rect, other: Rect, axis: 'x' | 'y'): number {
  if (one.width !== other.width || one.height !== other.height) {
    return 0;
  }
  const columns = Math.min(COMPARED, one.width);
  const rows = Math.min(COMPARED, one.height);
  const [first, second] = [one, other].map((pane) =>
    withoutMeans(blocks(picture, pane, columns, rows), columns, rows, axis),
  ) as [Float64Array, Float64Array];
  let product = 0;
  let ofFirst = 0;
  let ofSecond = 0;
  for (const [i, value] of first.entries()) {
    product += value * second[i]!;
    ofFirst += value * value;
    ofSecond += second[i]! * second[i]!;
  }
  const scale = Math.sqrt(ofFirst * ofSecond);
  return scale > 1e-9 ? product / scale : 0;
}

/** The means of the grey values in equal blocks. */
function blocks(
  {width: rowLength, channels, data}: Raster,
  pane: Rect,
  columns: number,
  rows: number,
): Float64Array {
  const sums = new Float64Array(columns * rows);
  const counts = new Float64Array(columns * rows);
  const colors = channels > 2 ? 3 : 1;
  for (let y = 0; y < pane.height; y++) {
    const row = blockOf(y, pane.height, rows) * columns;
    for (let x = 0; x < pane.width; x++) {
      const at = ((pane.y + y) * rowLength + pane.x + x) * channels;
      const block = row + blockOf(x, pane.width, columns);
      for (let color = 0; color < colors; color++) {
        sums[block]! += data[at + color]! / colors;
      }
      counts[block]! += 1;
    }
  }
  return sums.map((sum, i) => sum / counts[i]!);
}

/** Block `i` begins at `floor(i * length / count)`. */
function blockOf(place: number, length: number, count: number): number {
  return Math.floor(((place + 1) * count - 1) / length);
}

function withoutMeans(
  values: Float64Array,
  columns: number,
  rows: number,
  axis: 'x' | 'y',
): Float64Array {
  const groups = axis === 'x' ? rows : columns;
  const groupOf = (i: number): number => (axis === 'x' ? Math.floor(i / columns) : i % columns);
  const means = new Float64Array(groups);
  for (const [i, value] of values.entries()) {
    means[groupOf(i)]! += value / (values.length / groups);
  }
  return values.map((value, i) => value - means[groupOf(i)]!);
}
