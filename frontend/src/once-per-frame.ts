// SPDX-License-Identifier: Apache-2.0
/** Work whose result is seen with the next frame. */

/** A function that has `work` done with the next frame, once for all of its calls until then. */
export function oncePerFrame(work: () => void): () => void {
  let isAsked = false;
  return () => {
    if (isAsked) {
      return;
    }
    isAsked = true;
    requestAnimationFrame(() => {
      isAsked = false;
      work();
    });
  };
}
