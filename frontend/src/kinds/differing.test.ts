// SPDX-License-Identifier: Apache-2.0
import {expect, it} from 'vitest';
import type {FlowPicture} from './flow/flow.js';
import {heatmap, image, mask, raster} from './goldens.fixture.js';
import type {Difference, Picture} from './kind.js';
import {paletteOf} from './mask/palette.js';
import {defaultDisplay, kindOf} from './registry.js';
import {CHANGED} from './differing.js';
import {opaque} from '../pixels/color.js';
import {middleGround} from '../pixels/ground.js';
import {notJudged} from '../pixels/no-value.js';
import {Tables} from './tables.js';

const tables = new Tables();

/** A letter per pixel: `#` where the two differ. */
function differing(truth: Picture, prediction: Picture, how: Difference): string {
  const kind = kindOf(truth);
  const operation = kind.drawDiffers(truth, prediction, how, defaultDisplay[kind.name], tables);
  const colors = [...operation.colors(operation.rasters)];
  expect(new Set(colors.filter((color) => color !== 0)).size).toBeLessThanOrEqual(1);
  return colors.map((color) => (color === 0 ? '.' : '#')).join('');
}

function flow(vectors: readonly (readonly [number, number] | null)[]): FlowPicture {
  const unit = 8 / 32766;
  const values = vectors.flatMap((vector) =>
    vector === null ? [65535, 65535] : vector.map((value) => Math.round(value / unit) + 32766),
  );
  return {
    kind: 'flow',
    raster: raster(values, vectors.length, 2, 16),
    range: [-8, 8],
    magnitude: 8,
  };
}

it('differ in class, and nowhere that is ignored', () => {
  const palette = paletteOf([{id: 1}, {id: 2}, {id: 3}], [255]);
  const truth = mask([1, 2, 255, 3], 4, palette);
  const prediction = mask([1, 3, 1, 1], 4, palette);
  for (const by of ['outcome', 'truth', 'prediction'] as const) {
    expect(differing(truth, prediction, {type: 'mask', how: 'wrong', by})).toBe('.#.#');
  }
  expect(differing(truth, prediction, {type: 'mask', how: 'class', id: 1})).toBe('...#');
  const taken = {type: 'mask', how: 'confusion', truth: 3} as const;
  expect(differing(truth, prediction, {...taken, predicted: 1})).toBe('...#');
  expect(differing(truth, prediction, {...taken, predicted: 3})).toBe('....');
});

it('differ in a colour by half of full colour', () => {
  const truth = image([0, 0, 0, 0, 0, 0, 9, 9, 9], 3, 3);
  const prediction = image([0, 0, 63, 0, 64, 0, 9, 9, 9], 3, 3);
  // 63 and 64 of 255 lie on either side of a quarter of full scale.
  expect(differing(truth, prediction, {type: 'image', how: 'absolute', gain: 2})).toBe('.#.');
  expect(differing(truth, prediction, {type: 'image', how: 'squared', gain: 8})).toBe('.#.');
  const grey = image([0, 0, 2304], 3, 1, 16);
  expect(differing(grey, prediction, {type: 'image', how: 'absolute', gain: 2})).toBe('.#.');
});

it('differ in a number by half of full colour, and where only one of the two is a number', () => {
  const [nan, infinite] = [65535, 65534];
  const truth = heatmap([0, 0, 10000, nan, 0, infinite], 6, [0, 65532]);
  const prediction = heatmap([0, 4000, 5000, 0, nan, infinite], 6, [0, 65532]);
  for (const how of ['absolute', 'signed'] as const) {
    expect(differing(truth, prediction, {type: 'heatmap', how, limit: 9000})).toBe('..#.#.');
  }
  expect(differing(truth, prediction, {type: 'heatmap', how: 'relative', limit: 1})).toBe('.##.#.');
  const threshold = {how: 'threshold', threshold: 4500, truthThreshold: 4500} as const;
  const other = heatmap([0, 4500, 4600, 5000, 0, infinite], 6, [0, 65532]);
  expect(differing(truth, other, {type: 'heatmap', ...threshold})).toBe('.#....');
});

it('differ in where motion ends', () => {
  const truth = flow([[0, 0], [3, 4], [1, 0], null]);
  const prediction = flow([[0, 0], [0, 0], null, [1, 0]]);
  expect(differing(truth, prediction, {type: 'flow', limit: 9.9})).toBe('.##.');
  expect(differing(truth, prediction, {type: 'flow', limit: 10.1})).toBe('..#.');
});

/** A letter per pixel: `#` red, `.` nothing, `-` the same grey, `?` not judged. */
function changed(before: Picture, now: Picture): string {
  const kind = kindOf(before);
  const request = {
    difference: CHANGED.id,
    gain: 7,
    display: {threshold: null},
    isolatedClass: null,
    hiddenClasses: [],
    confusion: null,
  };
  const how = kind.chooseDifference(request, before);
  const operation = kind.drawDifference(before, now, how, defaultDisplay[kind.name], tables);
  const [red, grey] = [opaque(0xc8102e), opaque(middleGround)];
  const letters = new Map([
    [0, '.'],
    [red, '#'],
    [grey, '-'],
    [notJudged, '?'],
  ]);
  expect(kind.errorSize(before, now, how)).toBeUndefined();
  return [...operation.colors(operation.rasters)].map((color) => letters.get(color)).join('');
}

it('are red where they changed, of every kind, whatever the gain', () => {
  const palette = paletteOf([{id: 1}, {id: 2}], [255]);
  const ids = [7, 8];
  expect(changed(mask([1, 2, 255, 2], 4, palette), mask([1, 1, 1, 2], 4, palette))).toBe('.#?.');
  expect(changed(mask([7, 8], 2, palette), mask([0, 0], 2, palette, ids))).toBe('.#');
  // 0.05 of 255 lies between 12 and 13.
  const dark = image([0, 0, 0, 0, 0, 0], 2, 3);
  expect(changed(dark, image([12, 12, 12, 0, 13, 0], 2, 3))).toBe('-#');
  const [nan, infinite] = [65535, 65534];
  const before = heatmap([0, 0, nan, 0, infinite], 5, [0, 65532]);
  const now = heatmap([3200, 3400, 5, nan, infinite], 5, [0, 65532]);
  expect(changed(before, now)).toBe('-#?#-');
  expect(changed(before, {...now, shown: [0, 70_000]})).toBe('--?#-');
  const still = flow([[0, 0], [0, 0], null, [1, 1]]);
  expect(changed(still, flow([[0.6, 0.7], [0.8, 0.8], [1, 1], null]))).toBe('-#?#');
});

it('say from how much on', () => {
  const words = (picture: Picture, how: Difference): string =>
    kindOf(picture).differsText(picture, how, {
      a: 'ground truth',
      b: 'prediction',
      titleOfA: 'Truth',
      titleOfB: 'Prediction',
      isJudged: true,
    });
  const palette = paletteOf([{id: 1, name: 'car'}], []);
  expect(words(image([0], 1, 1), {type: 'image', how: 'absolute', gain: 16})).toBe(
    'by at least 3.13 % of full scale',
  );
  const depth = {...heatmap([0], 1, [0, 80]), unit: 'm'};
  expect(words(depth, {type: 'heatmap', how: 'signed', limit: 5})).toBe('by at least 2.5 m');
  expect(words(depth, {type: 'heatmap', how: 'relative', limit: 0.5})).toBe(
    'by at least 25 % of the ground truth',
  );
  expect(words(depth, {type: 'heatmap', how: 'threshold', threshold: 40, truthThreshold: 40})).toBe(
    'in whether it is at least 40',
  );
  expect(words(flow([[0, 0]]), {type: 'flow', limit: 1})).toBe('by at least 0.5 px');
  expect(words(mask([1], 1, palette), {type: 'mask', how: 'class', id: 1})).toBe('in being car');
  expect(
    words(mask([1], 1, palette), {type: 'mask', how: 'confusion', truth: 1, predicted: 9}),
  ).toBe('in being car taken for 9');
  expect(words(mask([1], 1, palette), {type: 'mask', how: 'wrong', by: 'truth'})).toBe('in class');
});
