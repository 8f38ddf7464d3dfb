// SPDX-License-Identifier: Apache-2.0
/** The colours of pixels without a value: ignored classes, NaN, pixels that are not judged. */
import {opaque, type Color} from './color.js';

/** Grey, hatched with the lighter grey. */
export const ignoredColor: Color = 0x8a8a8a;
export const ignoredStripe: Color = 0xb5b5b5;

/** The prediction has no value where the truth has one. */
export const brokenColor: Color = 0xff00ff;

/** Marks the infinities: stripes of the colour map's end and of this, which no map has. */
export const infinityStripe: Color = 0xff00ff;

export const notJudged = opaque(ignoredColor);
