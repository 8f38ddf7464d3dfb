// SPDX-License-Identifier: Apache-2.0
import {describe, expect, it} from 'vitest';
import type {TimelineCurve} from '../store/page.js';
import {phraseText} from '../texts/scoped-number.js';
import {companyOf} from './averaged-samples.js';
import {
  HEIGHT,
  beginsHigh,
  curvePath,
  heightScale,
  valueAt,
  curveValuePhrase,
} from './curve-paths.js';

const ALONE = companyOf([]);
const SCOPE = {what: 'mean', tag: 'val', run: 'r', samples: 'all'} as const;

function curve(x: readonly number[], y: readonly number[]): TimelineCurve {
  return {
    run: 'r',
    color: 'red',
    dashed: false,
    ends: ['0', '100'],
    steps: x.map((at) => String(100 * at)),
    x,
    y,
    averaged: y.map(() => undefined),
  };
}

describe('curves', () => {
  it('share one scale, the highest value near the top', () => {
    const heightOf = heightScale([curve([0, 1], [0, 5]), curve([0, 1], [10, 5])]);

    expect(heightOf(10)).toBeLessThan(heightOf(5));
    expect(heightOf(10)).toBeGreaterThan(0);
    expect(heightOf(0)).toBeLessThan(HEIGHT);
  });

  it('that do not change lie in the middle', () => {
    expect(heightScale([curve([0, 1], [3, 3])])(3)).toBe(HEIGHT / 2);
    expect(heightScale([])(3)).toBe(HEIGHT / 2);
  });

  it('run from left to right', () => {
    expect(curvePath(curve([0, 0.5, 1], [1, 2, 3]), (value) => value)).toBe(
      'M0.0 1.0L500.0 2.0L1000.0 3.0',
    );
  });

  it.each([
    ['0', '1'],
    ['50', '2'],
    ['20', '1 at 0'],
    ['90', '2 at 50'],
    ['101', 'ended at 100'],
    ['-1', 'begins at 0'],
  ])('at step %s say %j', (step, text) => {
    const of = curveValuePhrase(valueAt(curve([0, 0.5], [1, 2]), step), step, SCOPE, ALONE);
    expect(phraseText(of)).toBe(text);
  });

  it('say of which step a value is', () => {
    const [value] = curveValuePhrase(valueAt(curve([0, 0.5], [1, 2]), '90'), '90', SCOPE, ALONE);
    expect(value).toEqual({
      text: '2',
      value: '2',
      scope: {what: 'mean', tag: 'val', run: 'r', samples: 'all', step: '50'},
    });
  });

  it('say nothing of what was never measured', () => {
    expect(curveValuePhrase(valueAt(curve([], []), '50'), '50', SCOPE, ALONE)).toEqual([
      'not measured',
    ]);
  });

  it('leave the lower corner free when they begin high', () => {
    const curves = [curve([0, 1], [9, 1]), curve([0, 1], [8, 1])];

    expect(beginsHigh(curves, heightScale(curves))).toBe(true);
    expect(beginsHigh([], heightScale([]))).toBe(false);
  });
});

describe('a curve of means', () => {
  it('says at each step how many samples it is over', () => {
    const few = {count: 2, logged: 2, mark: 'few'};
    const all = {count: 6, logged: 6, mark: 'all'};
    const means = {...curve([0, 0.5], [1, 2]), averaged: [few, all]};
    const said = (step: string) =>
      curveValuePhrase(valueAt(means, step), step, SCOPE, companyOf([all, all]));

    expect(phraseText(said('0'))).toBe('1 of 2');
    expect(phraseText(said('20'))).toBe('1 of 2 at 0');
    expect(phraseText(said('50'))).toBe('2');
    expect(said('50')).toMatchObject([{scope: {what: 'mean', samples: 6, step: '50'}}]);
  });
});
