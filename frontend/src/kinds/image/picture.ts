// SPDX-License-Identifier: Apache-2.0
/** Pictures to look at. */
import type {Range, Raster} from '../../pixels/raster.js';
import type {ImageDifferenceKind} from './difference.js';

/** A picture to look at. Stored values are 0 to 2^bits - 1. */
export interface ImagePicture {
  readonly kind: 'image';
  readonly raster: Raster;
  /** What the caller logged: a float picture is shown in [0, 1], an integer one as integers. */
  readonly dtype?: string | undefined;
  /** Share of the pixels that were clipped to black and white. */
  readonly clipped?: number | undefined;
}

export interface ImageDisplay {
  /** What is shown as black and as white, as fractions of full scale (0 to 1). */
  readonly range: Range;
  /** In stops: the value is multiplied by 2^exposure. */
  readonly exposure: number;
  /** The shown value is value^(1 / gamma). */
  readonly gamma: number;
}

export type ImageDifference =
  /** Values are fractions of full scale, and `gain` multiplies what is shown. */
  | {readonly type: 'image'; readonly how: ImageDifferenceKind; readonly gain: number}
  /** Every pixel that differs, in one colour. */
  | {readonly type: 'image'; readonly how: 'changed'};

export interface ImageTagFacts {
  readonly bits?: 8 | 16;
}

declare module '../kind.js' {
  interface TagFacts {
    readonly image: ImageTagFacts;
  }
  interface Pictures {
    readonly image: ImagePicture;
  }
  interface Display {
    readonly image: ImageDisplay;
  }
  interface Differences {
    readonly image: ImageDifference;
  }
}
