// SPDX-License-Identifier: Apache-2.0
/** Lays out the curves above the timeline, and reads their values at a step. */
import type {Step} from '../api/types.js';
import type {TimelineCurve} from '../store/page.js';
import type {AveragedSamples} from '../store/sample-sets.js';
import {compareSteps, nearestIndex} from '../store/steps.js';
import {phrase, scopedNumber, type NumberScope, type Phrase} from '../texts/scoped-number.js';
import {averagedPhrase, type Company} from './averaged-samples.js';
import {scopedStep} from './scoped-step.js';

/** The box curves are drawn in; it is stretched to the timeline. */
export const WIDTH = 1000;
export const HEIGHT = 100;
const MARGIN = 6;

/** From values to heights in the box; one scale for all curves. */
export function heightScale(curves: readonly TimelineCurve[]): (value: number) => number {
  let low = Infinity;
  let high = -Infinity;
  for (const {y} of curves) {
    for (const value of y) {
      if (value < low) {
        low = value;
      }
      if (value > high) {
        high = value;
      }
    }
  }
  const span = high - low;
  if (!(span > 0)) {
    return () => HEIGHT / 2;
  }
  return (value) => HEIGHT - MARGIN - ((value - low) / span) * (HEIGHT - 2 * MARGIN);
}

export function curvePath({x, y}: TimelineCurve, heightOf: (value: number) => number): string {
  return x
    .map(
      (at, i) => `${i === 0 ? 'M' : 'L'}${(at * WIDTH).toFixed(1)} ${heightOf(y[i]!).toFixed(1)}`,
    )
    .join('');
}

/** Whether most curves begin in the upper half, so that the lower left corner is the free one. */
export function beginsHigh(
  curves: readonly TimelineCurve[],
  heightOf: (value: number) => number,
): boolean {
  const starts = curves.flatMap(({y}) => y.slice(0, 1)).map(heightOf);
  return starts.filter((height) => height < HEIGHT / 2).length > starts.length / 2;
}

interface CurvePoint {
  readonly value: number;
  /** The samples that it is over, where it is a mean. */
  readonly averaged: AveragedSamples | undefined;
}

/** What a curve has at a step: its value, its nearest one where that step has none, or that the run is not there. */
export type CurveValue =
  | ({readonly type: 'value'} & CurvePoint)
  | ({readonly type: 'nearest'; readonly step: Step} & CurvePoint)
  | {readonly type: 'ended'; readonly step: Step}
  | {readonly type: 'begins'; readonly step: Step}
  | {readonly type: 'none'};

export function valueAt(
  {ends: [first, last], steps, y, averaged: samples}: TimelineCurve,
  step: Step,
): CurveValue {
  if (compareSteps(step, last) > 0) {
    return {type: 'ended', step: last};
  }
  if (compareSteps(step, first) < 0) {
    return {type: 'begins', step: first};
  }
  const nearest = nearestIndex(steps, step);
  const value = y[nearest];
  const at = steps[nearest];
  if (value === undefined || at === undefined) {
    return {type: 'none'};
  }
  const averaged = samples[nearest];
  return at === step
    ? {type: 'value', value, averaged}
    : {type: 'nearest', value, averaged, step: at};
}

/** As it is written beside the run's name, among others; `scope` is of a value at `step`. */
export function curveValuePhrase(
  at: CurveValue,
  step: Step,
  scope: NumberScope,
  company: Company,
): Phrase {
  const {tag, run} = scope;
  const place = {...(tag !== undefined && {tag}), ...(run !== undefined && {run})};
  switch (at.type) {
    case 'value':
      return pointPhrase(at, {...scope, step}, company);
    case 'nearest':
      return phrase`${pointPhrase(at, {...scope, step: at.step}, company)} at ${scopedStep(at.step, place)}`;
    case 'ended':
      return phrase`ended at ${scopedStep(at.step, place)}`;
    case 'begins':
      return phrase`begins at ${scopedStep(at.step, place)}`;
    case 'none':
      return ['not measured'];
  }
}

function pointPhrase({value, averaged}: CurvePoint, scope: NumberScope, company: Company): Phrase {
  const known = averaged === undefined ? scope : {...scope, samples: averaged.count};
  return phrase`${scopedNumber(value, known)}${averagedPhrase(averaged, company, known)}`;
}
