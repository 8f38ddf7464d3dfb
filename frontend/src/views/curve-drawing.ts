// SPDX-License-Identifier: Apache-2.0
/** Lays out the chart of one sample's metric, in a box of 1 × 1. */
import type {Metric, Step} from '../api/types.js';
import {nearestIndex, stepFractions, unionOfSteps} from '../store/steps.js';
import type {SampleCurve} from './history.js';

/** A run's curve with the colour it is drawn in. */
export interface RunCurve extends SampleCurve {
  readonly run: string;
  readonly color: string;
}

/** Curves in a box of 1 × 1, the best values at the top. */
export interface CurveDrawing {
  /** All steps of all curves. */
  readonly steps: readonly Step[];
  readonly fractions: readonly number[];
  readonly paths: readonly {
    readonly run: string;
    readonly color: string;
    readonly points: readonly CurvePoint[][];
  }[];
  /** Of the values; `null` where there is none. */
  readonly range: readonly [number, number] | null;
}

export interface CurvePoint {
  readonly x: number;
  readonly y: number;
}

export function drawCurves(curves: readonly RunCurve[]): CurveDrawing {
  const steps = unionOfSteps(curves.map((curve) => curve.steps));
  const fractions = stepFractions(steps);
  const place = new Map(steps.map((step, i) => [step, fractions[i]!]));
  const finite = curves.flatMap(({values}) => values.filter(isFinite));
  const range = finite.length === 0 ? null : ([Math.min(...finite), Math.max(...finite)] as const);
  return {
    steps,
    fractions,
    range,
    paths: curves.map(({run, color, steps: own, values}) => ({
      run,
      color,
      points:
        range === null
          ? []
          : parts(
              own.map((step) => place.get(step)!),
              values,
              range,
            ),
    })),
  };
}

/** A line for each stretch of steps that have a value, so that a gap is seen as one. */
function parts(
  x: readonly number[],
  values: readonly Metric[],
  [low, high]: readonly [number, number],
): CurvePoint[][] {
  const lines: CurvePoint[][] = [];
  let line: CurvePoint[] | undefined;
  values.forEach((value, i) => {
    if (!isFinite(value)) {
      line = undefined;
      return;
    }
    if (line === undefined) {
      lines.push((line = []));
    }
    line.push({x: x[i]!, y: high === low ? 0.5 : 1 - (value - low) / (high - low)});
  });
  return lines;
}

/** The step at a fraction of the way. */
export function stepAt({steps, fractions}: CurveDrawing, fraction: number): Step | undefined {
  let nearest = 0;
  fractions.forEach((at, i) => {
    if (Math.abs(at - fraction) < Math.abs(fractions[nearest]! - fraction)) {
      nearest = i;
    }
  });
  return steps[nearest];
}

/** Where a step is, as a fraction of the way; undefined without steps. */
export function fractionOf({steps, fractions}: CurveDrawing, step: Step): number | undefined {
  return fractions[nearestIndex(steps, step)];
}

function isFinite(value: Metric): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
