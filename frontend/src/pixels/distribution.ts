// SPDX-License-Identifier: Apache-2.0
/** How often values occur, and the ranges that follow from it. Knows no kind: a room says what the stored integers mean. */
import {storedValues} from './lut.js';
import type {DecodedRaster, FloatRaster, Range, Raster} from './raster.js';

/** Pixels that are no finite number. */
interface NotFinite {
  readonly nan: number;
  readonly negative: number;
  readonly positive: number;
}

/** How often each value occurs in one channel. */
export interface Counted {
  /** Finite, ascending; all channels of a picture have the same. Some may not occur. */
  readonly values: Float64Array | Float32Array;
  /** The pixels of each value. */
  readonly counts: Uint32Array;
  readonly notFinite: NotFinite;
}

/** A raster whose values are numbers. */
export interface Numbers {
  readonly raster: DecodedRaster;
  /** The first so many channels are counted. */
  readonly channels: 1 | 3;
  count(channel: number): Counted;
  /** The smallest and the largest finite value, NaN where none is: where they are found without counting. */
  readonly extremes?: () => Range;
  /** What could be stored. */
  readonly stored: Range;
  /** What the colours span unless the viewer chooses. */
  readonly shown: Range;
  readonly unit: string;
  /** A value times this is how the pixels are said: levels of integer images, for example. */
  readonly said: number;
}

/** `values` are what the stored integers from 0 on mean. Three more integers follow where there are some: -inf, +inf, NaN. */
export function countLevels(raster: Raster, channel: number, values: Float64Array): Counted {
  const stored = countStored(raster, channel);
  const [negative = 0, positive = 0, nan = 0] = stored.subarray(values.length);
  return {
    values,
    counts: stored.subarray(0, values.length),
    notFinite: {nan, negative, positive},
  };
}

const countedFloats = new WeakMap<FloatRaster, Counted>();

/** Of the numbers themselves; counted once. */
export function countFloats(raster: FloatRaster): Counted {
  let counted = countedFloats.get(raster);
  if (counted === undefined) {
    counted = countSorted(raster.data.slice().sort());
    countedFloats.set(raster, counted);
  }
  return counted;
}

/** NaN is at the end. */
function countSorted(sorted: Float32Array): Counted {
  const ofNan = firstIndex(sorted.length, (i) => Number.isNaN(sorted[i]!));
  const from = firstIndex(ofNan, (i) => sorted[i]! > -Infinity);
  const to = firstIndex(ofNan, (i) => sorted[i] === Infinity);
  const values = new Float32Array(to - from);
  const counts = new Uint32Array(to - from);
  let distinct = 0;
  for (let i = from; i < to; i++) {
    if (i > from && sorted[i] === sorted[i - 1]) {
      counts[distinct - 1]!++;
    } else {
      values[distinct] = sorted[i]!;
      counts[distinct++] = 1;
    }
  }
  return {
    values: values.subarray(0, distinct),
    counts: counts.subarray(0, distinct),
    notFinite: {nan: sorted.length - ofNan, negative: from, positive: ofNan - to},
  };
}

const counted = new WeakMap<Raster, Uint32Array[]>();

/** How often each stored integer occurs in one channel; counted once. */
function countStored(raster: Raster, channel: number): Uint32Array {
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
  /** Over all channels. */
  readonly notFinite: NotFinite;
}

export function histogram(numbers: Numbers, range: Range, bins: number): Histogram {
  const notFinite = {nan: 0, negative: 0, positive: 0};
  const binnedChannels: Uint32Array[] = [];
  for (let channel = 0; channel < numbers.channels; channel++) {
    const {values, counts, notFinite: more} = numbers.count(channel);
    const binned = new Uint32Array(bins);
    for (let i = 0; i < values.length; i++) {
      const position = fractionOf(values[i]!, range) * bins;
      if (position >= 0 && position <= bins) {
        binned[Math.min(Math.floor(position), bins - 1)]! += counts[i]!;
      }
    }
    binnedChannels.push(binned);
    notFinite.negative += more.negative;
    notFinite.positive += more.positive;
    notFinite.nan += more.nan;
  }
  return {range, counts: binnedChannels, notFinite};
}

/** Where a value is in a range, 0 to 1 from end to end; one that is all of it is in the middle. */
function fractionOf(value: number, [low, high]: Range): number {
  return value === low && low === high ? 0.5 : (value - low) / (high - low);
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

const RULES = {
  fixed: {type: 'shown'},
  minmax: {type: 'extremes'},
  percentile: {type: 'percentile', percent: 1},
  symmetric: {type: 'symmetric'},
} as const satisfies Record<string, RangeRule>;

/** The rules that a viewer can choose. */
export type RangeMode = keyof typeof RULES;

/** The range for a mode; where it would be empty, all of it one colour, the fixed one. Null without pictures. */
export function rangeOf(mode: RangeMode, pictures: readonly Numbers[]): Range | null {
  if (pictures.length === 0) {
    return null;
  }
  const range = sharedRange(pictures, RULES[mode]);
  return range[0] < range[1] ? range : sharedRange(pictures, RULES.fixed);
}

/**
 * One display range for all of the pictures, which are of one kind. Where no value is finite it is that of the first picture.
 * A percentile is the smallest value that at least so many percent of the pixels do not exceed (inverted distribution function).
 */
export function sharedRange(pictures: readonly Numbers[], rule: RangeRule): Range {
  const {type} = rule;
  const stored = pictures.map((numbers) => (type === 'shown' ? numbers.shown : numbers.stored));
  if (type === 'stored' || type === 'shown') {
    return [Math.min(...stored.map(([low]) => low)), Math.max(...stored.map(([, high]) => high))];
  }
  const extremes = pictures.map(extremesOf).filter(([low]) => !Number.isNaN(low));
  if (extremes.length === 0) {
    return stored[0] ?? [0, 1];
  }
  const low = Math.min(...extremes.map((ends) => ends[0]));
  const high = Math.max(...extremes.map((ends) => ends[1]));
  switch (type) {
    case 'extremes':
      return [low, high];
    case 'symmetric': {
      const limit = Math.max(Math.abs(low), Math.abs(high));
      return [-limit, limit];
    }
    case 'percentile': {
      const occurring = pictures.map(occurringValues).filter(({values}) => values.length > 0);
      return [percentile(occurring, rule.percent), percentile(occurring, 100 - rule.percent)];
    }
  }
}

/** NaN where no value is finite. */
function extremesOf(numbers: Numbers): Range {
  if (numbers.extremes !== undefined) {
    return numbers.extremes();
  }
  const {values} = occurringValues(numbers);
  return [values[0] ?? NaN, values.at(-1) ?? NaN];
}

/** The finite values that occur in a picture, ascending, and how many pixels have at most each, over all channels of colour. */
interface Occurring {
  readonly values: Counted['values'];
  readonly upTo: Float64Array;
}

const known = new WeakMap<DecodedRaster, {readonly stored: Range; readonly occurring: Occurring}>();

/** Found once for a raster, but again if its values come to mean something else. */
function occurringValues(numbers: Numbers): Occurring {
  const {raster, stored} = numbers;
  const before = known.get(raster);
  if (before?.stored[0] === stored[0] && before.stored[1] === stored[1]) {
    return before.occurring;
  }
  const occurring = findOccurring(numbers);
  known.set(raster, {stored, occurring});
  return occurring;
}

function findOccurring(numbers: Numbers): Occurring {
  const {values, counts} = numbers.count(0);
  const sums = Float64Array.from(counts);
  for (let channel = 1; channel < numbers.channels; channel++) {
    numbers.count(channel).counts.forEach((count, i) => (sums[i]! += count));
  }
  let total = 0;
  const upTo = sums.filter((count) => count > 0).map((count) => (total += count));
  return {values: values.filter((_, i) => sums[i]! > 0), upTo};
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
export function firstIndex(count: number, passes: (index: number) => boolean): number {
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
