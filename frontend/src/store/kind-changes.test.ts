// SPDX-License-Identifier: Apache-2.0
import {expect, it} from 'vitest';
import type {TagKind, RunSeries} from '../api/types.js';
import {kindAt, kindChanges} from './kind-changes.js';

const IMAGE: TagKind = {name: 'image', bits: 8};
const MASK: TagKind = {name: 'mask', classes: [{id: 0}, {id: 1}], ignore: [255]};

function series(changes: Partial<RunSeries>): RunSeries {
  return {
    ...{steps: ['0', '5', '9'], wallTimes: [0, 1, 2], logged: 3, beforeRestart: [], samples: []},
    ...{metrics: {}, lowerIsBetter: []},
    ...changes,
  };
}

it('is the kind of the tag unless steps say otherwise', () => {
  expect(kindAt(series({}), 2, IMAGE)).toBe(IMAGE);
  expect(kindChanges('a', series({}), IMAGE)).toEqual([]);
});

it('tells the steps at which a kind changed', () => {
  const mixed = series({kinds: [IMAGE, MASK], kindAt: [0, 1, 1]});
  expect([0, 1, 2].map((i) => kindAt(mixed, i, IMAGE))).toEqual([IMAGE, MASK, MASK]);
  expect(kindChanges('a', mixed, IMAGE)).toEqual([
    {run: 'a', step: '5', lastBefore: null, before: IMAGE, after: MASK},
  ]);
});

it('says nothing of steps whose kind is not told', () => {
  const mixed = series({kinds: [IMAGE, MASK], kindAt: [0, 1, null]});
  expect(kindChanges('a', mixed, IMAGE)).toEqual([
    {run: 'a', step: '5', lastBefore: null, before: IMAGE, after: MASK},
  ]);
  expect(kindAt(mixed, 2, IMAGE)).toBe(IMAGE);
});

it('tells a change across steps whose kind is not told', () => {
  const mixed = series({
    ...{steps: ['0', '5', '7', '9', '11'], wallTimes: [0, 1, 2, 3, 4]},
    ...{kinds: [IMAGE, MASK], kindAt: [0, null, null, 1, 0]},
  });
  expect(kindChanges('a', mixed, IMAGE)).toEqual([
    {run: 'a', step: '9', lastBefore: '0', before: IMAGE, after: MASK},
    {run: 'a', step: '11', lastBefore: null, before: MASK, after: IMAGE},
  ]);
});

it('tells no change where only the kind of the first steps is not told, or that of the last', () => {
  expect(kindChanges('a', series({kinds: [IMAGE, MASK], kindAt: [null, 1, null]}), IMAGE)).toEqual(
    [],
  );
  expect(kindChanges('a', series({kinds: [IMAGE], kindAt: [0, null, 0]}), IMAGE)).toEqual([]);
});
