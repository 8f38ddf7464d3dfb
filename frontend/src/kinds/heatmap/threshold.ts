// SPDX-License-Identifier: Apache-2.0
/** How good a prediction is as a mask, where it is at least a threshold, remembered per prediction. */
import {alignPicture} from '../../pixels/align.js';
import {noLabel, type Labelled} from '../../pixels/labels.js';
import {LastResults} from '../../pixels/memo.js';
import {thresholdScore, type ThresholdScore} from '../threshold-score.js';
import {labelReached} from './exact.js';
import type {HeatmapPicture} from './picture.js';

/** By picture, not by raster: equal levels are one raster, over whatever range they are. */
const lastScores = new LastResults<ThresholdScore>();

/** Of where prediction and truth are at least `threshold`. */
export function scoreAt(
  truth: HeatmapPicture,
  prediction: HeatmapPicture,
  threshold: number,
): ThresholdScore {
  return lastScores.get(prediction, [truth, threshold], () => {
    const aligned = alignPicture(truth, prediction.raster);
    return scoreLabels(labelReached(aligned, threshold), labelReached(prediction, threshold));
  });
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
