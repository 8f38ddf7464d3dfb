// SPDX-License-Identifier: Apache-2.0
import {expect, it} from 'vitest';
import type {ClassCounts, TagSeries} from '../api/types.js';
import {confusedRecord, confusedSamples} from './confused-samples.js';
import {latest, PENDING, ready} from './resource.js';

const CHOSEN = {tag: 't', run: 'a', truth: 1, predicted: 0};

function counts(changes: Partial<ClassCounts>): ClassCounts {
  return {
    ...{counted: 1, ids: [0, 1], truePositive: [0, 0]},
    ...{falsePositive: [0, 0], falseNegative: [0, 0]},
    ...changes,
  };
}

it('has the pixels of each sample, as far as they are known', () => {
  const {pixels} = confusedSamples(
    CHOSEN,
    '10',
    ready({
      some: counts({confusions: {truth: [0, 1], predicted: [1, 0], pixels: [7, 5]}}),
      none: counts({}),
      other: counts({confusions: {truth: [0], predicted: [1], pixels: [7]}}),
      rare: counts({omittedPixels: 3}),
      uncounted: null,
    }),
  );
  expect([...latest(pixels)!]).toEqual([
    ['some', 5],
    ['none', 0],
    ['other', 0],
    ['rare', null],
    ['uncounted', null],
  ]);
});

it('waits for the counts, and says why there are none', () => {
  expect(confusedSamples(CHOSEN, '10', PENDING).pixels).toBe(PENDING);
  const failure = {state: 'error', message: 'gone'} as const;
  expect(confusedSamples(CHOSEN, '10', failure).pixels).toEqual(failure);
});

it('is of the record of its run that is nearest to the step', () => {
  const series = {tag: 't', runs: {a: {steps: ['0', '10']}}} as unknown as TagSeries;
  expect(confusedRecord(CHOSEN, series, '7')).toEqual({run: 'a', step: '10'});
  expect(confusedRecord(CHOSEN, series, null)).toBeNull();
  expect(confusedRecord({...CHOSEN, run: 'gone'}, series, '7')).toBeNull();
});
