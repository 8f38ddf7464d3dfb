// SPDX-License-Identifier: Apache-2.0
import {expect, it} from 'vitest';
import {heatmap} from '../kinds/goldens.fixture.js';
import {bestThreshold} from './best-threshold.js';

it('is of each picture of one raster over its own range', () => {
  const truth = heatmap([0, 65532], 2, [0, 1]);
  const near = heatmap([0, 65532], 2, [0, 1]);
  const low = {...near, range: [0, 0.5] as const};
  expect(bestThreshold(truth, near)?.threshold).toBe(0.005);
  expect(bestThreshold(truth, low)?.score.truePositive).toBe(1);
  const reversed = {...near, range: [0.25, 0.25] as const};
  expect(bestThreshold(truth, reversed)?.score).toMatchObject({truePositive: 1, falsePositive: 1});
});
