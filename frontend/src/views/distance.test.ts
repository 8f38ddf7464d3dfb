// SPDX-License-Identifier: Apache-2.0
import {expect, it} from 'vitest';
import {heatmap} from '../kinds/goldens.fixture.js';
import {pictureDistance} from './distance.js';

it('is of each picture of one raster over its own range', () => {
  const a = heatmap([0, 0], 2, [0.25, 0.25]);
  const b = {...a, range: [0.75, 0.75] as const};
  expect(pictureDistance(a, a)?.value).toBe(0);
  expect(pictureDistance(b, a)?.value).toBe(0.5);
  expect(pictureDistance(a, b)?.value).toBe(0.5);
  expect(pictureDistance(b, b)?.value).toBe(0);
});
