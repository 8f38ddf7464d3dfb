// SPDX-License-Identifier: Apache-2.0
import {expect, it} from 'vitest';
import {boundOf, boundOfDifference} from './bounds.js';

it('takes the ends of the stored range for bounds where something was clipped', () => {
  expect([0, 1, 254, 255].map((level) => boundOf(level, 255, 0.1))).toEqual(['≤', '', '', '≥']);
  expect([0, 255].map((level) => boundOf(level, 255))).toEqual(['', '']);
});

it('knows of a difference what interval arithmetic knows', () => {
  const bounds = ['', '≤', '≥'] as const;
  // Rows: a, columns: b; of b − a.
  expect(bounds.map((a) => bounds.map((b) => boundOfDifference(a, b)))).toEqual([
    ['', '≤', '≥'],
    ['≥', undefined, '≥'],
    ['≤', '≤', undefined],
  ]);
});
