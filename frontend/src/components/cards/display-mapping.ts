// SPDX-License-Identifier: Apache-2.0
import {colormapNames} from '../../pixels/colormaps.js';
import {sharedRange, type RangeRule} from '../../kinds/distribution.js';
import {
  defaultDisplay,
  type Display,
  type HeatmapPicture,
  type ImagePicture,
  type Picture,
} from '../../kinds/types.js';
import type {ColormapName} from '../../pixels/colormaps.js';
import type {Range} from '../../pixels/raster.js';
import type {Display as DisplayChoice, RangeMode} from '../../store/view.js';

/** What the user chose for the values, and what it is chosen for. */
export interface DisplayRequest {
  readonly choice: DisplayChoice;
  readonly hiddenClasses: readonly number[];
  readonly isolatedClass: number | null;
  /** The colour map that the tag was logged with. */
  readonly colormap?: string | undefined;
}

const RULES: Readonly<Record<RangeMode, RangeRule>> = {
  fixed: {type: 'shown'},
  minmax: {type: 'extremes'},
  percentile: {type: 'percentile', percent: 1},
  symmetric: {type: 'symmetric'},
};

/**
 * One display for all panes of a card, so that equal values look equal in all of them. `pictures` are the ground truth and
 * the predictions: a range that follows the data follows all of them.
 */
export function displayOf(request: DisplayRequest, pictures: readonly Picture[]): Display {
  const {choice} = request;
  const images = pictures.filter((picture): picture is ImagePicture => picture.kind === 'image');
  const heatmaps = pictures.filter(
    (picture): picture is HeatmapPicture => picture.kind === 'heatmap',
  );
  return {
    image: {
      range: rangeOf(choice.range, images) ?? defaultDisplay.image.range,
      exposure: choice.exposure,
      gamma: choice.gamma,
    },
    mask: {hidden: new Set(request.hiddenClasses), isolated: request.isolatedClass},
    heatmap: {
      ...defaultDisplay.heatmap,
      range: rangeOf(choice.range, heatmaps),
      colormap:
        knownColormap(choice.colormap) ??
        knownColormap(request.colormap) ??
        defaultDisplay.heatmap.colormap,
      threshold: choice.threshold,
    },
  };
}

function knownColormap(name: string | null | undefined): ColormapName | undefined {
  return colormapNames.find((known) => known.toLowerCase() === name?.toLowerCase());
}

/** Of a range that follows the data, an image that is one colour would be all middle: it keeps the fixed one. */
function rangeOf(
  mode: RangeMode,
  pictures: readonly (ImagePicture | HeatmapPicture)[],
): Range | null {
  if (pictures.length === 0) {
    return null;
  }
  const range = sharedRange(pictures, RULES[mode]);
  return range[0] < range[1] ? range : sharedRange(pictures, RULES.fixed);
}
