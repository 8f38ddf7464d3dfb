// SPDX-License-Identifier: Apache-2.0
/** Work for when the browser has nothing else to do. */

/** Calls `work` when the page has nothing else to do, or after two seconds. */
export function whenIdle(work: () => void): number {
  return typeof requestIdleCallback === 'function'
    ? requestIdleCallback(work, {timeout: 2000})
    : window.setTimeout(work, 100);
}

export function cancelIdle(handle: number | undefined): void {
  if (handle === undefined) {
    return;
  }
  if (typeof cancelIdleCallback === 'function') {
    cancelIdleCallback(handle);
  } else {
    window.clearTimeout(handle);
  }
}
