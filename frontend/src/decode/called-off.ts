// SPDX-License-Identifier: Apache-2.0
/** Why decoding is called off that nobody waits for any more. */

/** One for all: each error of its own has a trace of calls, and takes longer to make than a small picture to paint. */
export const CALLED_OFF = new DOMException('No element shows this picture any more', 'AbortError');
