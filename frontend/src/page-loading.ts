// SPDX-License-Identifier: Apache-2.0
/**
 * Begins to load what shows a session. `index.ts` imports this before all else: the request goes out before the rest of
 * that file has run.
 */

export const page = import('./page.js');
