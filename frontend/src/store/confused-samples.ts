// SPDX-License-Identifier: Apache-2.0
/** How often a run takes one class for another in each sample of a record. */
import type {ClassCounts, RunStep, Step, TagSeries} from '../api/types.js';
import type {PixelsBySample} from './ranking.js';
import {PENDING, ready, type Resource} from './resource.js';
import type {CountsBySample} from './sample-counts.js';
import {nearestStep} from './steps.js';
import type {ChosenConfusion} from './view.js';

/** The chosen confusion, and the samples it is in. */
export interface ConfusedSamples extends ChosenConfusion {
  /** Of the record that is counted. */
  readonly step: Step;
  readonly pixels: Resource<PixelsBySample>;
}

/** The record of the chosen confusion: the run's nearest to `step`. */
export function confusedRecord(
  {run}: ChosenConfusion,
  series: TagSeries | undefined,
  step: Step | null,
): RunStep | null {
  const at = step === null ? undefined : nearestStep(series?.runs[run]?.steps ?? [], step);
  return at === undefined || at === null ? null : {run, step: at};
}

export function confusedSamples(
  confusion: ChosenConfusion,
  step: Step,
  counts: Resource<CountsBySample>,
): ConfusedSamples {
  const pixels =
    counts.state === 'ready'
      ? ready(pixelsBySample(confusion, counts.value))
      : counts.state === 'error'
        ? ({state: 'error', message: counts.message} as const)
        : PENDING;
  return {...confusion, step, pixels};
}

function pixelsBySample(
  {truth, predicted}: ChosenConfusion,
  counts: CountsBySample,
): PixelsBySample {
  return new Map(
    Object.entries(counts).map(([sample, one]) => [sample, pixelsOf(one, truth, predicted)]),
  );
}

/** `null` where it was not counted, or may be among the rare confusions that were left out. */
function pixelsOf(counts: ClassCounts | null, truth: number, predicted: number): number | null {
  const {confusions, omittedPixels = 0} = counts ?? {};
  const place =
    confusions?.truth.findIndex((id, i) => id === truth && confusions.predicted[i] === predicted) ??
    -1;
  if (place >= 0) {
    return confusions!.pixels[place]!;
  }
  return counts === null || omittedPixels > 0 ? null : 0;
}
