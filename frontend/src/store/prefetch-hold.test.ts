// SPDX-License-Identifier: Apache-2.0
import {beforeEach, expect, it, vi} from 'vitest';
import {PrefetchHold} from './prefetch-hold.js';

let now = 0;
let painting = new Set<() => void>();
let hold: PrefetchHold;
const released = vi.fn();

const paint = () => painting.forEach((work) => work());

/** Moves, so many milliseconds after what was before. */
const move = (after: number) => {
  now += after;
  hold.move(released);
};

beforeEach(() => {
  now = 0;
  painting = new Set();
  released.mockClear();
  hold = new PrefetchHold(
    (work) => {
      painting.add(work);
      return () => painting.delete(work);
    },
    () => now,
  );
});

it('holds until what was moved to is on the screen', () => {
  expect(hold.holds).toBe(false);
  move(0);
  expect(hold.holds).toBe(true);
  paint();
  expect(hold.holds).toBe(false);
  expect(released).toHaveBeenCalledTimes(1);
});

it('holds for two moves in a row, of which the last is waited for, and not for a third', () => {
  move(0);
  move(16);
  expect(hold.holds).toBe(true);
  expect(painting.size).toBe(1);
  move(16);
  expect(hold.holds).toBe(false);
  expect(painting.size).toBe(0);
  expect(released).not.toHaveBeenCalled();
});

it('holds again after a rest', () => {
  [0, 16, 16].forEach(move);
  move(300);
  expect(hold.holds).toBe(false);
  move(301);
  expect(hold.holds).toBe(true);
});

it('ends though moves follow, each after a rest, where frames take longer', () => {
  move(0);
  const first = [...painting];
  move(400);
  expect([...painting]).toEqual(first);
  paint();
  expect(hold.holds).toBe(false);
});
