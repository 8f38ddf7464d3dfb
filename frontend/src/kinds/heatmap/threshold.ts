// SPDX-License-Identifier: Apache-2.0
/**
 * Right and wrong pixels of a probability map at any threshold, and their IoU, from one count.
 */
import {heatmapValue} from './values.js';
import {storedValues} from '../../pixels/lut.js';
import type {HeatmapPicture} from './picture.js';

export interface ThresholdScore {
  readonly truePositive: number;
  readonly falsePositive: number;
  readonly falseNegative: number;
  /** NaN where neither picture reaches its threshold anywhere. */
  readonly iou: number;
}

/**
 * Scores of a probability map at any threshold. Counting the pixels once by stored value makes every further threshold a sum
 * over values, so a slider can follow the hand. Both pictures have one size; pixels whose truth is NaN are not judged.
 */
export class ThresholdScores {
  /** Judged pixels by the prediction's stored value: where the truth reaches its threshold, and where it does not. */
  readonly #positives: Uint32Array;
  readonly #negatives: Uint32Array;
  readonly #totalPositive: number;

  constructor(
    truth: HeatmapPicture,
    truthThreshold: number,
    private readonly prediction: HeatmapPicture,
  ) {
    const {raster} = prediction;
    this.#positives = new Uint32Array(storedValues(raster.bits));
    this.#negatives = new Uint32Array(storedValues(raster.bits));
    const values = Float64Array.from({length: storedValues(truth.raster.bits)}, (_, v) =>
      heatmapValue(truth, v),
    );
    for (let i = 0; i < raster.data.length; i++) {
      const value = values[truth.raster.data[i]!]!;
      if (value >= truthThreshold) {
        this.#positives[raster.data[i]!]!++;
      } else if (value < truthThreshold) {
        this.#negatives[raster.data[i]!]!++;
      }
    }
    this.#totalPositive = this.#positives.reduce((sum, count) => sum + count, 0);
  }

  at(threshold: number): ThresholdScore {
    let truePositive = 0;
    let falsePositive = 0;
    for (let stored = 0; stored < this.#positives.length; stored++) {
      if (heatmapValue(this.prediction, stored) >= threshold) {
        truePositive += this.#positives[stored]!;
        falsePositive += this.#negatives[stored]!;
      }
    }
    const falseNegative = this.#totalPositive - truePositive;
    return {
      truePositive,
      falsePositive,
      falseNegative,
      iou: truePositive / (truePositive + falsePositive + falseNegative),
    };
  }
}
