// SPDX-License-Identifier: Apache-2.0
/** Counts the confusion matrix of two masks, and the scores of their classes. */
import {noLabel} from '../../pixels/labels.js';
import {classId, classLabels} from './classes.js';
import type {Confusion, ConfusionPair} from '../classes.js';
import type {MaskPicture} from './picture.js';

/**
 * Counts pixels by true and predicted class; both pictures have one size. A pixel is judged unless its truth is ignored; an
 * ignored class that is predicted elsewhere is wrong, but has no class of its own, so it only appears as a miss of the true class.
 */
export function countConfusion(truth: MaskPicture, prediction: MaskPicture): Confusion {
  const counts = jointCounts(truth, prediction);
  const [trueLabels, predictedLabels] = classLabels([truth, prediction]) as [
    Uint32Array,
    Uint32Array,
  ];
  const tallies = new Map<
    number,
    {truePositive: number; falsePositive: number; falseNegative: number}
  >();
  const tally = (id: number) => {
    const kept = tallies.get(id) ?? {truePositive: 0, falsePositive: 0, falseNegative: 0};
    tallies.set(id, kept);
    return kept;
  };
  const pairs: ConfusionPair[] = [];
  let ignored = 0;
  let judged = 0;
  let right = 0;
  for (const {trueStored, predictedStored, count} of counts) {
    const trueId = classId(truth, trueStored);
    if (trueId === undefined || trueLabels[trueStored] === noLabel) {
      ignored += count;
      continue;
    }
    judged += count;
    const predictedId = classId(prediction, predictedStored);
    if (predictedId === trueId) {
      right += count;
      tally(trueId).truePositive += count;
    } else {
      tally(trueId).falseNegative += count;
      if (predictedId !== undefined && predictedLabels[predictedStored] !== noLabel) {
        tally(predictedId).falsePositive += count;
      }
    }
    if (predictedId !== undefined) {
      pairs.push({truth: trueId, predicted: predictedId, count});
    }
  }
  const scores = [...tallies]
    .map(([id, {truePositive, falsePositive, falseNegative}]) => ({
      id,
      truePositive,
      falsePositive,
      falseNegative,
      iou: truePositive / (truePositive + falsePositive + falseNegative),
    }))
    .sort((a, b) => a.id - b.id);
  pairs.sort((a, b) => b.count - a.count || a.truth - b.truth || a.predicted - b.predicted);
  return {pairs, scores, accuracy: right / judged, ignored};
}

interface JointCount {
  readonly trueStored: number;
  readonly predictedStored: number;
  readonly count: number;
}

/** Pixels by pair of stored values. Sparse, because 16-bit ids have 2^32 pairs; counted by runs, because masks are made of them. */
function jointCounts(
  {raster: truth}: MaskPicture,
  {raster: prediction}: MaskPicture,
): JointCount[] {
  const counts = new Map<number, number>();
  const shift = 2 ** prediction.bits;
  let run = 0;
  let runKey = -1;
  const flush = () => {
    if (run > 0) {
      counts.set(runKey, (counts.get(runKey) ?? 0) + run);
    }
  };
  for (let i = 0; i < truth.data.length; i++) {
    const key = truth.data[i]! * shift + prediction.data[i]!;
    if (key === runKey) {
      run++;
    } else {
      flush();
      runKey = key;
      run = 1;
    }
  }
  flush();
  return [...counts].map(([key, count]) => ({
    trueStored: Math.floor(key / shift),
    predictedStored: key % shift,
    count,
  }));
}
