// SPDX-License-Identifier: Apache-2.0
/** Classes, pixel by pixel. */
import type {OutcomePart} from '../../pixels/outcomes.js';
import type {Raster} from '../../pixels/raster.js';
import type {Palette} from '../classes.js';

/** Class ids: the stored value `v` means `ids[v]`, or `v` itself where `ids` is absent. */
export interface MaskPicture {
  readonly kind: 'mask';
  readonly raster: Raster;
  readonly ids?: readonly number[] | undefined;
  readonly palette: Palette;
}

export interface MaskDisplay {
  /** Class ids not shown. */
  readonly hidden: ReadonlySet<number>;
  /** The only class id shown, or null for all. */
  readonly isolated: number | null;
}

export type MaskDifference =
  /** True positive, false positive, false negative of one class. */
  | {
      readonly type: 'mask';
      readonly how: 'class';
      readonly id: number;
      /** Absent: all of them. */
      readonly part?: OutcomePart;
    }
  /** Every pixel of another class, in one colour. */
  | {readonly type: 'mask'; readonly how: 'changed'}
  /** The pixels of one class that were taken for another. */
  | {
      readonly type: 'mask';
      readonly how: 'confusion';
      readonly truth: number;
      readonly predicted: number;
    }
  /**
   * Every wrong pixel of which either class is shown, in the colour of the predicted or the true one, or by whether an object was
   * missed or the background taken for one.
   */
  | {
      readonly type: 'mask';
      readonly how: 'wrong';
      readonly by: 'prediction' | 'truth' | 'outcome';
    };

export interface MaskTagFacts {
  /** The classes that the tag lists. */
  readonly palette: Palette;
}

declare module '../kind.js' {
  interface TagFacts {
    readonly mask: MaskTagFacts;
  }
  interface Pictures {
    readonly mask: MaskPicture;
  }
  interface Display {
    readonly mask: MaskDisplay;
  }
  interface Differences {
    readonly mask: MaskDifference;
  }
}
