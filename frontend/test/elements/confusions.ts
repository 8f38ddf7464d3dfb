// SPDX-License-Identifier: Apache-2.0
/** The elements of `components/confusions/`. */
import '../../src/components/confusions/pairs-confusion-matrix.js';
import {put} from './put.js';

const NAMES = ['road', 'car', 'sky'];
/** Pixels by true class, then by predicted class: no car is taken for sky. */
const PIXELS = [
  [80, 15, 5],
  [10, 90, 0],
  [20, 30, 50],
];

export function showConfusionMatrix(): void {
  const matrix = document.createElement('pairs-confusion-matrix');
  matrix.matrix = {
    classes: [0, 1, 2],
    cells: PIXELS.map((row, truth) =>
      row.map((pixels, predicted) => ({
        truth,
        predicted,
        pixels,
        share: pixels / 100,
      })),
    ),
    hidden: 0,
    hiddenPixels: 0,
    omittedPixels: 0,
  };
  matrix.styleOf = (id) => ({id, name: NAMES[id]!, color: 0xff0000ff, ignored: false});
  matrix.scope = {tag: 'val', run: 'a', step: '40', samples: 4};
  put(matrix);
}
