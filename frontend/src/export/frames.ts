// SPDX-License-Identifier: Apache-2.0

/** The pictures of an animation, drawn when they are asked for: all of them at once would not fit in memory. */
export interface Frames {
  readonly count: number;
  /** The canvas is the same one each time, or another of the same size. */
  readonly draw: (index: number) => Promise<HTMLCanvasElement>;
}

export interface Making {
  readonly signal: AbortSignal;
  /** Called with a fraction, 0 to 1. */
  readonly progress: (done: number) => void;
}

/** Lets the page answer to the user before work goes on; throws when it was called off. */
export async function pause(signal: AbortSignal): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve));
  signal.throwIfAborted();
}
