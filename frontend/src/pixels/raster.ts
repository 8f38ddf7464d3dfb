// SPDX-License-Identifier: Apache-2.0
/** Decoded pixels as plain data, whatever they mean. */

/** The stored integers of one picture, exactly as written, channels interleaved, rows from the top. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 2 | 3 | 4;
  readonly bits: 8 | 16;
  /** `width * height * channels` integers: `Uint8Array` for 8 bits, `Uint16Array` for 16. */
  readonly data: Uint8Array | Uint16Array;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Low and high end, in the units of the values they bound. */
export type Range = readonly [number, number];
