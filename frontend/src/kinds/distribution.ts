// SPDX-License-Identifier: Apache-2.0
import {storedValues} from '../pixels/lut.js';
import type {Range, Raster} from '../pixels/raster.js';
import {heatmapValue, largestNumber} from './heatmap/values.js';
import {colorChannels} from './image/levels.js';
import type {HeatmapPicture, ImagePicture} from './types.js';

const counted = new WeakMap<Raster, Uint32Array[]>();

/** How often each stored value occurs in one channel; counted once. */
export function countValues(raster: Raster, channel = 0): Uint32Array {
  let ofRaster = counted.get(raster);
  if (ofRaster === undefined) {
    ofRaster = [];
    counted.set(raster, ofRaster);
  }
  return (ofRaster[channel] ??= countChannel(raster, channel));
}

function countChannel({data, channels, bits}: Raster, channel: number): Uint32Array {
  const counts = new Uint32Array(storedValues(bits));
  for (let i = channel; i < data.length; i += channels) {
    counts[data[i]!]!++;
  }
  return counts;
}

export interface Histogram {
  /** The outer edges of the bins, which are of equal width. A value on an inner edge belongs above, on the last one below. */
  readonly range: Range;
  /** Per channel (one, or red, green and blue), the pixels in each bin. Values out of range and non-finite ones are in none. */
  readonly counts: readonly Uint32Array[];
  /** Of a heatmap: pixels that are NaN, -inf, +inf. */
  readonly notFinite: {readonly nan: number; readonly negative: number; readonly positive: number};
}

/** Image values are fractions of full scale, heatmap values in their units. */
export function histogram(
  picture: ImagePicture | HeatmapPicture,
  range: Range,
  bins: number,
): Histogram {
  const {raster} = picture;
  const channels = picture.kind === 'image' ? colorChannels(raster) : 1;
  const values = finiteValues(picture);
  const notFinite = {nan: 0, negative: 0, positive: 0};
  const counts: Uint32Array[] = [];
  for (let channel = 0; channel < channels; channel++) {
    const stored = countValues(raster, channel);
    const binned = new Uint32Array(bins);
    for (let i = 0; i < values.length; i++) {
      const position = ((values[i]! - range[0]) / (range[1] - range[0])) * bins;
      if (position >= 0 && position <= bins) {
        binned[Math.min(Math.floor(position), bins - 1)]! += stored[i]!;
      }
    }
    counts.push(binned);
    if (picture.kind === 'heatmap') {
      [notFinite.negative, notFinite.positive, notFinite.nan] = [
        ...stored.subarray(values.length),
      ] as [number, number, number];
    }
  }
  return {range, counts, notFinite};
}

export type RangeRule =
  /** What could be stored. */
  | {readonly type: 'stored'}
  /** What the record says that the colours span, or else what could be stored. */
  | {readonly type: 'shown'}
  /** The smallest and the largest value that occur. */
  | {readonly type: 'extremes'}
  /** Leaves out `percent` of the pixels at either end (0 to 50). */
  | {readonly type: 'percentile'; readonly percent: number}
  /** As far below 0 as above it, so that the middle of a diverging map is 0. */
  | {readonly type: 'symmetric'};

/**
 * One display range for all of the pictures, which are of one kind. Where no value is finite it is that of the first picture.
 * A percentile is the smallest value that at least so many percent of the pixels do not exceed (inverted distribution function).
 */
export function sharedRange(
  pictures: readonly (ImagePicture | HeatmapPicture)[],
  rule: RangeRule,
): Range {
  const {type} = rule;
  const stored = pictures.map((picture): Range => {
    if (picture.kind === 'image') {
      return [0, 1];
    }
    return type === 'shown' ? (picture.shown ?? picture.range) : picture.range;
  });
  if (type === 'stored' || type === 'shown') {
    return [Math.min(...stored.map(([low]) => low)), Math.max(...stored.map(([, high]) => high))];
  }
  const occurring = pictures.map(occurringValues).filter(({values}) => values.length > 0);
  if (occurring.length === 0) {
    return stored[0] ?? [0, 1];
  }
  const low = Math.min(...occurring.map(({values}) => values[0]!));
  const high = Math.max(...occurring.map(({values}) => values.at(-1)!));
  switch (type) {
    case 'extremes':
      return [low, high];
    case 'symmetric': {
      const limit = Math.max(Math.abs(low), Math.abs(high));
      return [-limit, limit];
    }
    case 'percentile':
      return [percentile(occurring, rule.percent), percentile(occurring, 100 - rule.percent)];
  }
}

/** The finite values that occur in a picture, ascending, and how many pixels have at most each, over all channels of colour. */
interface Occurring {
  readonly values: Float64Array;
  readonly upTo: Float64Array;
}

const known = new WeakMap<
  Raster,
  {readonly range: Range | undefined; readonly occurring: Occurring}
>();

/** Found once for a raster, but again if its values come to mean something else. */
function occurringValues(picture: ImagePicture | HeatmapPicture): Occurring {
  const range = picture.kind === 'heatmap' ? picture.range : undefined;
  const before = known.get(picture.raster);
  if (
    before !== undefined &&
    before.range?.[0] === range?.[0] &&
    before.range?.[1] === range?.[1]
  ) {
    return before.occurring;
  }
  const occurring = findOccurring(picture);
  known.set(picture.raster, {range, occurring});
  return occurring;
}

function findOccurring(picture: ImagePicture | HeatmapPicture): Occurring {
  const all = finiteValues(picture);
  const channels = picture.kind === 'image' ? colorChannels(picture.raster) : 1;
  const sums = new Float64Array(all.length);
  for (let channel = 0; channel < channels; channel++) {
    const counts = countValues(picture.raster, channel);
    for (let stored = 0; stored < sums.length; stored++) {
      sums[stored]! += counts[stored]!;
    }
  }
  let total = 0;
  const upTo = sums.filter((count) => count > 0).map((count) => (total += count));
  return {values: all.filter((_, stored) => sums[stored]! > 0), upTo};
}

function percentile(pictures: readonly Occurring[], percent: number): number {
  const total = pictures.reduce((sum, {upTo}) => sum + upTo.at(-1)!, 0);
  const reached = (value: number) =>
    pictures.reduce((sum, {values, upTo}) => {
      const after = firstIndex(values.length, (i) => values[i]! > value);
      return sum + (after === 0 ? 0 : upTo[after - 1]!);
    }, 0);
  const candidates = pictures.map(({values}) => {
    const index = firstIndex(values.length, (i) => reached(values[i]!) * 100 >= percent * total);
    return values[index] ?? Infinity;
  });
  return Math.min(...candidates);
}

/** The first index below `count` that passes, where all after it do; `count` if none does. */
function firstIndex(count: number, passes: (index: number) => boolean): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (passes(middle)) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}

/** What each stored value means, as far as it is a finite number. */
function finiteValues(picture: ImagePicture | HeatmapPicture): Float64Array {
  const {bits} = picture.raster;
  if (picture.kind === 'heatmap') {
    return Float64Array.from({length: largestNumber(bits) + 1}, (_, stored) =>
      heatmapValue(picture, stored),
    );
  }
  const size = storedValues(bits);
  return Float64Array.from({length: size}, (_, stored) => stored / (size - 1));
}
