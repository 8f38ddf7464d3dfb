// SPDX-License-Identifier: Apache-2.0
import {expect, it} from 'vitest';
import type {Slice} from '../store/slices.js';
import {MOST_SLICES, shownSlices, sliceText} from './slice-texts.js';

function slice(value: Slice['value'], samples = 1): Slice {
  return {attribute: 'weather', value, samples: Array<string>(samples).fill('s'), scores: []};
}

it.each([
  ['late rain', 'late rain'],
  [false, 'false'],
  [0.25, '0.25'],
  [{low: 0.5, high: 7, isLast: true}, '0.5 to 7'],
  [null, 'without weather'],
] as const)('names a slice: %j', (value, text) => {
  expect(sliceText(slice(value))).toBe(text);
});

it('shows the largest of many, in their order', () => {
  const many = Array.from({length: MOST_SLICES + 2}, (_, i) => slice(i, 1 + (i % 7)));
  const shown = shownSlices(many);
  expect(shown).toHaveLength(MOST_SLICES);
  // Two have one sample each.
  expect(shown.map(({value}) => value)).toEqual(
    many.filter(({samples}) => samples.length > 1).map(({value}) => value),
  );
  expect(shownSlices(many.slice(0, MOST_SLICES))).toEqual(many.slice(0, MOST_SLICES));
});
