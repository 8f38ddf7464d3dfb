// SPDX-License-Identifier: Apache-2.0
import {describe, expect, it} from 'vitest';
import {paletteOf} from '../kinds/mask/palette.js';
import type {HeatmapPicture} from '../kinds/heatmap/picture.js';
import type {ImagePicture} from '../kinds/image/picture.js';
import type {MaskPicture} from '../kinds/mask/picture.js';
import {numberText} from '../kinds/values.js';
import {differenceText, pixelText} from './pixel-values.js';

const palette = paletteOf([{id: 7, name: 'car'}], [255]);
const one = {width: 1, height: 1};
const first = {x: 0.5, y: 0.5};

function mask(stored: number): MaskPicture {
  return {
    kind: 'mask',
    raster: {...one, channels: 1, bits: 8, data: Uint8Array.of(stored)},
    ids: [7, 9, 255],
    palette,
  };
}

function heatmap(stored: number): HeatmapPicture {
  return {
    kind: 'heatmap',
    raster: {...one, channels: 1, bits: 16, data: Uint16Array.of(stored)},
    range: [0, 80],
    unit: 'm',
  };
}

function rgb(dtype: string, ...levels: number[]): ImagePicture {
  return {
    kind: 'image',
    raster: {...one, channels: 3, bits: 8, data: Uint8Array.from(levels)},
    dtype,
  };
}

describe('a class', () => {
  it('is named, and said to be ignored', () => {
    expect(pixelText(mask(0), first, one)).toBe('car');
    expect(pixelText(mask(2), first, one)).toBe('255 (ignored)');
  });

  it('is wrong where it is not the true one, unless the truth is ignored', () => {
    expect(differenceText(mask(0), mask(1), first, one)).toBe('✗');
    expect(differenceText(mask(0), mask(0), first, one)).toBe('');
    expect(differenceText(mask(2), mask(0), first, one)).toBe('');
  });
});

it('says the signed error of a number', () => {
  expect(differenceText(heatmap(65532), heatmap(0), first, one)).toBe('Δ −80.000');
  expect(differenceText(heatmap(65535), heatmap(0), first, one)).toBe('');
});

describe('a colour', () => {
  it('differs by channel, in the caller’s terms', () => {
    expect(differenceText(rgb('uint8', 9, 9, 9), rgb('uint8', 9, 19, 2), first, one)).toBe(
      'Δ 0 +10 −7',
    );
    expect(differenceText(rgb('float32', 0, 0, 0), rgb('float32', 0, 0, 51), first, one)).toBe(
      'Δ 0.000 0.000 +0.200',
    );
  });

  it('differs in nothing where it is equal', () => {
    expect(differenceText(rgb('uint8', 1, 2, 3), rgb('uint8', 1, 2, 3), first, one)).toBe('');
  });
});

it('says nothing outside of the frame', () => {
  expect(pixelText(mask(0), {x: 1, y: 0}, one)).toBeUndefined();
});

it('reads pictures of another size where they are stretched to', () => {
  const twice: MaskPicture = {
    ...mask(0),
    raster: {width: 2, height: 1, channels: 1, bits: 8, data: Uint8Array.of(1, 0)},
  };
  const frame = {width: 8, height: 4};
  expect([3.9, 4].map((x) => pixelText(twice, {x, y: 0}, frame))).toEqual(['9', 'car']);
});

it('has no negative zero', () => {
  expect(numberText(-0.001, 2)).toBe('0.00');
});
