// SPDX-License-Identifier: Apache-2.0
import {expect, it} from 'vitest';
import {isEqual} from './equality.js';

it('compares plain values by what they hold', () => {
  expect(isEqual({a: [1, {b: Number.NaN}]}, {a: [1, {b: Number.NaN}]})).toBe(true);
  expect(isEqual({a: 1}, {a: 1, b: undefined})).toBe(false);
  expect(isEqual([], {})).toBe(false);
  expect(isEqual(null, {})).toBe(false);
});

it('compares sets by their members', () => {
  expect(isEqual(new Set([1, 2]), new Set([2, 1]))).toBe(true);
  expect(isEqual(new Set([1]), new Set([2]))).toBe(false);
  expect(isEqual(new Set(), {})).toBe(false);
});

it('takes pixels for equal only when they are the same', () => {
  const pixels = Uint8Array.of(1);
  expect(isEqual({data: pixels}, {data: pixels})).toBe(true);
  expect(isEqual({data: pixels}, {data: Uint8Array.of(1)})).toBe(false);
});
