// SPDX-License-Identifier: Apache-2.0
import {describe, expect, it} from 'vitest';
import {exactHeatmap, heatmap, image, mask} from '../kinds/goldens.fixture.js';
import type {Picture} from '../kinds/kind.js';
import {paletteOf} from '../kinds/mask/palette.js';
import {INITIAL_VIEW, type ViewState} from '../store/view.js';
import {gainOf, type Gain} from './gain.js';
import type {GatheredRun} from './sample-pictures.js';

const SIZE = 40;

/** A grey picture of one level, but for the first pixels. */
function grey(level: number, ...first: number[]): Picture {
  const values = Array<number>(SIZE * SIZE).fill(level);
  return image([...first, ...values.slice(first.length)], SIZE, 1);
}

function found(
  truth: Picture,
  predictions: readonly Picture[],
  change: Partial<ViewState> = {},
): Gain | undefined {
  const runs = predictions.map(
    (prediction) => ({pictures: {a: truth, b: prediction}}) as unknown as GatheredRun,
  );
  return gainOf({...INITIAL_VIEW, mode: 'difference', ...change}, {runs});
}

describe('an automatic gain', () => {
  const truth = grey(100);

  it.each([
    [1, 128],
    [3, 64],
    [7, 32],
    [15, 16],
    [100, 2],
    [155, 1],
  ])('shows errors of %s levels of 255 near full scale: ×%s', (error, gain) => {
    expect(found(truth, [grey(100 + error)])).toEqual({gain, isAutomatic: true, beyond: 0});
  });

  it('leaves at most a hundredth of the pixels beyond the scale, and says how many', () => {
    const few = Array<number>(16).fill(255);
    const many = Array<number>(17).fill(255);
    expect(found(truth, [grey(103, ...few)])).toMatchObject({gain: 64, beyond: 0.01});
    expect(found(truth, [grey(103, ...many)])).toMatchObject({gain: 1, beyond: 0});
  });

  it('is one for all runs', () => {
    expect(found(truth, [grey(101), grey(115)])).toMatchObject({gain: 16});
  });

  it('follows the kind of difference: squares are smaller', () => {
    expect(found(truth, [grey(115)], {difference: 'squared'})).toMatchObject({gain: 128});
  });

  it('is 1 where nothing is wrong', () => {
    expect(found(truth, [truth])).toEqual({gain: 1, isAutomatic: true, beyond: 0});
  });

  it('is below 1 where a heatmap is wrong by more than a quarter of its range', () => {
    const zeros = heatmap(Array<number>(64).fill(0), 8, [0, 1]);
    const halves = heatmap(Array<number>(64).fill(32766), 8, [0, 1]);
    expect(found(zeros, [halves])).toMatchObject({gain: 0.5, beyond: 0});
  });

  it('compares pictures of two sizes', () => {
    expect(found(image([100], 1, 1), [grey(115)])).toMatchObject({gain: 16});
  });
});

describe('an automatic gain of numbers of 32 bits', () => {
  const ones = Array<number>(SIZE * SIZE).fill(1);
  const exact = (...first: number[]) => exactHeatmap([...first, ...ones.slice(first.length)], SIZE);
  const bit = 2 ** -23;
  const truth = exact(0, 1e6);

  it('shows one bit, beside an outlier that both have', () => {
    const prediction = exactHeatmap([0, 1e6, ...ones.slice(2).map((one) => one + bit)], SIZE);
    const {gain, beyond} = found(truth, [prediction])!;
    const shown = (bit / (1e6 / 4)) * gain;
    expect(shown).toBeGreaterThan(0.5);
    expect(shown).toBeLessThanOrEqual(1);
    expect(beyond).toBe(0);
  });

  it('shows one bit of a few pixels', () => {
    const {gain} = found(exact(0), [exact(0, 1 + bit)])!;
    expect(gain * bit * 4).toBe(2 ** 0);
  });

  it('shows large errors of a few pixels as those of levels', () => {
    expect(found(exact(0), [exact(0, 0.5)])).toMatchObject({gain: 128, beyond: 1 / 1600});
  });

  it('is no more than storing allows where one of the two is of levels', () => {
    const stored = heatmap([0, ...Array<number>(SIZE * SIZE - 1).fill(65531)], SIZE, [0, 1]);
    expect(found(exact(0), [stored])).toMatchObject({gain: 128});
  });
});

it('says what a gain by hand leaves beyond the scale', () => {
  const half = Array<number>((SIZE * SIZE) / 2).fill(200);
  expect(found(grey(100), [grey(100, ...half)], {gain: 4})).toEqual({
    gain: 4,
    isAutomatic: false,
    beyond: 0.5,
  });
});

it('is none where no amount is shown', () => {
  const classes = mask([0, 1], 2, paletteOf([], []));
  expect(found(classes, [classes])).toBeUndefined();
  expect(found(grey(1), [grey(2)], {mode: 'side'})).toBeUndefined();
  expect(found(grey(1), [grey(2)], {difference: 'ssim'})).toBeUndefined();
});
