// SPDX-License-Identifier: Apache-2.0
/** Layers of one row on one another, in steps of 1/256 until they are written. */
import type {Rgba} from './color.js';
import {anchorOf, checkColor, checkSize} from './patterns.js';
import type {Size} from './raster.js';
import {fullAlpha, type LayerBuffer, type Bounds} from './sampling.js';
import type {Placement} from './view.js';

/** The backdrop below all layers in row y. A checkerboard has two rows in turn. */
export function backdropRows(
  {backdrop, view}: Placement,
  {width}: Size,
): (y: number) => Int32Array {
  const anchor = anchorOf(view);
  const rowAt = (y: number) => {
    const row = new Int32Array(3 * width);
    for (let x = 0; x < width; x++) {
      const color = backdrop ?? checkColor(x + anchor.x, y);
      row[3 * x] = (color >> 8) & 0xff00;
      row[3 * x + 1] = color & 0xff00;
      row[3 * x + 2] = (color << 8) & 0xff00;
    }
    return row;
  };
  const [even, odd] = [rowAt(0), rowAt(checkSize)];
  return (y) => (Math.floor((y + anchor.y) / checkSize) % 2 === 0 ? even : odd);
}

/** Bits of an opacity as a whole number: with the 16 of a layer they fit into 31. */
const opacityBits = 12;

/** Lays a row of a layer over a row of colours, both in steps of 1/256. */
export function mixRow(
  row: Int32Array,
  layer: LayerBuffer,
  start: number,
  opacity: number,
  {left, right}: Bounds,
): void {
  const one = 1 << opacityBits;
  const half = one >> 1;
  const share = Math.round(opacity * one);
  for (let x = left; x < right; x++) {
    const from = start + 4 * x;
    const alpha = layer[from + 3]!;
    if (alpha === 0) {
      continue;
    }
    if (alpha === fullAlpha && share === one) {
      row[3 * x] = layer[from]!;
      row[3 * x + 1] = layer[from + 1]!;
      row[3 * x + 2] = layer[from + 2]!;
      continue;
    }
    const rest = alpha === fullAlpha ? one - share : one - Math.round((alpha * share) / fullAlpha);
    row[3 * x] = (row[3 * x]! * rest + layer[from]! * share + half) >> opacityBits;
    row[3 * x + 1] = (row[3 * x + 1]! * rest + layer[from + 1]! * share + half) >> opacityBits;
    row[3 * x + 2] = (row[3 * x + 2]! * rest + layer[from + 2]! * share + half) >> opacityBits;
  }
}

/** The colour of sums over samples, as packed in `color.ts`; `unit` is 256 divided by their number. Rounded as a row is. */
export function opaqueMean(red: number, green: number, blue: number, unit: number): Rgba {
  const rgba =
    0xff000000 |
    (((Math.trunc(blue * unit) + 128) >> 8) << 16) |
    (((Math.trunc(green * unit) + 128) >> 8) << 8) |
    ((Math.trunc(red * unit) + 128) >> 8);
  return rgba >>> 0;
}

/** Rounds a row of colours to whole levels. */
export function writeRow(
  row: Int32Array,
  out: Uint8ClampedArray,
  start: number,
  {left, right}: Bounds,
): void {
  for (let x = left; x < right; x++) {
    const to = start + 4 * x;
    out[to] = (row[3 * x]! + 128) >> 8;
    out[to + 1] = (row[3 * x + 1]! + 128) >> 8;
    out[to + 2] = (row[3 * x + 2]! + 128) >> 8;
    out[to + 3] = 255;
  }
}
