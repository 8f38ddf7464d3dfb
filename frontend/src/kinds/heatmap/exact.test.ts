// SPDX-License-Identifier: Apache-2.0
/** Heatmaps of 32 bits: every number on the page is of the floats themselves. */
import {describe, expect, it} from 'vitest';

import {histogram, sharedRange} from '../../pixels/distribution.js';
import {exactHeatmap, heatmap as levels} from '../goldens.fixture.js';
import {paint, picture as shown, pixels} from '../painting.fixture.js';
import {defaultDisplay} from '../registry.js';
import {heatmap} from './heatmap.js';
import type {HeatmapPicture} from './picture.js';
import {scoreAt} from './threshold.js';

const OUTLIER = 1e6;
const above = (number: number) => {
  const bits = new Uint32Array(Float32Array.of(number).buffer);
  bits[0]!++;
  return new Float32Array(bits.buffer)[0]!;
};

/** Colours as 0 to 255. */
function greys(one: HeatmapPicture, range: HeatmapPicture['range'] | null): number[] {
  const display = {...defaultDisplay.heatmap, colormap: 'greys', range} as const;
  const painted = paint({layers: [shown(one)], display: {heatmap: display}});
  return pixels(painted).map((color) => color & 255);
}

describe('a depth of 0 to 1 with one outlier', () => {
  const depth = exactHeatmap([0, 0.25, 0.5, 0.75, 1, OUTLIER], 6);

  it('has its gradient where 0 to 1 is shown', () => {
    expect(greys(depth, [0, 1])).toEqual([0, 64, 128, 191, 255, 255]);
  });

  it('has none where all is shown', () => {
    expect(greys(depth, null)).toEqual([0, 0, 0, 0, 0, 255]);
  });

  it('has percentiles to the last bit', () => {
    const numbers = [
      heatmap.numbers(exactHeatmap([...Array<number>(50).fill(0.1), 0.2, OUTLIER], 52))!,
    ];
    const range = sharedRange(numbers, {type: 'percentile', percent: 2});
    expect(range).toEqual([Math.fround(0.1), Math.fround(0.2)]);
    expect(sharedRange(numbers, {type: 'extremes'})).toEqual([Math.fround(0.1), OUTLIER]);
  });

  it('is counted in a histogram of 0 to 1', () => {
    const one = exactHeatmap([0, 0.1, 0.6, 1, OUTLIER, NaN, NaN, Infinity, -Infinity], 9);
    const {counts, notFinite} = histogram(heatmap.numbers(one)!, [0, 1], 2);
    expect([...counts[0]!]).toEqual([2, 2]);
    expect(notFinite).toEqual({nan: 2, negative: 1, positive: 1});
  });
});

it('shows steps of one bit over a range of a few', () => {
  const steps = [1000, above(1000), above(above(1000))];
  expect(greys(exactHeatmap(steps, 3), [steps[0]!, steps[2]!])).toEqual([0, 128, 255]);
});

it('has one colour in an empty range, and its ends beyond', () => {
  expect(greys(exactHeatmap([4, 5, 6], 3), [5, 5])).toEqual([0, 128, 255]);
});

describe('a difference of one bit', () => {
  const truth = exactHeatmap([0.5, 0.5, OUTLIER], 3);
  const prediction = exactHeatmap([0.5, above(0.5), OUTLIER], 3);
  const how = {type: 'heatmap', how: 'signed', limit: 1e-7} as const;
  const at = {x: 1, y: 0};

  it('has a colour', () => {
    const layers = [{type: 'difference', truth, prediction, how, opacity: 1} as const];
    const [same, more, outlier] = pixels(paint({layers}));
    expect(same).toBe(outlier);
    expect(more).not.toBe(same);
  });

  it('has a size, a distance and a text', () => {
    const size = heatmap.errorSize(truth, prediction, how)!;
    expect([size(0), size(1)]).toEqual([0, (above(0.5) - 0.5) / 1e-7]);
    expect(heatmap.distance(truth, prediction)!.value).toBe((above(0.5) - 0.5) / 3);
    expect(heatmap.differenceText(truth, at, prediction, at)).toBe('Δ +5.96e−8');
    expect(heatmap.differenceText(prediction, at, truth, at)).toBe('Δ −5.96e−8');
    expect(heatmap.differenceText(truth, {x: 0, y: 0}, prediction, {x: 0, y: 0})).toBe('');
  });

  it('decides which of two predictions is closer', () => {
    const layers = [
      {type: 'versus', truth, a: truth, b: prediction, gain: 1e13, opacity: 1},
    ] as const;
    const [same, closer] = pixels(paint({layers: [...layers]}));
    expect(closer).not.toBe(same);
  });

  it('decides what reaches a threshold', () => {
    const threshold = above(0.5);
    expect(scoreAt(truth, prediction, threshold)).toMatchObject({
      truePositive: 1,
      falsePositive: 1,
      falseNegative: 0,
      iou: 0.5,
    });
    const display = {heatmap: {...defaultDisplay.heatmap, threshold}};
    const [below, reached] = pixels(paint({layers: [shown(prediction)], display}));
    expect([below, reached]).toEqual([0, defaultDisplay.heatmap.thresholdColor]);
  });
});

it('judges no pixel whose truth is NaN, and takes a NaN of the prediction for less than any threshold', () => {
  const score = scoreAt(exactHeatmap([NaN, 1, 0], 3), exactHeatmap([1, NaN, 1], 3), 0.5);
  expect(score).toMatchObject({truePositive: 0, falsePositive: 1, falseNegative: 1});
});

it('compares numbers of 32 bits with levels', () => {
  const score = scoreAt(levels([0, 65532], 2, [0, 1]), exactHeatmap([0.1, 0.9], 2), 0.5);
  expect(score.iou).toBe(1);
  expect(heatmap.distance(exactHeatmap([0.25, 1], 2), levels([0, 65532], 2, [0, 1]))!.value).toBe(
    0.125,
  );
});

it.each([
  [0.1, '0.1'],
  [1 / 3, '0.33333334'],
  [16777217, '16777216'],
  [1e-7, '1e−7'],
  [-1.5e9, '−1.5e9'],
  [3.4028234663852886e38, '3.4028235e38'],
  [1e-45, '1e−45'],
  [-0, '−0'],
  [0, '0'],
  [NaN, 'NaN'],
  [-Infinity, '−∞'],
])('writes %s with the fewest digits that are this float', (number, text) => {
  expect(heatmap.valueTexts(exactHeatmap([number, 0, 1], 3), {x: 0, y: 0})).toEqual([text]);
});
