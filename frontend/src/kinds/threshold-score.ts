// SPDX-License-Identifier: Apache-2.0
/** How good a prediction is as a mask, where it is at least a threshold. */
import type {Picture} from './kind.js';
import type {Range} from '../pixels/raster.js';

export interface ThresholdScore {
  /** In pixels. */
  readonly truePositive: number;
  readonly falsePositive: number;
  readonly falseNegative: number;
  /** TP / (TP + FP); NaN where nothing is predicted. */
  readonly precision: number;
  /** TP / (TP + FN); NaN where nothing is true. */
  readonly recall: number;
  /** TP / (TP + FP + FN); NaN where neither picture reaches the threshold, as is Dice. */
  readonly iou: number;
  /** 2 TP / (2 TP + FP + FN) */
  readonly dice: number;
}

export function thresholdScore(
  truePositive: number,
  falsePositive: number,
  falseNegative: number,
): ThresholdScore {
  const wrong = falsePositive + falseNegative;
  return {
    truePositive,
    falsePositive,
    falseNegative,
    precision: truePositive / (truePositive + falsePositive),
    recall: truePositive / (truePositive + falseNegative),
    iou: truePositive / (truePositive + wrong),
    dice: (2 * truePositive) / (2 * truePositive + wrong),
  };
}

export interface BestThreshold {
  readonly threshold: number;
  readonly score: ThresholdScore;
}

/** Looks for the threshold with the best IoU over the pixels of many samples. */
export interface ThresholdSearch<Kind extends Picture = Picture> {
  /** Both pictures may be of any size. */
  add(truth: Kind, prediction: Kind): void;
  /** The lowest of those that are best; undefined where no pixel of any ground truth or prediction counts. */
  best(): BestThreshold | undefined;
}

/** Candidates lie at so many equal steps from the lower value of the ground truth, which is none, to the upper one. */
export const CANDIDATES = 200;

export function candidate([low, high]: Range, index: number): number {
  return low + (index / CANDIDATES) * (high - low);
}
