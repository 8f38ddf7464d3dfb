// SPDX-License-Identifier: Apache-2.0
import type {Color} from '../pixels/color.js';
import type {ColormapName} from '../pixels/colormaps.js';
import type {Range, Raster} from '../pixels/raster.js';

export interface ClassStyle {
  readonly id: number;
  /** The given name, or the id as text. */
  readonly name: string;
  readonly color: Color;
  readonly ignored: boolean;
}

/** The classes of a tag with every colour decided. Ids that are not listed have a stable colour too: see `styleOf`. */
export interface Palette {
  readonly classes: readonly ClassStyle[];
  readonly ignore: ReadonlySet<number>;
}

/** A picture to look at. Stored values are 0 to 2^bits - 1. */
export interface ImagePicture {
  readonly kind: 'image';
  readonly raster: Raster;
  /** What the caller logged: a float picture is shown in [0, 1], an integer one as integers. */
  readonly dtype?: string | undefined;
}

/** Class ids: the stored value `v` means `ids[v]`, or `v` itself where `ids` is absent. */
export interface MaskPicture {
  readonly kind: 'mask';
  readonly raster: Raster;
  readonly ids?: readonly number[] | undefined;
  readonly palette: Palette;
}

/** One number per pixel, stored over `range` with three codes for -inf, +inf and NaN (docs/format.md). */
export interface HeatmapPicture {
  readonly kind: 'heatmap';
  readonly raster: Raster;
  readonly range: Range;
  /** What the colours span unless the viewer chooses; undefined: `range`. */
  readonly shown?: Range | undefined;
  readonly unit?: string | undefined;
  readonly dtype?: string | undefined;
}

export type Picture = ImagePicture | MaskPicture | HeatmapPicture;

export interface ImageDisplay {
  /** What is shown as black and as white, as fractions of full scale (0 to 1). */
  readonly range: Range;
  /** In stops: the value is multiplied by 2^exposure. */
  readonly exposure: number;
  /** The shown value is value^(1 / gamma). */
  readonly gamma: number;
}

export interface MaskDisplay {
  /** Class ids not shown. */
  readonly hidden: ReadonlySet<number>;
  /** The only class id shown, or null for all. */
  readonly isolated: number | null;
}

export interface HeatmapDisplay {
  /** What the two ends of the colour map mean, in the heatmap's units; null: the picture's own stored range. */
  readonly range: Range | null;
  readonly colormap: ColormapName;
  readonly reversed: boolean;
  /** Not null: show where the value is at least this, in `thresholdColor`, instead of the colour map. */
  readonly threshold: number | null;
  readonly thresholdColor: Color;
}

/** How pictures of each kind are shown; one object serves a whole card. */
export interface Display {
  readonly image: ImageDisplay;
  readonly mask: MaskDisplay;
  readonly heatmap: HeatmapDisplay;
}

export const defaultDisplay: Display = {
  image: {range: [0, 1], exposure: 0, gamma: 1},
  mask: {hidden: new Set(), isolated: null},
  heatmap: {
    range: null,
    colormap: 'viridis',
    reversed: false,
    threshold: null,
    thresholdColor: 0xf57c00,
  },
};

/** How a ground truth and a prediction (or an earlier and a later prediction) are compared, pixel by pixel. */
export type Difference =
  /** Image. Values are fractions of full scale, and `gain` multiplies what is shown. */
  | {readonly type: 'image'; readonly how: 'absolute' | 'signed' | 'squared'; readonly gain: number}
  /** Mask: true positive, false positive, false negative of one class. */
  | {readonly type: 'mask'; readonly how: 'class'; readonly id: number}
  /** Mask: every wrong pixel of which either class is shown, in the colour of the predicted or the true one. */
  | {readonly type: 'mask'; readonly how: 'wrong'; readonly by: 'prediction' | 'truth'}
  /**
   * Heatmap: prediction - truth, its magnitude, or (prediction - truth) / |truth|.
   * `limit` is the error shown at full colour; null: the width of the truth's range (1 for relative).
   */
  | {
      readonly type: 'heatmap';
      readonly how: 'signed' | 'absolute' | 'relative';
      readonly limit: number | null;
    }
  /** Heatmap: TP, FP, FN of prediction >= `threshold` against truth >= `truthThreshold`. */
  | {
      readonly type: 'heatmap';
      readonly how: 'threshold';
      readonly threshold: number;
      readonly truthThreshold: number;
    };
