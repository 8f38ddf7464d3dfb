// SPDX-License-Identifier: Apache-2.0
/**
 * Heatmaps of 32 bits (docs/format.md, "Heatmap values"): the numbers themselves, as IEEE
 * floats.
 */
import type {Range, Raster, Size} from '../pixels/raster.js';
import {clamp} from '../clamp.js';

/** One number per pixel, bit for bit as it was given, rows from the top. */
export interface FloatRaster extends Size {
  readonly data: Float32Array;
}

const planes = 4;

/** From the four planes of the layout `split`, highest bytes first, of `width * height` values each. */
export function joinFloats(bytes: Uint8Array, width: number, height: number): FloatRaster {
  const count = width * height;
  const bits = new Uint32Array(count);
  for (let i = 0; i < count; i++) {
    let step = 0;
    for (let plane = 0; plane < planes; plane++) {
      step = (step << 8) | bytes[plane * count + i]!;
    }
    // The array keeps the lower 32 bits of a sum.
    bits[i] = step + (i < width ? 0 : bits[i - width]!);
  }
  return {width, height, data: new Float32Array(bits.buffer)};
}

const bits = 16;
const largest = 2 ** bits - 4;

/** The nearest levels of 16 bits over a range, for painters that work on levels. Numbers outside of it get the nearer end. */
export function levelsOf({width, height, data}: FloatRaster, [low, high]: Range): Raster {
  const perNumber = high > low ? largest / (high - low) : 0;
  const levels = Uint16Array.from(data, (value) => {
    if (Number.isNaN(value)) {
      return largest + 3;
    }
    if (!Number.isFinite(value)) {
      return value < 0 ? largest + 1 : largest + 2;
    }
    return Math.round(clamp((value - low) * perNumber, 0, largest));
  });
  return {width, height, channels: 1, bits, data: levels};
}
