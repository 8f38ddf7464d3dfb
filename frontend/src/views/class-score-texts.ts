// SPDX-License-Identifier: Apache-2.0
/** What the rail's list of classes says of its numbers: of which samples and step they are, and why one is missing. */
import {classScoresOf, type ClassListRun, type RunClassScore} from '../store/class-list.js';
import {formatCount} from '../texts/numbers.js';
import {
  phrase,
  scopedCount,
  scopedNumber,
  type Phrase,
  type ScopedNumber,
} from '../texts/scoped-number.js';
import {scopedStep} from './scoped-step.js';

/** The scores of a run by class; none where it was not counted, or is not there yet. */
export function scoresOf(run: ClassListRun | undefined): ReadonlyMap<number, RunClassScore> {
  return run?.counted.state === 'ready' ? classScoresOf(run.counted.value) : NO_SCORES;
}

const NO_SCORES: ReadonlyMap<number, RunClassScore> = new Map();

/** Of which samples and step the numbers are, or why there are none. */
export function scopeOf(tag: string, {run, step, counted}: ClassListRun): Phrase {
  const place = {tag, run};
  const at = phrase`step ${scopedStep(step, place)}`;
  switch (counted.state) {
    case 'pending':
      return phrase`Loading the IoU of ${at} …`;
    case 'error':
      return phrase`No IoU at ${at}: ${counted.message}`;
    case 'ready': {
      const {samples, total} = counted.value;
      if (total === null) {
        return phrase`Not counted at ${at}`;
      }
      const all = scopedCount(samples, 'sample', {...place, step});
      if (total.counted === samples) {
        return phrase`IoU of all ${all} of ${at}`;
      }
      const scope = {...place, step, what: 'count', noun: 'counted samples'} as const;
      return phrase`IoU of ${scopedNumber(total.counted, scope)} of ${all} of ${at}; the others were not counted`;
    }
  }
}

export function iouOf(
  tag: string,
  {run, step, counted}: ClassListRun,
  id: number,
  score: RunClassScore | undefined,
): ScopedNumber {
  const samples = counted.state === 'ready' ? (counted.value.total?.counted ?? 0) : 0;
  const scope = {what: 'value', tag, run, step, samples, class: id, metric: 'iou'} as const;
  return scopedNumber(score?.iou, scope);
}

/** How a number came about, or why there is none. */
export function reasonOf(
  {counted}: ClassListRun,
  score: RunClassScore | undefined,
  ignored: boolean,
): string {
  if (ignored) {
    return 'Ignored';
  }
  if (counted.state === 'error') {
    return counted.message;
  }
  if (counted.state !== 'ready') {
    return 'Not there yet';
  }
  if (counted.value.total === null) {
    return 'Not counted when this record was written: sizes that differ, more than 1024 classes, or metrics=False';
  }
  if (score === undefined) {
    return 'In no ground truth and no prediction of this record';
  }
  const {truePositive, falsePositive, falseNegative} = score;
  return `TP / (TP + FP + FN), summed over the samples first: ${formatCount(truePositive)} / (${formatCount(truePositive)} + ${formatCount(falsePositive)} + ${formatCount(falseNegative)})`;
}
