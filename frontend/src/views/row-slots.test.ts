// SPDX-License-Identifier: Apache-2.0
import {expect, it} from 'vitest';
import {RowSlots} from './row-slots.js';

const COUNT = 100;

function placed(slots: RowSlots, wanted: readonly number[], count = COUNT): [number, number][] {
  return slots.place(new Set(wanted), count).map(({slot, row}) => [row, slot]);
}

it('fills the slot of a row that left with the one that came, and leaves all others', () => {
  const slots = new RowSlots();
  expect(placed(slots, [3, 4, 5])).toEqual([
    [3, 0],
    [4, 1],
    [5, 2],
  ]);
  expect(placed(slots, [4, 5, 6])).toEqual([
    [6, 0],
    [4, 1],
    [5, 2],
  ]);
});

it('leaves a row where it is until its slot is needed', () => {
  const slots = new RowSlots();
  placed(slots, [3, 4]);
  expect(placed(slots, [4])).toEqual([
    [3, 0],
    [4, 1],
  ]);
  expect(placed(slots, [4, 5])).toEqual([
    [5, 0],
    [4, 1],
  ]);
});

it('makes slots where there are too few', () => {
  const slots = new RowSlots();
  placed(slots, [0]);
  expect(placed(slots, [7, 8, 9])).toHaveLength(3);
});

it('tidies up at rest: spare slots go, and the others stand in the order of rows', () => {
  const slots = new RowSlots();
  placed(slots, [3, 4, 5]);
  expect(slots.isTidy).toBe(true);
  placed(slots, [4, 5]);
  expect(slots.isTidy).toBe(false);
  placed(slots, [4, 5, 6]);
  expect(slots.isTidy).toBe(false);
  placed(slots, [5, 6]);
  slots.tidy();
  expect(slots.isTidy).toBe(true);
  expect(placed(slots, [5, 6])).toEqual([
    [5, 2],
    [6, 0],
  ]);
});

it('shows no row that is gone', () => {
  const slots = new RowSlots();
  placed(slots, [0, 1, 2]);
  expect(placed(slots, [0], 2).map(([row]) => row)).toEqual([0, 1]);
});
