// SPDX-License-Identifier: Apache-2.0
/** What the cells of a table of samples show. */
import {clamp} from '../clamp.js';
import type {Metric, TagSamples} from '../api/types.js';
import type {RunAtStep, SampleRow} from '../store/data.js';
import type {Sort} from '../store/view.js';
import {isMeasured} from '../texts/numbers.js';
import {drawCurves} from './curve-drawing.js';
import {curveOf} from './history.js';

/** The values that the empty and the full bar stand for. */
export type BarScale = readonly [number, number];

/** One scale for all rows and runs: 0 to 1 for scores that lie there, or else from 0 to the largest, or from the smallest below 0. */
export function barScale(
  rows: readonly Pick<SampleRow, 'metrics'>[],
  metric: string,
  lowerIsBetter: boolean,
): BarScale {
  let low = 0;
  let high = 0;
  for (const {metrics} of rows) {
    for (const scores of metrics.values()) {
      const value = scores[metric];
      if (isMeasured(value) && Number.isFinite(value)) {
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
    }
  }
  // Errors may be small throughout; a score of at most 1 is most likely one of 1.
  return !lowerIsBetter && high <= 1 ? [low, 1] : [low, high];
}

/** How much of a bar a value fills, 0 to 1. */
export function barShare(value: Metric | undefined, [low, high]: BarScale): number {
  if (!isMeasured(value) || high === low) {
    return 0;
  }
  return clamp((value - low) / (high - low), 0, 1);
}

/** A run's metric of one sample over the steps, as a path in a box of that size; empty where nothing was measured. */
export function sparkPath(
  history: TagSamples | undefined,
  {run, color}: RunAtStep,
  sample: string,
  metric: string,
  {width, height}: {readonly width: number; readonly height: number},
): string {
  const curve = curveOf(history, run, sample, metric);
  const drawing = drawCurves(curve === undefined ? [] : [{...curve, run, color}]);
  const place = ({x, y}: {readonly x: number; readonly y: number}): string =>
    `${(x * width).toFixed(1)} ${(y * height).toFixed(1)}`;
  return drawing.paths
    .flatMap(({points}) => points)
    .map((line) => `M${line.map(place).join('L')}`)
    .join('');
}

/** Whether the change that a row shows is the largest rise, `1`, or fall: as samples are sorted, or else the worst. */
export function changeSign({by}: Pick<Sort, 'by'>, lowerIsBetter: boolean): 1 | -1 {
  const isRise = (by === 'improved') !== lowerIsBetter;
  return isRise ? 1 : -1;
}
