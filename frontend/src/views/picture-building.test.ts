// SPDX-License-Identifier: Apache-2.0
import {expect, it} from 'vitest';
import type {TagKind} from '../api/types.js';
import {raster} from '../kinds/goldens.fixture.js';
import {withBackgroundId} from '../store/backgrounds.js';
import {buildPicture, meaningOf} from './picture-building.js';

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

it('gives pictures whose record says its kind itself the background of their tag', () => {
  const ofRecord: TagKind = {name: 'mask', classes: [{id: 4, name: 'tissue'}], ignore: []};
  const ofTag = withBackgroundId({...ofRecord}, 4);
  const meant = meaningOf(ofRecord, ofTag);
  const stored = {digest: 'd', width: 1, height: 1, channels: 1, bits: 8, layout: 'plain'} as const;
  const picture = buildPicture(meant, 'groundTruth', stored, raster([4], 1, 1));
  expect(picture).toMatchObject({palette: {background: new Set([4])}});
  expect(meaningOf(ofRecord, ofTag)).toBe(meant);
  expect(meaningOf(undefined, ofTag)).toBe(ofTag);
  expect(meaningOf({name: 'image'}, ofTag)).toEqual({name: 'image'});
});
