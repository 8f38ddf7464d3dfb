// SPDX-License-Identifier: Apache-2.0
/** The values of a picture by themselves, as files hold them. */
import type {Color} from '../pixels/color.js';
import type {Raster} from '../pixels/raster.js';

/** In the caller's terms: class ids, numbers with their unit, displacements; of images the stored integers. */
export interface PixelValues {
  readonly data: Uint8Array | Uint16Array | Int32Array | BigInt64Array | Float32Array;
  /** Rows, columns, and channels where there are any. */
  readonly shape: readonly number[];
}

/** What a PNG holds of a picture: integers of 8 or 16 bits, as they are stored, or class ids. */
export interface PngPixels {
  readonly raster: Raster;
  /** The colour of each value; absent: none. */
  readonly palette?: readonly Color[];
  /** What the integers mean, where that is not plain. */
  readonly meaning?: string;
}
