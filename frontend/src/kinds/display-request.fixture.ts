// SPDX-License-Identifier: Apache-2.0
import type {DisplayRequest} from './kind.js';

/** Of a viewer who chose nothing. */
export const NOTHING_CHOSEN: DisplayRequest = {
  choice: {
    range: 'fixed',
    limits: null,
    threshold: null,
    colormap: null,
    sliders: {},
  },
  hiddenClasses: [],
  isolatedClass: null,
};
