// SPDX-License-Identifier: Apache-2.0
import {describe, expect, it} from 'vitest';
import {image, heatmap, mask} from '../kinds/goldens.fixture.js';
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
