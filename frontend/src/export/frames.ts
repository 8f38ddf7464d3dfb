// SPDX-License-Identifier: Apache-2.0
/** The frames of an animation, as encoders take them. */

/** The pictures of an animation, drawn when they are asked for: all of them at once would not fit in memory. */
export interface Frames {
  readonly count: number;
  /** The canvas is the same one each time, or another of the same size. */
  readonly draw: (index: number) => Promise<HTMLCanvasElement>;
}
