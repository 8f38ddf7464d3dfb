// SPDX-License-Identifier: Apache-2.0
/** Look-up tables from stored values to colours; pixels without a value are hatched. */
import type {Rgba} from './color.js';
import type {Raster} from './raster.js';

/**
 * The colour of every stored value. Pixels without a value (ignored, NaN, infinite) are hatched: on every other
 * diagonal stripe of the display it has the colour in `stripe`. Where there is nothing to hatch the two are the same array.
 */
export interface Lut {
  readonly solid: Uint32Array;
  readonly stripe: Uint32Array;
}

export function storedValues(bits: Raster['bits']): number {
  return 1 << bits;
}

export function buildLut(
  bits: Raster['bits'],
  colors: (value: number) => readonly [solid: Rgba, stripe: Rgba],
): Lut {
  const size = storedValues(bits);
  const solid = new Uint32Array(size);
  let stripe = solid;
  for (let value = 0; value < size; value++) {
    const [plain, hatch] = colors(value);
    if (plain !== hatch && stripe === solid) {
      stripe = solid.slice();
    }
    solid[value] = plain;
    stripe[value] = hatch;
  }
  return {solid, stripe};
}
