// SPDX-License-Identifier: Apache-2.0
import {describe, expect, it} from 'vitest';
import type {HeatmapPicture, ImagePicture} from '../../render/types.js';
import {INITIAL_VIEW, type RangeMode} from '../../store/view.js';
import {displayOf, rangeOf} from './display-mapping.js';

function heatmap(range: readonly [number, number], ...stored: number[]): HeatmapPicture {
  return {
    kind: 'heatmap',
    raster: {width: stored.length, height: 1, channels: 1, bits: 8, data: Uint8Array.from(stored)},
    range,
  };
}

function image(...levels: number[]): ImagePicture {
  return {
    kind: 'image',
    raster: {width: levels.length / 2, height: 1, channels: 2, bits: 8, data: Uint8Array.from(levels)},
  };
}

function display(range: RangeMode, pictures: readonly (HeatmapPicture | ImagePicture)[]) {
  const choice = {...INITIAL_VIEW.display, range};
  return displayOf({choice, hiddenClasses: [], isolatedClass: null, colormap: 'magma'}, pictures);
}

it('gives all heatmaps of a card one range', () => {
  expect(display('fixed', [heatmap([0, 4], 0), heatmap([-1, 2], 0)]).heatmap.range).toEqual([-1, 4]);
});

it('takes the colour map of the tag, unless the user chose one', () => {
  expect(display('fixed', [heatmap([0, 1], 0)]).heatmap.colormap).toBe('magma');
});

describe('a range that follows the data', () => {
  it('spans ground truth and prediction, without NaN and infinities', () => {
    // 252 is the largest number of 8 bits; 253 to 255 are -inf, +inf and NaN.
    expect(rangeOf('minmax', [heatmap([0, 252], 10, 255, 254), heatmap([0, 252], 90, 253)])).toEqual([10, 90]);
  });

  it('leaves out one in a hundred at each end', () => {
    const values = Array.from({length: 200}, (_, i) => (i === 0 ? 0 : i === 199 ? 252 : 100));
    expect(rangeOf('percentile', [heatmap([0, 252], ...values)])).toEqual([100, 100]);
  });

  it('is symmetric about zero', () => {
    expect(rangeOf('symmetric', [heatmap([-126, 126], 0, 200)])).toEqual([-126, 126]);
  });

  it('does not count alpha as a level', () => {
    expect(rangeOf('minmax', [image(51, 255, 102, 0)])).toEqual([0.2, 0.4]);
  });

  it('is the fixed one where nothing is finite', () => {
    expect(display('minmax', [heatmap([0, 5], 255)]).heatmap.range).toEqual([0, 5]);
  });
});
