// SPDX-License-Identifier: Apache-2.0
import {expect, it} from 'vitest';
import {heatmap} from '../goldens.fixture.js';
import {scoreAt} from './threshold.js';

it('scores each picture of one raster over its own range', () => {
  const truth = heatmap([0, 65532], 2, [0, 1]);
  const low = heatmap([0, 0], 2, [0.2, 0.2]);
  // Constant pictures have equal levels, whatever their number: the decoder keeps one raster.
  const high = {...low, range: [0.8, 0.8] as const};
  expect(scoreAt(truth, low, 0.5)).toMatchObject({truePositive: 0, falsePositive: 0});
  expect(scoreAt(truth, high, 0.5)).toMatchObject({truePositive: 1, falsePositive: 1});
  const nothing = {...truth, range: [0, 0.4] as const};
  expect(scoreAt(nothing, high, 0.5)).toMatchObject({truePositive: 0, falsePositive: 2});
});
