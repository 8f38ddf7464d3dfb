// SPDX-License-Identifier: Apache-2.0
/** Where a small picture stands among others. */
import type {Size} from '../pixels/raster.js';

/** A place on a canvas that several small pictures share, in CSS pixels. */
export interface SharedPlace {
  readonly x: number;
  readonly y: number;
  /** Of the whole canvas: a change takes what was on it. */
  readonly size: Size;
}
