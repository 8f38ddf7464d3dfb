// SPDX-License-Identifier: Apache-2.0
import {describe, expect, it} from 'vitest';
import type {RunSeries} from '../api/types.js';
import {averagedAt} from './sample-sets.js';

const SERIES: RunSeries = {
  steps: ['0', '1', '2'],
  wallTimes: [0, 1, 2],
  logged: 3,
  beforeRestart: [],
  samples: ['a', 'b'],
  metrics: {iou: [0.5, 0.5, 0.5], constructor: [0.5, null, null]},
  lowerIsBetter: [],
};
const SETS = [
  {count: 2, mark: 'ab'},
  {count: 1, mark: 'a'},
];

describe('the samples of a mean', () => {
  it('are not known without sets', () => {
    expect(averagedAt(SERIES, 'iou', 0)).toBeUndefined();
  });

  it('are all of the first set where nothing else is said', () => {
    const series = {...SERIES, sampleSets: SETS};

    expect(averagedAt(series, 'iou', 2)).toEqual({count: 2, logged: 2, mark: 'ab'});
    expect(averagedAt(series, 'constructor', 2)).toEqual({count: 2, logged: 2, mark: 'ab'});
  });

  it('are those of its record, unless the metric has its own', () => {
    const series = {
      ...SERIES,
      sampleSets: SETS,
      recordSets: [0, 1, null],
      meanSets: {constructor: [1, null, null]},
    };

    expect([0, 1, 2].map((at) => averagedAt(series, 'iou', at))).toEqual([
      {count: 2, logged: 2, mark: 'ab'},
      {count: 1, logged: 1, mark: 'a'},
      undefined,
    ]);
    expect([0, 1].map((at) => averagedAt(series, 'constructor', at))).toEqual([
      {count: 1, logged: 2, mark: 'a'},
      undefined,
    ]);
  });
});
