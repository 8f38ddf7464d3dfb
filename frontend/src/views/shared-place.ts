// SPDX-License-Identifier: Apache-2.0
/** Where a small picture stands among others. */

/** A place on a canvas that several small pictures share, in CSS pixels. */
export interface SharedPlace {
  readonly x: number;
  readonly y: number;
  /** What shares the canvas, and how finely: where that is another, all is painted again. */
  readonly of: string;
}
