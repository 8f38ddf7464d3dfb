// SPDX-License-Identifier: Apache-2.0
import {expect, it} from 'vitest';
import type {TagKind} from '../api/types.js';
import {raster} from '../kinds/goldens.fixture.js';
import {buildPicture} from './picture-building.js';

it('gives one object for each range that a raster is over', () => {
  const kind: TagKind = {name: 'heatmap', bits: 16};
  const levels = raster([0, 0], 2, 1, 16);
  const built = (range: readonly [number, number]) =>
    buildPicture(
      kind,
      'prediction',
      {digest: 'd', width: 2, height: 1, channels: 1, bits: 16, layout: 'split', range},
      levels,
    );
  const [low, high] = [built([0.25, 0.25]), built([0.75, 0.75])];
  expect(low).not.toBe(high);
  expect([built([0.25, 0.25]), built([0.75, 0.75])].map((one) => [low, high].indexOf(one))).toEqual(
    [0, 1],
  );
});
