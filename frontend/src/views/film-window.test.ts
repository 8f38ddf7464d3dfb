// SPDX-License-Identifier: Apache-2.0
import {expect, it} from 'vitest';
import {centredScroll, filmWindow} from './film-window.js';

it('draws the visible frames, and two beyond each end', () => {
  expect(filmWindow(1000, 100, 5000, 800)).toEqual({first: 48, end: 60});
  expect(filmWindow(1000, 100, 0, 800)).toEqual({first: 0, end: 10});
  expect(filmWindow(1000, 100, 99_200, 800)).toEqual({first: 990, end: 1000});
});

it('draws all that there are where there is room, and nothing of nothing', () => {
  expect(filmWindow(3, 100, 0, 800)).toEqual({first: 0, end: 3});
  expect(filmWindow(0, 100, 0, 800)).toEqual({first: 0, end: 0});
  // Steps went away while it was scrolled to its end.
  expect(filmWindow(2, 100, 5000, 800)).toEqual({first: 2, end: 2});
});

it('scrolls a frame to the middle, but not past the ends', () => {
  expect(centredScroll(50, 100, 100, 800)).toBe(4650);
  expect(centredScroll(0, 100, 100, 800)).toBe(0);
  expect(centredScroll(99, 100, 100, 800)).toBe(9200);
  expect(centredScroll(1, 3, 100, 800)).toBe(0);
});

it('always draws the frame it scrolled to', () => {
  for (const index of [0, 1, 499, 998, 999]) {
    const {first, end} = filmWindow(1000, 77, centredScroll(index, 1000, 77, 640), 640);
    expect(first <= index && index < end).toBe(true);
  }
});
