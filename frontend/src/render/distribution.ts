// SPDX-License-Identifier: Apache-2.0
import {heatmapValue, largestNumber} from './heatmap.js';
import {colorChannels} from './image_difference.js';
import {storedValues} from './lut.js';
import type {HeatmapPicture, ImagePicture, Range, Raster} from './types.js';

/** How often each stored value occurs in one channel. */
export function countValues({data, channels, bits}: Raster, channel = 0): Uint32Array {
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
export function histogram(picture: ImagePicture | HeatmapPicture, range: Range, bins: number): Histogram {
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
      [notFinite.negative, notFinite.positive, notFinite.nan] = [...stored.subarray(values.length)] as [
        number,
        number,
        number,
      ];
    }
  }
  return {range, counts, notFinite};
}

export type RangeRule =
  /** What could be stored. */
  | {readonly type: 'stored'}
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
export function sharedRange(pictures: readonly (ImagePicture | HeatmapPicture)[], rule: RangeRule): Range {
  const stored = pictures.map((picture): Range => (picture.kind === 'heatmap' ? picture.range : [0, 1]));
  if (rule.type === 'stored') {
    return [Math.min(...stored.map(([low]) => low)), Math.max(...stored.map(([, high]) => high))];
  }
  const counted = pictures.flatMap(countedValues).sort((a, b) => a.value - b.value);
  const first = counted[0];
  const last = counted.at(-1);
  if (first === undefined || last === undefined) {
    return stored[0] ?? [0, 1];
  }
  switch (rule.type) {
    case 'extremes':
      return [first.value, last.value];
    case 'symmetric': {
      const limit = Math.max(Math.abs(first.value), Math.abs(last.value));
      return [-limit, limit];
    }
    case 'percentile':
      return [percentile(counted, rule.percent), percentile(counted, 100 - rule.percent)];
  }
}

interface CountedValue {
  readonly value: number;
  readonly count: number;
}

function percentile(ascending: readonly CountedValue[], percent: number): number {
  const total = ascending.reduce((sum, {count}) => sum + count, 0);
  let below = 0;
  for (const {value, count} of ascending) {
    below += count;
    if (below * 100 >= percent * total) {
      return value;
    }
  }
  return ascending.at(-1)!.value;
}

function countedValues(picture: ImagePicture | HeatmapPicture): CountedValue[] {
  const values = finiteValues(picture);
  const channels = picture.kind === 'image' ? colorChannels(picture.raster) : 1;
  const counted: CountedValue[] = [];
  for (let channel = 0; channel < channels; channel++) {
    countValues(picture.raster, channel).forEach((count, stored) => {
      const value = values[stored];
      if (count > 0 && value !== undefined) {
        counted.push({value, count});
      }
    });
  }
  return counted;
}

/** What each stored value means, as far as it is a finite number. */
function finiteValues(picture: ImagePicture | HeatmapPicture): Float64Array {
  const {bits} = picture.raster;
  if (picture.kind === 'heatmap') {
    return Float64Array.from({length: largestNumber(bits) + 1}, (_, stored) => heatmapValue(picture, stored));
  }
  const size = storedValues(bits);
  return Float64Array.from({length: size}, (_, stored) => stored / (size - 1));
}
