// SPDX-License-Identifier: Apache-2.0
/** A sample's metric over the steps, and how it changed. */
import type {Metric, Step, TagSamples} from '../api/types.js';
import type {RunAtStep} from '../store/data.js';
import {nearestIndex} from '../store/steps.js';

/** A metric of one sample of one run over the steps. */
export interface SampleCurve {
  readonly steps: readonly Step[];
  readonly values: readonly Metric[];
}

export interface Change {
  readonly since: Step;
  readonly now: number;
  readonly by: number;
}

export function curveOf(
  history: TagSamples | undefined,
  run: string,
  sample: string,
  metric: string,
): SampleCurve | undefined {
  const ofRun = history?.runs[run];
  const index = ofRun?.samples.indexOf(sample) ?? -1;
  const values = ofRun?.metrics[metric]?.[index];
  return ofRun === undefined || values === undefined ? undefined : {steps: ofRun.steps, values};
}

/** How a metric changed since the marked step, or since the last step before that has it. */
export function changeSince(
  history: TagSamples | undefined,
  {run, step}: Pick<RunAtStep, 'run' | 'step'>,
  sample: string,
  metric: string,
  marked: Step | null,
): Change | null {
  const curve = curveOf(history, run, sample, metric);
  if (curve === undefined) {
    return null;
  }
  const at = curve.steps.indexOf(step);
  const now = curve.values[at];
  if (!isFinite(now)) {
    return null;
  }
  let from = marked === null ? at - 1 : nearestIndex(curve.steps, marked);
  if (marked === null) {
    while (from >= 0 && !isFinite(curve.values[from])) {
      from--;
    }
  }
  const before = curve.values[from];
  const since = curve.steps[from];
  return from === at || since === undefined || !isFinite(before)
    ? null
    : {since, now, by: now - before};
}

function isFinite(value: Metric | undefined): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

/** The change of the run that fell, or rose, most; `null` where none is known. */
export function largestChange(
  history: TagSamples | undefined,
  runs: readonly RunAtStep[],
  sample: string,
  metric: string,
  since: Step | null,
  sign: 1 | -1,
): {readonly run: RunAtStep; readonly change: Change} | null {
  let largest: {readonly run: RunAtStep; readonly change: Change} | null = null;
  for (const run of runs) {
    const change = changeSince(history, run, sample, metric, since);
    if (change !== null && (largest === null || sign * (change.by - largest.change.by) > 0)) {
      largest = {run, change};
    }
  }
  return largest;
}
