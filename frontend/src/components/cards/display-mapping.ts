// SPDX-License-Identifier: Apache-2.0
import {colormapNames} from '../../render/colormaps.js';
import {heatmapValue, largestNumber} from '../../render/heatmap.js';
import {defaultDisplay, type ColormapName, type Display, type Picture, type Range} from '../../render/types.js';
import type {Display as DisplayChoice, RangeMode} from '../../store/view.js';

/** What the user chose for the values, and what it is chosen for. */
export interface DisplayRequest {
  readonly choice: DisplayChoice;
  readonly hiddenClasses: readonly number[];
  readonly isolatedClass: number | null;
  /** The colour map that the tag was logged with. */
  readonly colormap?: string | undefined;
}

/**
 * One display for all panes of a card, so that equal values look equal in all of them. `pictures` are the ground truth and
 * the predictions: a range that follows the data follows all of them.
 */
export function displayOf(request: DisplayRequest, pictures: readonly Picture[]): Display {
  const {choice} = request;
  const range = choice.range === 'fixed' ? null : rangeOf(choice.range, pictures);
  const kind = pictures[0]?.kind;
  return {
    image: {
      range: (kind === 'image' ? range : null) ?? defaultDisplay.image.range,
      exposure: choice.exposure,
      gamma: choice.gamma,
    },
    mask: {hidden: new Set(request.hiddenClasses), isolated: request.isolatedClass},
    heatmap: {
      ...defaultDisplay.heatmap,
      range: kind === 'heatmap' ? (range ?? sharedRange(pictures)) : null,
      colormap: knownColormap(choice.colormap) ?? knownColormap(request.colormap) ?? defaultDisplay.heatmap.colormap,
      threshold: choice.threshold,
    },
  };
}

function knownColormap(name: string | null | undefined): ColormapName | undefined {
  return colormapNames.find((known) => known.toLowerCase() === name?.toLowerCase());
}

/** The stored ranges of all pictures, together. */
function sharedRange(pictures: readonly Picture[]): Range | null {
  const ranges = pictures.flatMap((picture) => (picture.kind === 'heatmap' ? [picture.range] : []));
  if (ranges.length === 0) return null;
  return [Math.min(...ranges.map(([low]) => low)), Math.max(...ranges.map(([, high]) => high))];
}

/** Of the values that are finite; images in fractions of full scale. `null`: there are none. */
export function rangeOf(mode: Exclude<RangeMode, 'fixed'>, pictures: readonly Picture[]): Range | null {
  const cuts = mode === 'percentile' ? ([0.01, 0.99] as const) : ([0, 1] as const);
  const ends = pictures.flatMap((picture) => quantiles(picture, cuts) ?? []);
  if (ends.length === 0) return null;
  const low = Math.min(...ends);
  const high = Math.max(...ends);
  if (mode !== 'symmetric') return [low, high];
  // Numbers are symmetric about zero, the levels of an image about the middle of their scale.
  const middle = pictures[0]?.kind === 'image' ? 0.5 : 0;
  const half = Math.max(Math.abs(low - middle), Math.abs(high - middle));
  return [middle - half, middle + half];
}

const quantileCache = new WeakMap<Picture['raster'], Map<string, readonly [number, number] | undefined>>();

/** Two quantiles of a picture, in its units. */
function quantiles(picture: Picture, cuts: readonly [number, number]): readonly [number, number] | undefined {
  if (picture.kind === 'mask') return undefined;
  const cached = quantileCache.get(picture.raster) ?? new Map<string, readonly [number, number] | undefined>();
  quantileCache.set(picture.raster, cached);
  const key = `${picture.kind} ${cuts.join(' ')} ${picture.kind === 'heatmap' ? picture.range.join(' ') : ''}`;
  if (!cached.has(key)) cached.set(key, computeQuantiles(picture, cuts));
  return cached.get(key);
}

function computeQuantiles(
  picture: Exclude<Picture, {kind: 'mask'}>,
  cuts: readonly [number, number],
): readonly [number, number] | undefined {
  const {raster} = picture;
  const full = 2 ** raster.bits - 1;
  const last = picture.kind === 'heatmap' ? largestNumber(raster.bits) : full;
  const counts = new Uint32Array(full + 1);
  const hasAlpha = raster.channels === 2 || raster.channels === 4;
  for (let i = 0; i < raster.data.length; i++) {
    if (hasAlpha && i % raster.channels === raster.channels - 1) continue;
    counts[raster.data[i]!]!++;
  }
  let total = 0;
  for (let value = 0; value <= last; value++) total += counts[value]!;
  if (total === 0) return undefined;
  const at = (cut: number): number => {
    const wanted = Math.max(1, Math.ceil(cut * total));
    let seen = 0;
    let value = 0;
    while (value < last && (seen += counts[value]!) < wanted) value++;
    return picture.kind === 'heatmap' ? heatmapValue(picture, value) : value / full;
  };
  return [at(cuts[0]), at(cuts[1])];
}
