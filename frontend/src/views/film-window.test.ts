// SPDX-License-Identifier: Apache-2.0
import {expect, it} from 'vitest';
import {centredScroll, filmWindow, firstColumn, reelOf, rowsBelow} from './film-window.js';

/** The only row of a strip. */
function one(count: number, current = 0) {
  const row = {count, current};
  return [row, reelOf([row])] as const;
}

it('draws the visible frames, and two beyond each end', () => {
  expect(filmWindow(...one(1000), 100, 5000, 800)).toEqual({first: 48, end: 60});
  expect(filmWindow(...one(1000), 100, 0, 800)).toEqual({first: 0, end: 10});
  expect(filmWindow(...one(1000), 100, 99_200, 800)).toEqual({first: 990, end: 1000});
});

it('draws all that there are where there is room, and nothing of nothing', () => {
  expect(filmWindow(...one(3), 100, 0, 800)).toEqual({first: 0, end: 3});
  expect(filmWindow(...one(0), 100, 0, 800)).toEqual({first: 0, end: 0});
  // Steps went away while it was scrolled to its end.
  expect(filmWindow(...one(2), 100, 5000, 800)).toEqual({first: 2, end: 2});
});

it('scrolls a frame to the middle, but not past the ends', () => {
  expect(centredScroll({current: 50, count: 100}, 100, 800)).toBe(4650);
  expect(centredScroll({current: 0, count: 100}, 100, 800)).toBe(0);
  expect(centredScroll({current: 99, count: 100}, 100, 800)).toBe(9200);
  expect(centredScroll({current: 1, count: 3}, 100, 800)).toBe(0);
});

it('has the frames shown of all rows in one column', () => {
  const rows = [
    {count: 100, current: 80},
    {count: 10, current: 3},
    {count: 60, current: 0},
  ];
  const reel = reelOf(rows);
  expect(reel).toEqual({current: 80, count: 80 + 60});
  for (const row of rows) {
    expect(firstColumn(row, reel) + row.current).toBe(reel.current);
    expect(firstColumn(row, reel)).toBeGreaterThanOrEqual(0);
    expect(firstColumn(row, reel) + row.count).toBeLessThanOrEqual(reel.count);
  }
});

it('draws of each row what is in sight, and nothing where a row has ended', () => {
  const rows = [
    {count: 100, current: 80},
    {count: 10, current: 3},
  ] as const;
  const reel = reelOf(rows);
  // Columns 0 to 7; the second row begins in column 77.
  expect(filmWindow(rows[0], reel, 100, 0, 800)).toEqual({first: 0, end: 10});
  expect(filmWindow(rows[1], reel, 100, 0, 800)).toEqual({first: 0, end: 0});
  expect(filmWindow(rows[1], reel, 100, 7700, 400)).toEqual({first: 0, end: 6});
});

it('always draws the frames it scrolled to', () => {
  for (const current of [0, 1, 499, 998, 999]) {
    for (const other of [0, 5, 40]) {
      const rows = [
        {count: 1000, current},
        {count: 41, current: other},
      ];
      const reel = reelOf(rows);
      const left = centredScroll(reel, 77, 640);
      for (const row of rows) {
        const {first, end} = filmWindow(row, reel, 77, left, 640);
        expect(first <= row.current && row.current < end).toBe(true);
      }
    }
  }
});

it('counts the rows that are mostly out of sight below', () => {
  expect(rowsBelow(3, 50, 150)).toBe(0);
  // Half of the last one is seen.
  expect(rowsBelow(3, 50, 125)).toBe(0);
  expect(rowsBelow(3, 50, 124)).toBe(1);
  expect(rowsBelow(3, 50, 100)).toBe(1);
  expect(rowsBelow(20, 50, 96)).toBe(18);
  // Scrolled further than there are rows left.
  expect(rowsBelow(2, 50, 400)).toBe(0);
  expect(rowsBelow(2, 0, 0)).toBe(0);
});
