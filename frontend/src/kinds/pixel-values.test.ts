// SPDX-License-Identifier: Apache-2.0
import {expect, it} from 'vitest';
import type {TagKind} from '../api/types.js';
import type {DecodedRaster} from '../pixels/raster.js';
import type {StoredFacts} from './kind.js';
import {knownTag} from './registry.js';

function built(tag: TagKind, data: DecodedRaster['data'], facts: StoredFacts = {}, channels = 1) {
  const bits = 8 * data.BYTES_PER_ELEMENT;
  const raster = {width: data.length / channels, height: 1, channels, bits, data};
  const {kind, facts: ofTag} = knownTag(tag)!;
  const picture = kind.build(ofTag, facts, raster as DecodedRaster)!;
  return {...kind.values(picture), png: kind.pngPixels(picture), fits: kind.fitsPng(picture)};
}

const MASK: TagKind = {name: 'mask', classes: [{id: 1, name: 'car', color: '#123456'}], ignore: []};

it.each([
  [[0, 7, 255], Uint8Array, true],
  [[0, 300], Uint16Array, true],
  [[-1, 7], Int32Array, false],
  [[0, 2 ** 20], Int32Array, false],
  [[0, 2 ** 40], BigInt64Array, false],
])('gives the ids %j of a mask in the smallest type', (ids, type, fits) => {
  const values = built(MASK, Uint8Array.from(ids.keys()), {ids});
  expect(values.data).toBeInstanceOf(type);
  expect([...values.data].map(Number)).toEqual(ids);
  expect(values.shape).toEqual([1, ids.length]);
  expect([values.fits, values.png !== undefined]).toEqual([fits, fits]);
});

it('gives ids of bytes the colours of their classes in a PNG', () => {
  const {png} = built(MASK, Uint8Array.of(1, 0));
  expect(png?.raster.data).toEqual(Uint8Array.of(1, 0));
  expect(png?.palette?.[1]).toBe(0x123456);
  expect(png?.palette).toHaveLength(2);
});

it('says −1 where a drawn colour is no class', () => {
  const {data, png, fits} = built(MASK, Uint8Array.of(0, 2), {ids: [5, 6]});
  expect([...data]).toEqual([5, -1]);
  expect([fits, png]).toEqual([false, undefined]);
});

it('has a PNG of a mask whose pixels fit, whatever other ids are listed', () => {
  const {png, fits} = built(MASK, Uint8Array.of(0, 1), {ids: [5, 6, 2 ** 20]});
  expect([fits, png?.raster.data]).toEqual([true, Uint8Array.of(5, 6)]);
});

it('gives the numbers of a heatmap, and in a PNG its levels with what they mean', () => {
  const tag: TagKind = {name: 'heatmap', bits: 16, unit: 'm'};
  const {data, shape, png} = built(tag, Uint16Array.of(0, 32766, 65532, 65533, 65535), {
    range: [-2, 4],
  });
  expect(data).toEqual(Float32Array.of(-2, 1, 4, -Infinity, NaN));
  expect(shape).toEqual([1, 5]);
  expect(png?.raster.bits).toBe(16);
  expect(png?.meaning).toBe(
    'value = -2 + v / 65532 * (4 - -2) m; 65533 is -inf, 65534 inf, 65535 NaN',
  );
});

it('gives numbers of 32 bits as they are, and has no PNG of them', () => {
  const data = Float32Array.of(0.1, -0, NaN);
  const values = built({name: 'heatmap', bits: 32}, data, {range: [0, 1]});
  expect(values.data).toBe(data);
  expect([values.fits, values.png]).toEqual([false, undefined]);
});

it('gives the displacements of flow, NaN where they are unknown', () => {
  const stored = Uint16Array.of(32766, 65532, 65535, 65535);
  const {data, shape} = built({name: 'flow'}, stored, {range: [-8, 8]}, 2);
  expect(data).toEqual(Float32Array.of(0, 8, NaN, NaN));
  expect(shape).toEqual([1, 2, 2]);
});
