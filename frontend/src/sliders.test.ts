// SPDX-License-Identifier: Apache-2.0
import {expect, it} from 'vitest';
import {EXPOSURE, moveSlider, sliderValue} from './sliders.js';

const GAMMA = {id: 'gamma', initial: 1, bounds: [0.1, 10]} as const;

it('stands where it began until it is moved, and is forgotten where it is moved back', () => {
  expect(sliderValue({}, GAMMA)).toBe(1);
  const moved = moveSlider({exposure: 2}, GAMMA, 2.2);
  expect(moved).toEqual({exposure: 2, gamma: 2.2});
  expect(moveSlider(moved, GAMMA, 1)).toEqual({exposure: 2});
});

it('stays within its bounds, whatever a key or a link says', () => {
  expect(moveSlider({}, EXPOSURE, 10.5)).toEqual({exposure: 10});
  expect(sliderValue({exposure: -1e9}, EXPOSURE)).toBe(-10);
});
