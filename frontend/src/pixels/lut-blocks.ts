// SPDX-License-Identifier: Apache-2.0
/**
 * The mean colour of the few samples that most small pictures have in a pixel: 2 x 2, 3 x 3 or 4 x 4, without a loop. That
 * takes half the time of loops over so few.
 */
import type {Rgba} from './color.js';
import {opaqueMean} from './mixing.js';
import type {Raster} from './raster.js';
import type {AxisMap} from './sampling.js';

/**
 * The samples' values are those of `columns` from `at` on, in rows that begin at `row0`, `row1` and so on; `unit` is 256 divided by
 * their number.
 */
export type BlockMean = (
  values: Raster['data'],
  table: Uint32Array,
  unit: number,
  columns: AxisMap,
  at: number,
  row0: number,
  row1: number,
  row2: number,
  row3: number,
) => Rgba;

/** By samples per axis. */
export const blockMeans: readonly (BlockMean | undefined)[] = [
  undefined,
  undefined,
  mean2,
  mean3,
  mean4,
];

/** Red and blue, which are summed at once: of up to 257 samples there are 16 bits for each. */
const redBlue = 0xff00ff;
const green = 0xff00;

function mean2(
  values: Raster['data'],
  table: Uint32Array,
  unit: number,
  columns: AxisMap,
  at: number,
  row0: number,
  row1: number,
): Rgba {
  const x0 = columns[at]!;
  const x1 = columns[at + 1]!;
  const v00 = values[row0 + x0]!;
  const v01 = values[row0 + x1]!;
  const v10 = values[row1 + x0]!;
  const v11 = values[row1 + x1]!;
  const c00 = table[v00]!;
  if (areAll(v00, v01, v10, v11, v11)) {
    return c00;
  }
  const c01 = table[v01]!;
  const c10 = table[v10]!;
  const c11 = table[v11]!;
  return meanOf(
    sum2(c00, c01, redBlue) + sum2(c10, c11, redBlue),
    sum2(c00, c01, green) + sum2(c10, c11, green),
    unit,
  );
}

function mean3(
  values: Raster['data'],
  table: Uint32Array,
  unit: number,
  columns: AxisMap,
  at: number,
  row0: number,
  row1: number,
  row2: number,
): Rgba {
  const x0 = columns[at]!;
  const x1 = columns[at + 1]!;
  const x2 = columns[at + 2]!;
  const v00 = values[row0 + x0]!;
  const v01 = values[row0 + x1]!;
  const v02 = values[row0 + x2]!;
  const v10 = values[row1 + x0]!;
  const v11 = values[row1 + x1]!;
  const v12 = values[row1 + x2]!;
  const v20 = values[row2 + x0]!;
  const v21 = values[row2 + x1]!;
  const v22 = values[row2 + x2]!;
  const c00 = table[v00]!;
  if (areAll(v00, v01, v02, v10, v11) && areAll(v00, v12, v20, v21, v22)) {
    return c00;
  }
  const c01 = table[v01]!;
  const c02 = table[v02]!;
  const c10 = table[v10]!;
  const c11 = table[v11]!;
  const c12 = table[v12]!;
  const c20 = table[v20]!;
  const c21 = table[v21]!;
  const c22 = table[v22]!;
  return meanOf(
    sum3(c00, c01, c02, redBlue) + sum3(c10, c11, c12, redBlue) + sum3(c20, c21, c22, redBlue),
    sum3(c00, c01, c02, green) + sum3(c10, c11, c12, green) + sum3(c20, c21, c22, green),
    unit,
  );
}

function mean4(
  values: Raster['data'],
  table: Uint32Array,
  unit: number,
  columns: AxisMap,
  at: number,
  row0: number,
  row1: number,
  row2: number,
  row3: number,
): Rgba {
  const x0 = columns[at]!;
  const x1 = columns[at + 1]!;
  const x2 = columns[at + 2]!;
  const x3 = columns[at + 3]!;
  const v00 = values[row0 + x0]!;
  const v01 = values[row0 + x1]!;
  const v02 = values[row0 + x2]!;
  const v03 = values[row0 + x3]!;
  const v10 = values[row1 + x0]!;
  const v11 = values[row1 + x1]!;
  const v12 = values[row1 + x2]!;
  const v13 = values[row1 + x3]!;
  const v20 = values[row2 + x0]!;
  const v21 = values[row2 + x1]!;
  const v22 = values[row2 + x2]!;
  const v23 = values[row2 + x3]!;
  const v30 = values[row3 + x0]!;
  const v31 = values[row3 + x1]!;
  const v32 = values[row3 + x2]!;
  const v33 = values[row3 + x3]!;
  const c00 = table[v00]!;
  if (
    areAll(v00, v01, v02, v03, v10) &&
    areAll(v00, v11, v12, v13, v20) &&
    areAll(v00, v21, v22, v23, v30) &&
    areAll(v00, v31, v32, v33, v33)
  ) {
    return c00;
  }
  const c01 = table[v01]!;
  const c02 = table[v02]!;
  const c03 = table[v03]!;
  const c10 = table[v10]!;
  const c11 = table[v11]!;
  const c12 = table[v12]!;
  const c13 = table[v13]!;
  const c20 = table[v20]!;
  const c21 = table[v21]!;
  const c22 = table[v22]!;
  const c23 = table[v23]!;
  const c30 = table[v30]!;
  const c31 = table[v31]!;
  const c32 = table[v32]!;
  const c33 = table[v33]!;
  return meanOf(
    sum4(c00, c01, c02, c03, redBlue) +
      sum4(c10, c11, c12, c13, redBlue) +
      sum4(c20, c21, c22, c23, redBlue) +
      sum4(c30, c31, c32, c33, redBlue),
    sum4(c00, c01, c02, c03, green) +
      sum4(c10, c11, c12, c13, green) +
      sum4(c20, c21, c22, c23, green) +
      sum4(c30, c31, c32, c33, green),
    unit,
  );
}

function areAll(value: number, a: number, b: number, c: number, d: number): boolean {
  return value === a && value === b && value === c && value === d;
}

function sum2(a: Rgba, b: Rgba, channels: number): number {
  return (a & channels) + (b & channels);
}

function sum3(a: Rgba, b: Rgba, c: Rgba, channels: number): number {
  return (a & channels) + (b & channels) + (c & channels);
}

function sum4(a: Rgba, b: Rgba, c: Rgba, d: Rgba, channels: number): number {
  return (a & channels) + (b & channels) + (c & channels) + (d & channels);
}

function meanOf(redBlues: number, greens: number, unit: number): Rgba {
  return opaqueMean(redBlues & 0xffff, greens >>> 8, redBlues >>> 16, unit);
}
