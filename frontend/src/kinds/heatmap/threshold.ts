// SPDX-License-Identifier: Apache-2.0
/**
 * Right and wrong pixels of a probability map at any threshold, and their IoU, from one count.
 */
import {firstIndex} from '../../pixels/distribution.js';
import {storedValues} from '../../pixels/lut.js';
import type {FloatRaster, Raster} from '../../pixels/raster.js';
import {labelReached} from './exact.js';
import type {HeatmapPicture} from './picture.js';
import {heatmapValue, type Levels} from './values.js';

export interface ThresholdScore {
  readonly truePositive: number;
  readonly falsePositive: number;
  readonly falseNegative: number;
  /** NaN where neither picture reaches its threshold anywhere. */
  readonly iou: number;
}

/** How many of some pixels are at least a threshold. */
type Reaching = (threshold: number) => number;

/**
 * Scores of a probability map at any threshold. Counting the pixels once by value makes every further threshold a look at the
 * counts, so a slider can follow the hand. Both pictures have one size; pixels whose truth is NaN are not judged.
 */
export class ThresholdScores {
  /** Of the judged pixels: where the truth reaches its threshold, and where it does not. */
  readonly #positives: Reaching;
  readonly #negatives: Reaching;
  readonly #totalPositive: number;

  constructor(truth: HeatmapPicture, truthThreshold: number, prediction: HeatmapPicture) {
    const {raster, range} = prediction;
    const {raster: stored, labels} = labelReached(truth, truthThreshold);
    const isPositive = (pixel: number) => labels[stored.data[pixel]!] === 1;
    const isNegative = (pixel: number) => labels[stored.data[pixel]!] === 0;
    const reaching = (isOne: (pixel: number) => boolean) =>
      raster.bits === 32
        ? sortNumbers(raster, isOne)
        : countLevels({raster, range}, raster.data, isOne);
    this.#positives = reaching(isPositive);
    this.#negatives = reaching(isNegative);
    this.#totalPositive = countPixels(raster.data.length, isPositive);
  }

  at(threshold: number): ThresholdScore {
    const truePositive = this.#positives(threshold);
    const falsePositive = this.#negatives(threshold);
    const falseNegative = this.#totalPositive - truePositive;
    return {
      truePositive,
      falsePositive,
      falseNegative,
      iou: truePositive / (truePositive + falsePositive + falseNegative),
    };
  }
}

function countLevels(
  levels: Levels,
  data: Raster['data'],
  isOne: (pixel: number) => boolean,
): Reaching {
  const counts = new Uint32Array(storedValues(levels.raster.bits));
  for (let i = 0; i < data.length; i++) {
    if (isOne(i)) {
      counts[data[i]!]!++;
    }
  }
  return (threshold) =>
    counts.reduce(
      (sum, count, level) => (heatmapValue(levels, level) >= threshold ? sum + count : sum),
      0,
    );
}

function sortNumbers({data}: FloatRaster, isOne: (pixel: number) => boolean): Reaching {
  // NaN, which reaches nothing, is at the end.
  const sorted = data.filter((_, i) => isOne(i)).sort();
  const ofNan = firstIndex(sorted.length, (i) => Number.isNaN(sorted[i]!));
  return (threshold) => ofNan - firstIndex(ofNan, (i) => sorted[i]! >= threshold);
}

function countPixels(pixels: number, isOne: (pixel: number) => boolean): number {
  let count = 0;
  for (let i = 0; i < pixels; i++) {
    count += Number(isOne(i));
  }
  return count;
}
