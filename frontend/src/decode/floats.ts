// SPDX-License-Identifier: Apache-2.0
/**
 * Heatmaps of 32 bits (docs/format.md, "Heatmap values"): the numbers themselves, as IEEE
 * floats.
 */
import type {FloatRaster} from '../pixels/raster.js';

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
  return {width, height, channels: 1, bits: 32, data: new Float32Array(bits.buffer)};
}
