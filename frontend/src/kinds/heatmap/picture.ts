// SPDX-License-Identifier: Apache-2.0
/** A number per pixel. */
import type {Color} from '../../pixels/color.js';
import type {ColormapName} from '../../pixels/colormaps.js';
import type {NonNumbers} from './non-numbers.js';
import type {HeatmapTagFacts} from './tag.js';
import type {OutcomePart} from '../../pixels/outcomes.js';
import type {DecodedRaster, Range} from '../../pixels/raster.js';

/**
 * One number per pixel (docs/format.md): levels over `range` with three codes for -inf, +inf and NaN, or the numbers themselves,
 * whose finite ones `range` spans.
 */
export interface HeatmapPicture {
  readonly kind: 'heatmap';
  readonly raster: DecodedRaster;
  readonly range: Range;
  /** What the colours span unless the viewer chooses; undefined: `range`. */
  readonly shown?: Range | undefined;
  /** The name of the colour map that it was logged with. */
  readonly colormap?: string | undefined;
  readonly unit?: string | undefined;
  readonly dtype?: string | undefined;
  /** Share of the pixels that were clipped to `range`. */
  readonly clipped?: number | undefined;
}

export interface HeatmapDisplay {
  /** What the two ends of the colour map mean, in the heatmap's units; null: the picture's own stored range. */
  readonly range: Range | null;
  /** At which ends values of the pictures lie beyond the range. */
  readonly exceeds: {readonly below: boolean; readonly above: boolean};
  /** Which of the values of the pictures are no numbers. */
  readonly nonNumbers: NonNumbers;
  readonly colormap: ColormapName;
  readonly reversed: boolean;
  /** Not null: show where the value is at least this, in `thresholdColor`, instead of the colour map. */
  readonly threshold: number | null;
  readonly thresholdColor: Color;
}

export type HeatmapDifferenceKind = 'signed' | 'absolute' | 'relative';

export type HeatmapDifference =
  /**
   * Prediction - truth, its magnitude, or (prediction - truth) / |truth|.
   * `limit` is the error shown at full colour; null: the width of the truth's range (1 for relative).
   */
  | {
      readonly type: 'heatmap';
      readonly how: HeatmapDifferenceKind;
      readonly limit: number | null;
    }
  /** Every pixel that differs, in one colour. */
  | {readonly type: 'heatmap'; readonly how: 'changed'}
  /** TP, FP, FN of prediction >= `threshold` against truth >= `truthThreshold`. */
  | {
      readonly type: 'heatmap';
      readonly how: 'threshold';
      readonly threshold: number;
      readonly truthThreshold: number;
      /** Absent: all of them. */
      readonly part?: OutcomePart;
    };

declare module '../kind.js' {
  interface TagFacts {
    readonly heatmap: HeatmapTagFacts;
  }
  interface Pictures {
    readonly heatmap: HeatmapPicture;
  }
  interface Display {
    readonly heatmap: HeatmapDisplay;
  }
  interface Differences {
    readonly heatmap: HeatmapDifference;
  }
}
