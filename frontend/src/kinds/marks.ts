// SPDX-License-Identifier: Apache-2.0
/** Marks that are drawn over a magnified picture, such as arrows: where they are, and their outlines. */
import type {Size} from '../pixels/raster.js';

export interface Mark {
  /** The place in the picture that it is about, in pixels of the picture. */
  readonly x: number;
  readonly y: number;
  /** A closed outline around that place, in CSS pixels at any zoom. */
  readonly outline: readonly (readonly [number, number])[];
}

/** From `from` to before `to`. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** The part of a picture that a pane shows. */
export interface MarkWindow {
  /** CSS pixels that one pixel of the picture covers. */
  readonly pixel: Size;
  readonly columns: Span;
  readonly rows: Span;
}
