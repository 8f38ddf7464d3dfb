// SPDX-License-Identifier: Apache-2.0
/** Work that takes seconds: it reports how far it is, can be stopped, and lets the page answer meanwhile. */

export interface LongTask {
  readonly signal: AbortSignal;
  /** Called with a fraction, 0 to 1. */
  readonly progress: (done: number) => void;
}

/** Lets the page answer to the user before work goes on; throws when it was called off. */
export async function pause(signal: AbortSignal): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve));
  signal.throwIfAborted();
}
