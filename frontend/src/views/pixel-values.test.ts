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

it('says a number and its error at any magnitude, with the digits that storing kept', () => {
  const tiny = {...heatmap(32766), range: [0, 4e-30] as const};
  const other = {...heatmap(40000), range: [0, 4e-30] as const};
  expect(pixelText(tiny, first, one)).toBe('2.00000e−30 m');
  // 4e−30 · 7234 / 65532, in steps of 6.1e−35.
  expect(differenceText(tiny, other, first, one)).toBe('Δ +4.4156e−31');
  expect(differenceText(other, tiny, first, one)).toBe('Δ −4.4156e−31');
  const huge = {...heatmap(65532), range: [0, 1e30] as const};
  expect(pixelText(huge, first, one)).toBe('1.00000e30 m');
  // What is known of a difference is what is known of the coarser of the two.
  expect(differenceText(heatmap(0), {...heatmap(1), range: [0, 65532e3]}, first, one)).toBe(
    'Δ +1000',
  );
});

it('says what was clipped as a bound', () => {
  const clipped = {clipped: 0.01};
  expect(pixelText({...heatmap(65532), ...clipped}, first, one)).toBe('≥ 80.000 m');
  expect(pixelText({...heatmap(0), ...clipped}, first, one)).toBe('≤ 0.000 m');
  expect(pixelText({...heatmap(1), ...clipped}, first, one)).toBe('0.001 m');
  expect(differenceText(heatmap(0), {...heatmap(65532), ...clipped}, first, one)).toBe(
    'Δ ≥ +80.000',
  );
  expect(differenceText({...heatmap(65532), ...clipped}, heatmap(0), first, one)).toBe(
    'Δ ≤ −80.000',
  );
  expect(differenceText(heatmap(0), {...heatmap(0), ...clipped}, first, one)).toBe('Δ ≤ 0.000');
  const both = {...heatmap(65532), ...clipped};
  expect(differenceText(both, both, first, one)).toBe('Δ unknown, clipped');
  const photo = {...rgb('float32', 255, 51, 0), ...clipped};
  expect(pixelText(photo, first, one)).toBe('≥ 1.000 0.200 ≤ 0.000');
  expect(differenceText(rgb('float32', 255, 51, 0), photo, first, one)).toBe(
    'Δ ≥ 0.000 0.000 ≤ 0.000',
  );
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
