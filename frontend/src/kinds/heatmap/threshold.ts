// SPDX-License-Identifier: Apache-2.0
/** How good a prediction is as a mask, where it is at least a threshold, remembered per prediction. */
import {alignPicture} from '../../pixels/align.js';
import {noLabel, type Labelled} from '../../pixels/labels.js';
import type {DecodedRaster} from '../../pixels/raster.js';
import {thresholdScore, type ThresholdScore} from '../threshold-score.js';
import {labelReached} from './exact.js';
import type {HeatmapPicture} from './picture.js';

interface LastScore {
  readonly truth: DecodedRaster;
  readonly threshold: number;
  readonly score: ThresholdScore;
}

/** The last score of each prediction: panes ask again whenever anything about them changes. */
const lastScores = new WeakMap<DecodedRaster, LastScore>();

/** Of where prediction and truth are at least `threshold`. */
export function scoreAt(
  truth: HeatmapPicture,
  prediction: HeatmapPicture,
  threshold: number,
): ThresholdScore {
  const last = lastScores.get(prediction.raster);
  if (last?.truth === truth.raster && last.threshold === threshold) {
    return last.score;
  }
  const aligned = alignPicture(truth, prediction.raster);
  const score = scoreLabels(labelReached(aligned, threshold), labelReached(prediction, threshold));
  lastScores.set(prediction.raster, {truth: truth.raster, threshold, score});
  return score;
}

/** Of labels as `labelReached` gives them, of one size. Pixels whose truth is NaN are not judged; a predicted NaN reaches nothing. */
export function scoreLabels(truth: Labelled, prediction: Labelled): ThresholdScore {
  let [truePositive, falsePositive, falseNegative] = [0, 0, 0];
  const {length} = truth.raster.data;
  for (let pixel = 0; pixel < length; pixel++) {
    const wanted = truth.labels[truth.raster.data[pixel]!]!;
    const isReached = prediction.labels[prediction.raster.data[pixel]!] === 1;
    if (wanted === 1) {
      truePositive += Number(isReached);
      falseNegative += Number(!isReached);
    } else if (wanted !== noLabel) {
      falsePositive += Number(isReached);
    }
  }
  return thresholdScore(truePositive, falsePositive, falseNegative);
}
