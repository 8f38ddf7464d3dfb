// SPDX-License-Identifier: Apache-2.0
import {expect, it} from 'vitest';
import {filmIndex, filmSteps} from './film-steps.js';

const steps = Array.from({length: 101}, (_, i) => String(i * 10));

it('spreads the frames from the first step to the last', () => {
  expect(filmSteps(steps, 5)).toEqual(['0', '250', '500', '750', '1000']);
});

it('shows every step when there is room', () => {
  expect(filmSteps(['0', '7'], 5)).toEqual(['0', '7']);
});

it('shows the last step when there is room for one', () => {
  expect(filmSteps(steps, 1)).toEqual(['1000']);
});

it('finds the frame nearest to a step', () => {
  expect(filmIndex(['0', '250', '500'], '370')).toBe(1);
  expect(filmIndex(['0'], null)).toBe(-1);
});
