// SPDX-License-Identifier: Apache-2.0
import {describe, expect, it} from 'vitest';
import {ready} from '../store/resource.js';
import {phraseText} from '../texts/scoped-number.js';
import {confusedCounts} from './confused-counts.js';

function words(pixels: Readonly<Record<string, number | null>>) {
  const map = new Map(Object.entries(pixels));
  const place = {tag: 't', run: 'a', step: '5', truth: 1, predicted: 2};
  return confusedCounts({...place, pixels: ready(map)}, map);
}

describe('the samples of a confusion', () => {
  it.each([
    [{a: 3, b: 0, c: 1}, '2 of 3 samples have it, 1 has not'],
    [{a: 3}, '1 of 1 sample has it, 0 have not'],
    [{a: 0, b: null, c: 0}, '0 of 3 samples have it, 2 have not, 1 was not counted'],
    [{a: 9, b: null, c: null}, '1 of 3 samples has it, 0 have not, 2 were not counted'],
  ])('of %j are counted', (pixels, text) => {
    expect(phraseText(words(pixels))).toBe(text);
  });

  it('are those of a record, by class', () => {
    const numbers = words({a: 3, b: 0}).filter((part) => typeof part !== 'string');
    const scope = {what: 'count', tag: 't', run: 'a', step: '5'};
    expect(numbers.map((number) => number.scope)).toEqual([
      {...scope, class: 1, predicted: 2, noun: 'samples with the confusion'},
      {...scope, noun: 'samples'},
      {...scope, class: 1, predicted: 2, noun: 'samples without the confusion'},
    ]);
  });
});
