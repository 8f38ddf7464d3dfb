// SPDX-License-Identifier: Apache-2.0
import {beforeEach, expect, it} from 'vitest';
import {RowsInSight} from './rows-in-sight.js';

let inSight: RowsInSight;

beforeEach(() => {
  inSight = new RowsInSight();
  inSight.move([2, 3, 4]);
});

it('goes on downwards with as many rows as are in sight', () => {
  expect(inSight.ahead).toEqual([5, 6, 7]);
});

it.each([
  ['upwards', [[1, 2, 3]], [0]],
  [
    'downwards again',
    [
      [1, 2, 3],
      [2, 3],
    ],
    [4, 5],
  ],
  [
    'downwards where a row comes below',
    [
      [1, 2, 3],
      [1, 2, 3, 4],
    ],
    [5, 6, 7, 8],
  ],
  [
    'as before where nothing moves',
    [
      [1, 2, 3],
      [1, 2, 3],
    ],
    [0],
  ],
  ['as before where nothing was in sight between', [[1, 2, 3], [], [7, 8]], [6, 5]],
])('goes on %s', (_, moves, ahead) => {
  moves.forEach((rows) => inSight.move(rows));
  expect(inSight.ahead).toEqual(ahead);
});
