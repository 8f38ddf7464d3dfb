// SPDX-License-Identifier: Apache-2.0
import {expect, it} from 'vitest';
import type {TagSamples} from '../api/types.js';
import {changeSince, curveOf} from './history.js';

const history: TagSamples = {
  tag: 't',
  runs: {
    a: {
      steps: ['0', '10', '20', '30'],
      samples: ['x', 'y'],
      metrics: {
        iou: [
          [0, 0, 0, 0],
          [0.25, 0.5, null, 0.25],
        ],
      },
      changed: {},
      missing: {},
      attributes: {},
    },
  },
};

it('reads the curve of one sample', () => {
  expect(curveOf(history, 'a', 'y', 'iou')).toEqual({
    steps: ['0', '10', '20', '30'],
    values: [0.25, 0.5, null, 0.25],
  });
  expect(curveOf(history, 'a', 'z', 'iou')).toBeUndefined();
  expect(curveOf(undefined, 'a', 'y', 'iou')).toBeUndefined();
});

it('compares with the last step before that was measured', () => {
  expect(changeSince(history, {run: 'a', step: '30'}, 'y', 'iou', null)).toEqual({
    since: '10',
    now: 0.25,
    by: -0.25,
  });
});

it('compares with the marked step', () => {
  expect(changeSince(history, {run: 'a', step: '10'}, 'y', 'iou', '0')).toEqual({
    since: '0',
    now: 0.5,
    by: 0.25,
  });
});

it('says nothing at the first step, at the marked one, and where nothing was measured', () => {
  expect(changeSince(history, {run: 'a', step: '0'}, 'y', 'iou', null)).toBeNull();
  expect(changeSince(history, {run: 'a', step: '10'}, 'y', 'iou', '10')).toBeNull();
  expect(changeSince(history, {run: 'a', step: '20'}, 'y', 'iou', null)).toBeNull();
});
