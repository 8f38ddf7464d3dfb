// SPDX-License-Identifier: Apache-2.0
import {describe, expect, it} from 'vitest';
import type {RunAtStep, TagModel} from './data.js';
import {measureDemands, type MeasureDemand} from './measure-demands.js';
import {BEFORE, runSide} from './sides.js';
import {INITIAL_VIEW, type ViewState} from './view.js';

const numbers = (count: number) => Array.from({length: count}, (_, i) => String(i));

interface Shape {
  readonly runs?: number;
  readonly steps?: number;
  readonly samples?: number;
  readonly named?: readonly string[];
  readonly view?: Partial<ViewState>;
}

/** What is wanted of runs `r0`, `r1`, …, each at its last step. */
function demandsOf({runs = 1, steps = 1, samples = 1, named = [], view}: Shape) {
  const runAt = (run: string) =>
    ({
      run,
      step: String(steps - 1),
      steps: numbers(steps),
      kind: {name: 'image'},
    }) as unknown as RunAtStep;
  const model = {
    tag: 'seg',
    runs: numbers(runs).map((i) => runAt(`r${i}`)),
    named: named.map(runAt),
    allRows: numbers(samples).map((i) => ({id: `s${i}`})),
    existing: {},
    since: '0',
  };
  return measureDemands({
    wanted: [model as unknown as TagModel],
    view: {...INITIAL_VIEW, measured: ['mae'], ...view},
    visibleSamples: new Map([['seg', {tag: 'seg', samples: ['s7', 'gone']}]]),
    measuresOf: ({name}) => (name === 'image' ? [{id: 'mae'}, {id: 'psnr'}] : []),
  });
}

function placesOf(demands: readonly MeasureDemand[]): readonly string[] {
  return demands.map(({at}) => `${at.run}@${at.step}`);
}

describe('curves', () => {
  it('are of some samples at some steps, what is in sight first', () => {
    const [shown, ...others] = demandsOf({steps: 1000, samples: 5000});
    expect([shown!.at.step, shown!.samples.length, shown!.samples[0]]).toEqual(['999', 5000, 's7']);
    expect(others).toHaveLength(63);
    expect(others[0]!.at.step).toBe('0');
    expect(others[0]!.samples).toEqual(['s7', 's0', 's1', 's2']);
  });

  it('are of all samples where these are few', () => {
    const demands = demandsOf({steps: 1000, samples: 3});
    expect(demands.every(({samples}) => samples.length === 3)).toBe(true);
  });

  it.each([
    {runs: 52, steps: 10},
    {runs: 8, steps: 65},
    {runs: 300, steps: 1000},
  ])('are of at most 256 pairs of all runs: $runs runs of $steps steps', ({runs, steps}) => {
    const demands = demandsOf({runs, steps, samples: 2});
    const shown = demands.slice(0, runs);
    const others = demands.slice(runs);
    expect(new Set(placesOf(shown))).toEqual(
      new Set(numbers(runs).map((i) => `r${i}@${steps - 1}`)),
    );
    expect(shown.every(({samples}) => samples.length === 2)).toBe(true);
    const pairs = others.reduce((sum, {samples}) => sum + samples.length, 0);
    expect(pairs).toBeLessThanOrEqual(256);
    expect(pairs).toBeGreaterThan(128);
    expect(new Set(others.map(({at}) => at.run)).size).toBe(Math.min(runs, 256));
  });
});

describe('what panes show', () => {
  it('is measured of runs that A and B name and that are off, without their curves', () => {
    const view = {a: runSide('off'), b: runSide(null)};
    const demands = demandsOf({steps: 3, samples: 20, named: ['off'], view});
    expect(placesOf(demands)).toEqual(['r0@2', 'off@2', 'r0@0', 'r0@1']);
    expect(demands[1]!.samples).toHaveLength(20);
  });

  it('is measured at the step that A or B stays at', () => {
    const at = (view: Partial<ViewState>) =>
      placesOf(demandsOf({steps: 9, samples: 300, named: ['off'], view})).slice(0, 3);
    expect(at({a: runSide('off', '4')})).toEqual(['r0@8', 'off@8', 'off@4']);
    expect(at({a: runSide(null, BEFORE)})).toEqual(['r0@8', 'off@8', 'r0@7']);
  });
});

it('is what the kind has of the chosen metrics', () => {
  expect(demandsOf({view: {measured: ['iou']}})).toEqual([]);
  const [demand] = demandsOf({view: {measured: ['iou', 'psnr', 'mae']}});
  expect(demand!.ids).toEqual(['psnr', 'mae']);
});
