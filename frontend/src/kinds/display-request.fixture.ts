// SPDX-License-Identifier: Apache-2.0
import type {DisplayRequest} from './kind.js';

/** Of a viewer who chose nothing. */
export const NOTHING_CHOSEN: DisplayRequest = {
  choice: {
    range: 'fixed',
    limits: null,
    exposure: 0,
    gamma: 1,
    threshold: null,
    colormap: null,
  },
  hiddenClasses: [],
  isolatedClass: null,
};
