// SPDX-License-Identifier: Apache-2.0
/** Marks what lies beyond a scale of colours, which would else look like the end of it. */
import {opaque, type Color} from '../pixels/color.js';

/** Of all colour maps only `turbo` comes close to it, and not at its ends. */
export const beyondColor: Color = 0x00e5ff;

/** In stripes, so that the end that is exceeded is seen too. */
export const beyondStripe = opaque(beyondColor);

/** Of full colour. Less than this over it may come of rounding, by which the painters differ. */
export const BEYOND = 1.0001;
