// SPDX-License-Identifier: Apache-2.0
/** Decoded pixels as plain data, whatever they mean. */

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A part of a picture or a canvas, in its pixels. */
export interface Rect extends Size {
  readonly x: number;
  readonly y: number;
}

export function wholeCanvas({width, height}: Size): Rect {
  return {x: 0, y: 0, width, height};
}

/** The stored integers of one picture, exactly as written, channels interleaved, rows from the top. */
export interface Raster extends Size {
  readonly channels: 1 | 2 | 3 | 4;
  readonly bits: 8 | 16;
  /** `width * height * channels` integers: `Uint8Array` for 8 bits, `Uint16Array` for 16. */
  readonly data: Uint8Array | Uint16Array;
}

/** The stored numbers of one picture of 32 bits, bit for bit, rows from the top. */
export interface FloatRaster extends Size {
  readonly channels: 1;
  readonly bits: 32;
  readonly data: Float32Array;
}

export type DecodedRaster = Raster | FloatRaster;

const ARRAYS = {8: Uint8Array, 16: Uint16Array, 32: Float32Array} as const;

/** A raster like `raster`, of another size and all zeros. */
export function blankLike<R extends DecodedRaster>(
  {channels, bits}: R,
  {width, height}: Size,
): R & {readonly data: DecodedRaster['data']} {
  const data = new ARRAYS[bits](width * height * channels);
  return {width, height, channels, bits, data} as DecodedRaster as R;
}

/** Integers, where the numbers of 32 bits have no place. */
export function asIntegers(raster: DecodedRaster): Raster {
  if (raster.bits === 32) {
    throw new Error('got a picture of 32 bits, want 8 or 16');
  }
  return raster;
}

/** Low and high end, in the units of the values they bound. */
export type Range = readonly [number, number];
