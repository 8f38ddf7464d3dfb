// SPDX-License-Identifier: Apache-2.0
import {describe, expect, it} from 'vitest';
import {paletteOf} from '../../render/palette.js';
import type {HeatmapPicture, ImagePicture, MaskPicture} from '../../render/types.js';
import {differenceText, pixelAt, valueLines, valueOf, valueText} from './pixel-values.js';

const palette = paletteOf([{id: 7, name: 'car'}], [255]);

function mask(...stored: number[]): MaskPicture {
  return {
    kind: 'mask',
    raster: {width: stored.length, height: 1, channels: 1, bits: 8, data: Uint8Array.from(stored)},
    ids: [7, 9, 255],
    palette,
  };
}

function heatmap(stored: number): HeatmapPicture {
  return {
    kind: 'heatmap',
    raster: {width: 1, height: 1, channels: 1, bits: 16, data: Uint16Array.of(stored)},
    range: [0, 80],
    unit: 'm',
  };
}

function rgb(dtype: string, ...levels: number[]): ImagePicture {
  return {
    kind: 'image',
    raster: {width: 1, height: 1, channels: 3, bits: 8, data: Uint8Array.from(levels)},
    dtype,
  };
}

describe('a class', () => {
  it('is named, or shown as its id', () => {
    const picture = mask(0, 1, 2, 3);
    expect([0, 1, 2, 3].map((x) => valueText(valueOf(picture, x, 0)))).toEqual([
      'car',
      '9',
      '255 (ignored)',
      'no class',
    ]);
  });

  it('is wrong where it is not the true one, unless the truth is ignored', () => {
    const [car, nine, ignored] = [0, 1, 2].map((x) => valueOf(mask(0, 1, 2), x, 0));
    expect(differenceText(car!, nine!)).toBe('✗');
    expect(differenceText(car!, car!)).toBe('');
    expect(differenceText(ignored!, car!)).toBe('');
  });
});

describe('a number', () => {
  it('has the decimals that its bits can tell apart, and its unit', () => {
    expect(valueText(valueOf(heatmap(65532), 0, 0))).toBe('80.000 m');
  });

  it('may be no number', () => {
    expect([65533, 65534, 65535].map((stored) => valueText(valueOf(heatmap(stored), 0, 0)))).toEqual([
      '−∞',
      '∞',
      'NaN',
    ]);
  });

  it('differs by a signed error', () => {
    expect(differenceText(valueOf(heatmap(65532), 0, 0), valueOf(heatmap(0), 0, 0))).toBe('Δ −80.000');
  });
});

describe('a colour', () => {
  it('is integers for an integer picture and fractions for a float one', () => {
    expect(valueText(valueOf(rgb('uint8', 0, 128, 255), 0, 0))).toBe('0 128 255');
    expect(valueLines(valueOf(rgb('float32', 0, 128, 255), 0, 0))).toEqual(['0.000', '0.502', '1.000']);
  });

  it('differs by channel', () => {
    expect(differenceText(valueOf(rgb('uint8', 9, 9, 9), 0, 0), valueOf(rgb('uint8', 9, 19, 2), 0, 0))).toBe(
      'Δ 0 +10 −7',
    );
  });
});

describe('pixelAt', () => {
  it('finds the pixel of a picture that is stretched over the frame', () => {
    expect(pixelAt({width: 4, height: 4}, {x: 5.9, y: 0}, {width: 8, height: 8})).toEqual({x: 2, y: 0});
  });

  it('finds none outside of the frame', () => {
    expect(pixelAt({width: 4, height: 4}, {x: 8, y: 0}, {width: 8, height: 8})).toBeUndefined();
  });
});
