// SPDX-License-Identifier: Apache-2.0
/** Why work is called off that nobody waits for any more. */

/** One for all: an error of its own for each has a trace of calls, and takes longer to make than a small picture to paint. */
export const CALLED_OFF = new DOMException('Nobody waits for this any more', 'AbortError');
