// SPDX-License-Identifier: Apache-2.0
/** Metrics of two masks. */
import type {KindMeasure} from '../kind.js';
import type {MeasuredValues} from '../measured.js';
import {countConfusion} from './confusion.js';
import type {MaskPicture} from './picture.js';

export const MASK_MEASURES: readonly KindMeasure[] = [
  {id: 'iou', lowerIsBetter: false},
  {id: 'accuracy', lowerIsBetter: false},
];

/**
 * Of two masks of one size: `iou`, the mean over the classes that occur in either, and `accuracy`, the share of the judged pixels
 * that are right; `null` where no pixel is judged.
 */
export function measureMasks(
  _: readonly string[],
  truth: MaskPicture,
  prediction: MaskPicture,
): MeasuredValues {
  const {scores, accuracy} = countConfusion(truth, prediction);
  const total = scores.reduce((sum, {iou}) => sum + iou, 0);
  return {
    iou: scores.length === 0 ? null : total / scores.length,
    accuracy: Number.isNaN(accuracy) ? null : accuracy,
  };
}
