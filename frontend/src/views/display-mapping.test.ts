// SPDX-License-Identifier: Apache-2.0
import {describe, expect, it} from 'vitest';
import type {HeatmapPicture} from '../kinds/heatmap/picture.js';
import type {ImagePicture} from '../kinds/image/picture.js';
import {INITIAL_VIEW, type RangeMode} from '../store/view.js';
import {displayOf} from './display-mapping.js';

function heatmap(range: readonly [number, number], ...stored: number[]): HeatmapPicture {
  return {
    kind: 'heatmap',
    raster: {width: stored.length, height: 1, channels: 1, bits: 8, data: Uint8Array.from(stored)},
    range,
    colormap: 'magma',
  };
}

function image(...levels: number[]): ImagePicture {
  return {
    kind: 'image',
    raster: {width: levels.length, height: 1, channels: 1, bits: 8, data: Uint8Array.from(levels)},
  };
}

function display(
  range: RangeMode,
  pictures: readonly (HeatmapPicture | ImagePicture)[],
  colormap?: string,
) {
  const choice = {...INITIAL_VIEW.display, range, colormap: colormap ?? null};
  return displayOf({choice, hiddenClasses: [3], isolatedClass: null}, pictures);
}

it('gives all heatmaps of a card one range', () => {
  expect(display('fixed', [heatmap([0, 4], 0), heatmap([-1, 2], 0)]).heatmap.range).toEqual([
    -1, 4,
  ]);
});

it('spans what the record says, not what the values were stored over', () => {
  const truth: HeatmapPicture = {...heatmap([1, 80], 0), shown: [0, 100]};
  const prediction: HeatmapPicture = {...heatmap([-9, 9000], 0), shown: [0, 100]};
  expect(display('fixed', [truth, prediction]).heatmap.range).toEqual([0, 100]);
});

describe('a range that follows the data', () => {
  it('spans ground truth and predictions', () => {
    expect(display('minmax', [heatmap([0, 252], 10), heatmap([0, 252], 90)]).heatmap.range).toEqual(
      [10, 90],
    );
    expect(display('minmax', [image(51), image(102)]).image.range).toEqual([0.2, 0.4]);
  });

  it('is the fixed one where all values are equal', () => {
    expect(display('minmax', [image(51, 51)]).image.range).toEqual([0, 1]);
  });
});

describe('the colour map', () => {
  it('is the one of the tag, unless the user chose one', () => {
    expect(display('fixed', [heatmap([0, 1], 0)]).heatmap.colormap).toBe('magma');
    expect(display('fixed', [heatmap([0, 1], 0)], 'rdbu').heatmap.colormap).toBe('RdBu');
    const other = {...heatmap([0, 1], 0), colormap: 'greys'};
    expect(display('fixed', [other, heatmap([0, 1], 0)]).heatmap.colormap).toBe('greys');
  });

  it('ignores a colour map that it does not know', () => {
    expect(display('fixed', [heatmap([0, 1], 0)], 'jet').heatmap.colormap).toBe('magma');
  });
});

it('hides the classes that are switched off', () => {
  expect(display('fixed', []).mask).toEqual({hidden: new Set([3]), isolated: null});
});
