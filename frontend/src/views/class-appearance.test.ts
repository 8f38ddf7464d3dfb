// SPDX-License-Identifier: Apache-2.0
import {expect, it} from 'vitest';
import type {DecodedRaster} from '../pixels/raster.js';
import {looksLikeClasses} from './class-appearance.js';

function raster(...values: number[]): DecodedRaster {
  return {width: values.length, height: 1, channels: 1, bits: 8, data: Uint8Array.from(values)};
}

it.each([
  [[0, 1, 1, 0], true],
  [[0, 18, 255], true],
  [[0, 0, 0], false],
  [[0, 200], false],
  [Array.from({length: 40}, (_, i) => i), false],
])('tells class ids from grey levels: %j', (values, expected) => {
  expect(looksLikeClasses(raster(...values))).toBe(expected);
});

it('finds none in colours and floats', () => {
  expect(
    looksLikeClasses({width: 1, height: 1, channels: 3, bits: 8, data: Uint8Array.of(0, 1, 0)}),
  ).toBe(false);
  const floats = {width: 2, height: 1, channels: 1, bits: 32, data: Float32Array.of(0, 1)} as const;
  expect(looksLikeClasses(floats)).toBe(false);
});
