// SPDX-License-Identifier: Apache-2.0
import {describe, expect, it} from 'vitest';

import {alignTo, pixelAt} from '../pixels/align.js';
import {countConfusion} from './mask/confusion.js';
import {histogram, sharedRange, type Numbers} from '../pixels/distribution.js';
import {
  exactHeatmap,
  golden,
  heatmap,
  heatmapCase,
  image,
  mask,
  maskCase,
  raster,
  thresholdCase,
} from './goldens.fixture.js';
import {heatmapValue} from './heatmap/values.js';
import {paintHeatmapDifference} from './heatmap/difference.js';
import {paintHeatmapVersus} from './heatmap/versus.js';
import {paintImageVersus} from './image/versus.js';
import {paletteOf} from './mask/palette.js';
import {computeSimilarity, ssim} from './image/ssim.js';
import {labelReached} from './heatmap/exact.js';
import {scoreAt, scoreLabels} from './heatmap/threshold.js';
import type {MaskPicture} from './mask/picture.js';
import type {Picture} from './kind.js';
import {kindOf} from './registry.js';

/** A colour map whose colours are the positions themselves, 0 to 1 in steps of 1/1000. */
const ramp = Uint32Array.from({length: 1001}, (_, i) => i);

/** Positions on `ramp`; what has a colour of its own as the goldens write it. */
function positions(painted: Uint32Array): number[] {
  const rgba = (name: string) =>
    new DataView(Uint8Array.from(golden('heatmap', name)).buffer).getUint32(0, true);
  return [...painted].map((color) =>
    color === rgba('notJudged') ? -1 : color === rgba('broken') ? -2 : color / 1000,
  );
}

function numbersOf(...pictures: readonly Picture[]): Numbers[] {
  return pictures.map((picture) => kindOf(picture).numbers(picture)!);
}

function expectClose(got: ArrayLike<number>, want: readonly number[], tolerance: number): void {
  expect(got).toHaveLength(want.length);
  const errors = want.map((value, i) => Math.abs(got[i]! - value));
  expect(Math.max(...errors)).toBeLessThanOrEqual(tolerance);
}

describe('SSIM', () => {
  const truth = raster(golden('ssim', 'truth'), 17, 3);
  const prediction = raster(golden('ssim', 'prediction'), 17, 3);

  it('is that of scikit-image, map and mean', () => {
    const map = ssim(truth, prediction);
    expectClose(map.data, golden('ssim', 'map'), 1e-8);
    expect(map.mean).toBeCloseTo(golden('ssim', 'mean')[0]!, 8);
  });

  it('is 1 everywhere for equal pictures', () => {
    expectClose(
      ssim(truth, truth).data,
      golden('ssim', 'map').map(() => 1),
      1e-12,
    );
  });

  it('becomes a heatmap of 1 - SSIM, with the mean SSIM', () => {
    const {picture, mean} = computeSimilarity(truth, prediction);
    const values = [...picture.raster.data].map((stored) =>
      heatmapValue({raster: {bits: 16}, range: picture.range}, stored),
    );
    const unlike = golden('ssim', 'map').map((value) => 1 - value);
    expectClose(values, unlike, 1 / 65532);
    expect(mean).toBeCloseTo(golden('ssim', 'mean')[0]!, 8);
  });

  it('works on pictures smaller than its window', () => {
    const small = raster([0, 50, 100, 150], 2);
    expect(ssim(small, small).mean).toBeCloseTo(1, 12);
  });
});

describe('heatmap differences', () => {
  const {truth, a, b} = heatmapCase();

  it.each([
    ['signed', 3],
    ['absolute', 3],
    ['relative', 1],
  ] as const)('%s error is that of NumPy, missing values marked', (how, limit) => {
    const painted = paintHeatmapDifference(truth, a, how, limit, ramp);
    expectClose(positions(painted), golden('heatmap', `${how}${limit}`), 0.001);
  });

  it('who is closer is that of NumPy', () => {
    expectClose(
      positions(paintHeatmapVersus(truth, a, b, 2, 12, ramp)),
      golden('heatmap', 'aOrB2'),
      0.001,
    );
  });
});

describe('image versus', () => {
  it('who is closer is that of NumPy, over pictures of other depth and channels', () => {
    const [truth, close] = ['truth', 'close'].map((name) => raster(golden('image', name), 4, 3));
    const deep = raster(golden('image', 'deep'), 4, 1, 16);
    const painted = paintImageVersus(truth!, close!, deep, 2, ramp);
    expectClose(positions(painted), golden('image', 'closeOrDeep2'), 0.001);
  });
});

describe('confusion', () => {
  const {truth, a} = maskCase();
  const confusion = countConfusion(truth, a);

  it('counts TP, FP and FN of each class as scikit-learn does', () => {
    const counts = confusion.scores.flatMap(({id, truePositive, falsePositive, falseNegative}) => [
      id,
      truePositive,
      falsePositive,
      falseNegative,
    ]);
    expect(counts).toEqual(golden('mask', 'scores'));
    expectClose(
      confusion.scores.map(({iou}) => iou),
      golden('mask', 'iou'),
      1e-9,
    );
  });

  it('counts every pair of classes, the most frequent first', () => {
    const triple = confusion.pairs.map(
      ({truth: wanted, predicted, count}) => `${wanted} ${predicted} ${count}`,
    );
    const want = golden('mask', 'pairs').reduce<string[]>(
      (rows, value, i) =>
        i % 3 === 0 ? [...rows, `${value}`] : [...rows.slice(0, -1), `${rows.at(-1)!} ${value}`],
      [],
    );
    expect(triple.toSorted()).toEqual(want.toSorted());
    const counts = confusion.pairs.map(({count}) => count);
    expect(counts).toEqual(counts.toSorted((x, y) => y - x));
  });

  it('tells class ids of 16 bits apart', () => {
    const of = (...ids: number[]): MaskPicture => ({
      kind: 'mask',
      raster: raster(ids, ids.length, 1, 16),
      palette: paletteOf([], [65534]),
    });
    const {pairs, scores, accuracy, ignored} = countConfusion(
      of(33001, 65535, 7, 65535, 65534),
      of(33002, 7, 7, 65535, 7),
    );
    expect(pairs.map((pair) => `${pair.truth} ${pair.predicted}`).toSorted()).toEqual([
      '33001 33002',
      '65535 65535',
      '65535 7',
      '7 7',
    ]);
    expect(scores.map(({id, iou}) => [id, iou])).toEqual([
      [7, 0.5],
      [33001, 0],
      [33002, 0],
      [65535, 0.5],
    ]);
    expect([accuracy, ignored]).toEqual([0.5, 1]);
  });

  it('counts as many classes as two pictures can hold', () => {
    const all = Array.from({length: 65536}, (_, i) => i);
    const palette = paletteOf([], []);
    const one: MaskPicture = {kind: 'mask', raster: raster(all, 256, 1, 16), palette};
    const shifted = {...one, ids: all.map((id) => id + 65536)};
    expect(countConfusion(one, one).accuracy).toBe(1);
    expect(countConfusion(one, shifted)).toMatchObject({accuracy: 0, ignored: 0});
    expect(countConfusion(one, shifted).scores).toHaveLength(2 * 65536);
  });

  it('judges all but the pixels whose truth is ignored', () => {
    expect(confusion.accuracy).toBeCloseTo(golden('mask', 'accuracy')[0]!, 9);
    expect(confusion.ignored).toBe(golden('mask', 'ignored')[0]);
  });
});

describe('distribution', () => {
  const {truth, a} = heatmapCase();

  it('has the histogram of NumPy and counts values that are not finite', () => {
    const range = golden('heatmap', 'histogramRange') as [number, number];
    const {counts, notFinite} = histogram(numbersOf(a)[0]!, range, 5);
    expect([...counts[0]!]).toEqual(golden('heatmap', 'histogram'));
    expect(notFinite).toEqual({nan: 2, negative: 2, positive: 1});
  });

  it('has one histogram per colour channel, without alpha', () => {
    const picture = image([0, 255, 10, 99, 255, 255, 20, 99], 2, 4);
    const {counts} = histogram(numbersOf(picture)[0]!, [0, 1], 2);
    expect(counts.map((channel) => [...channel])).toEqual([
      [1, 1],
      [0, 2],
      [2, 0],
    ]);
  });

  it('has a range of one value in the middle', () => {
    const {counts} = histogram(numbersOf(heatmap([0, 7, 65535], 3, [2, 2]))[0]!, [2, 2], 5);
    expect([...counts[0]!]).toEqual([0, 0, 2, 0, 0]);
  });

  it('shares the extremes of a pair', () => {
    expectClose(
      sharedRange(numbersOf(truth, a), {type: 'extremes'}),
      golden('heatmap', 'extremes'),
      1e-9,
    );
  });

  it('shares the percentiles of a pair', () => {
    const range = sharedRange(numbersOf(truth, a), {type: 'percentile', percent: 10});
    expectClose(range, golden('heatmap', 'percentile10'), 1e-9);
  });

  it('counts a value in a percentile that exactly so many pixels do not exceed', () => {
    const picture = heatmap([0, 16383, 32766, 65532], 4, [0, 4]);
    expect(sharedRange(numbersOf(picture), {type: 'percentile', percent: 25})).toEqual([0, 2]);
  });

  it('tells apart pictures of one raster whose values mean something else', () => {
    const one = heatmap([0, 65532], 2, [0, 1]);
    expect(sharedRange(numbersOf(one), {type: 'extremes'})).toEqual([0, 1]);
    expect(sharedRange(numbersOf({...one, range: [3, 5]}), {type: 'extremes'})).toEqual([3, 5]);
  });

  it('has the extremes of numbers of 32 bits, as far as they are finite', () => {
    const picture = exactHeatmap([NaN, 3, -Infinity, -1.5, Infinity, 0.25], 6);
    expect(sharedRange(numbersOf(picture), {type: 'extremes'})).toEqual([-1.5, 3]);
    expect(sharedRange(numbersOf(picture), {type: 'symmetric'})).toEqual([-3, 3]);
  });

  it('is symmetric about zero by the larger extreme', () => {
    const limit = Math.max(...golden('heatmap', 'extremes').map(Math.abs));
    expectClose(sharedRange(numbersOf(truth, a), {type: 'symmetric'}), [-limit, limit], 1e-9);
  });

  it('is the stored range where nothing is finite', () => {
    expect(sharedRange(numbersOf(heatmap([65535, 65533], 2, [3, 4])), {type: 'extremes'})).toEqual([
      3, 4,
    ]);
  });

  it('covers the stored ranges of all', () => {
    const pictures = [heatmap([0], 1, [0, 2]), heatmap([0], 1, [-1, 1])];
    expect(sharedRange(numbersOf(...pictures), {type: 'stored'})).toEqual([-1, 2]);
  });
});

describe('threshold scores', () => {
  it('are those of NumPy at every threshold', () => {
    const {truth, prediction} = thresholdCase();
    const wanted = labelReached(truth, 0.5);
    const want = golden('threshold', 'scores');
    for (let row = 0; row < want.length; row += 4) {
      const {truePositive, falsePositive, falseNegative, iou} = scoreLabels(
        wanted,
        labelReached(prediction, want[row]!),
      );
      expect([truePositive, falsePositive, falseNegative]).toEqual(want.slice(row + 1, row + 4));
      expect(iou).toBe(truePositive / (truePositive + falsePositive + falseNegative));
    }
  });
});

it('a truth that is exactly its threshold is positive', () => {
  const picture = heatmap([0, 32766, 65532], 3, [0, 1]);
  expect(scoreAt(picture, picture, 0.5)).toEqual({
    truePositive: 2,
    falsePositive: 0,
    falseNegative: 0,
    precision: 1,
    recall: 1,
    iou: 1,
    dice: 1,
  });
});

describe('alignment', () => {
  const picture = raster(golden('align', 'picture'), 7);

  it.each([
    ['larger', 12, 9],
    ['smaller', 3, 2],
  ] as const)('is the nearest neighbour of Pillow for a %s grid', (name, width, height) => {
    expect([...alignTo(picture, {width, height}).data]).toEqual(golden('align', name));
  });

  it('keeps the channels of a pixel together', () => {
    expect([...alignTo(raster([1, 2, 3, 4, 5, 6], 2, 3), {width: 4, height: 1}).data]).toEqual([
      1, 2, 3, 1, 2, 3, 4, 5, 6, 4, 5, 6,
    ]);
  });

  it('finds the pixel under a point of the frame', () => {
    const frame = {width: 10, height: 10};
    const size = {width: 5, height: 20};
    expect(pixelAt(frame, size, 3.9, 3.9)).toEqual({x: 1, y: 7});
    expect(pixelAt(frame, size, 10, 3)).toBeUndefined();
    expect(pixelAt(frame, size, 3, -0.1)).toBeUndefined();
  });
});

describe('value texts', () => {
  const palette = paletteOf([{id: 5, name: 'car'}], [255]);
  it.each([
    ['the name of a class', mask([1], 1, palette, [0, 5]), ['car']],
    ['the id of a class without a name', mask([9], 1, palette), ['9']],
    ['a stored value that is no class', mask([7], 1, palette, [0, 5]), ['no class (7)']],
    ['a number with the decimals that were kept', heatmap([32766], 1, [-1, 1]), ['0.00000']],
    ['few decimals for a wide range', heatmap([65532], 1, [0, 65532]), ['65532']],
    ['powers for a tiny range', heatmap([65532], 1, [0, 2e-9]), ['2.00000e−9']],
    ['a unit', {...heatmap([0], 1, [-2, 655320]), unit: 'm'}, ['−2 m']],
    ['not a number', heatmap([65535], 1, [0, 1]), ['NaN']],
    ['infinity', heatmap([65534], 1, [0, 1]), ['+∞']],
    ['minus infinity', heatmap([65533], 1, [0, 1]), ['−∞']],
    ['integers of an image', {...image([1, 20, 255], 1, 3), dtype: 'uint8'}, ['1', '20', '255']],
    ['fractions of a float image', {...image([51], 1, 1), dtype: 'float32'}, ['0.200']],
    ['more decimals at 16 bits', {...image([65535], 1, 1, 16), dtype: 'float64'}, ['1.00000']],
  ])('give %s', (_, picture, texts) => {
    expect(kindOf(picture).valueTexts(picture, {x: 0, y: 0})).toEqual(texts);
  });
});
