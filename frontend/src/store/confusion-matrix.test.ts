// SPDX-License-Identifier: Apache-2.0
import {expect, it} from 'vitest';
import type {ClassCounts} from '../api/types.js';
import {confusionMatrixOf, MOST_CLASSES, worstConfusions} from './confusion-matrix.js';

const COUNTS: ClassCounts = {
  counted: 2,
  ids: [0, 1, 7],
  truePositive: [90, 60, 0],
  falsePositive: [30, 8, 12],
  falseNegative: [10, 40, 0],
  confusions: {truth: [0, 0, 1, 1], predicted: [1, 7, 0, 7], pixels: [8, 2, 30, 10]},
};

it('has a row for each true class, and shares of its pixels', () => {
  const matrix = confusionMatrixOf(COUNTS)!;
  expect(matrix.classes).toEqual([0, 1, 7]);
  expect(matrix.cells.map((row) => row.map(({pixels}) => pixels))).toEqual([
    [90, 8, 2],
    [30, 60, 10],
    [0, 0, 0],
  ]);
  expect(matrix.cells.map((row) => row.map(({share}) => share))).toEqual([
    [0.9, 0.08, 0.02],
    [0.3, 0.6, 0.1],
    [null, null, null],
  ]);
});

it('adds up to the counts by class', () => {
  const {classes, cells} = confusionMatrixOf(COUNTS)!;
  classes.forEach((id, i) => {
    const at = COUNTS.ids.indexOf(id);
    const row = cells[i]!.reduce((sum, {pixels}) => sum + pixels, 0);
    const column = cells.reduce((sum, one) => sum + one[i]!.pixels, 0);
    expect(row).toBe(COUNTS.truePositive[at]! + COUNTS.falseNegative[at]!);
    expect(column).toBe(COUNTS.truePositive[at]! + COUNTS.falsePositive[at]!);
  });
});

it('follows the order of the classes, those that are not listed last', () => {
  expect(confusionMatrixOf(COUNTS, [7, 5, 1])?.classes).toEqual([7, 1, 0]);
});

it('tells the worst confusions first', () => {
  const worst = worstConfusions(COUNTS);
  expect(worst.map(({truth, predicted, pixels}) => [truth, predicted, pixels])).toEqual([
    [1, 0, 30],
    [1, 7, 10],
    [0, 1, 8],
    [0, 7, 2],
  ]);
});

it('shows the most confused of 300 classes, and says how many it does not', () => {
  const ids = Array.from({length: 300}, (_, i) => i);
  const counts: ClassCounts = {
    counted: 1,
    ids,
    truePositive: ids.map(() => 5),
    falsePositive: ids.map(() => 0),
    falseNegative: ids.map((i) => (i * 7) % 300),
    confusions: {truth: [257], predicted: [214], pixels: [301]},
    omittedClasses: 12,
    omittedPixels: 99,
  };
  const matrix = confusionMatrixOf(counts, ids)!;
  expect(matrix.classes).toHaveLength(MOST_CLASSES);
  expect(matrix.classes[0]).toBe(257);
  expect(matrix.classes[1]).toBe(214);
  expect(matrix.hidden).toBe(300 - MOST_CLASSES + 12);
  expect(matrix.hiddenPixels).toBe(0);
  expect(matrix.omittedPixels).toBe(99);
  expect(worstConfusions(counts).map(({pixels}) => pixels)).toEqual([301]);
});

it('is nothing where a record counts no class', () => {
  const none = {counted: 0, ids: [], truePositive: [], falsePositive: [], falseNegative: []};
  expect(confusionMatrixOf(none)).toBeNull();
});
