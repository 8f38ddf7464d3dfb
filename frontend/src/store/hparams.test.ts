// SPDX-License-Identifier: Apache-2.0
import {describe, expect, it} from 'vitest';
import type {Attribute, Hparams} from '../api/types.js';
import {
  differingHparams,
  NO_HPARAMS,
  runGroups,
  shownHparams,
  sortedRuns,
  UNSORTED,
} from './hparams.js';

function hparams(values: Record<string, Record<string, Attribute>>): Hparams {
  return Object.fromEntries(
    Object.entries(values).map(([run, one]) => [run, {session: run, values: one}]),
  );
}

const RUNS = ['a', 'b', 'c', 'd', 'e'];
const SWEEP = hparams({
  a: {lr: 0.1, optimizer: 'sgd', batch: 32},
  b: {lr: 0.001, optimizer: 'adam', batch: 32},
  c: {lr: 0.01, optimizer: 'sgd', batch: 32},
  d: {lr: 0.1, optimizer: 'adam', batch: 32, dropout: 0.5},
});

describe('differingHparams', () => {
  it('names what runs do not agree on, in order, also what only some have', () => {
    expect(differingHparams(SWEEP, RUNS)).toEqual(['dropout', 'lr', 'optimizer']);
    expect(differingHparams(SWEEP, ['a', 'c'])).toEqual(['lr']);
  });

  it('is nothing of one run, and runs without any change nothing', () => {
    expect(differingHparams(SWEEP, ['a', 'e'])).toEqual([]);
    expect(differingHparams(NO_HPARAMS, RUNS)).toEqual([]);
  });
});

describe('sortedRuns', () => {
  it('sorts numbers as numbers, and puts runs without one last both ways', () => {
    const sort = {...UNSORTED, by: 'lr'};
    expect(sortedRuns(RUNS, SWEEP, sort, null)).toEqual(['b', 'c', 'a', 'd', 'e']);
    const descending = {...sort, descending: true};
    expect(sortedRuns(RUNS, SWEEP, descending, null)).toEqual(['a', 'd', 'c', 'b', 'e']);
  });

  it('groups by one and sorts within by another', () => {
    const sort = {groupBy: 'optimizer', by: 'lr', descending: true};
    expect(sortedRuns(RUNS, SWEEP, sort, null)).toEqual(['d', 'b', 'a', 'c', 'e']);
  });

  it('keeps the reference first, and its group beside it', () => {
    const sort = {groupBy: 'optimizer', by: 'lr', descending: false};
    expect(sortedRuns(RUNS, SWEEP, sort, 'a')).toEqual(['a', 'c', 'b', 'd', 'e']);
    expect(sortedRuns(RUNS, SWEEP, {...UNSORTED, by: 'lr'}, 'd')).toEqual([
      'd',
      'b',
      'c',
      'a',
      'e',
    ]);
  });

  it('compares texts by the numbers in them, and values of several types', () => {
    const mixed = hparams({a: {x: 'v10'}, b: {x: 'v9'}, c: {x: true}, d: {x: 3}, e: {x: false}});
    expect(sortedRuns(RUNS, mixed, {...UNSORTED, by: 'x'}, null)).toEqual([
      'd',
      'e',
      'c',
      'b',
      'a',
    ]);
  });

  it('leaves runs as they are where the name is unknown', () => {
    expect(sortedRuns(RUNS, SWEEP, {groupBy: 'gone', by: 'away', descending: true}, null)).toEqual(
      RUNS,
    );
  });
});

describe('runGroups', () => {
  it('has a group for each value, in the order of the runs', () => {
    const shown = shownHparams(SWEEP, RUNS, {...UNSORTED, groupBy: 'optimizer'});
    expect(runGroups(shown, ['d', 'b', 'a', 'e'])).toEqual([
      {value: 'adam', runs: ['d', 'b']},
      {value: 'sgd', runs: ['a']},
      {value: undefined, runs: ['e']},
    ]);
  });

  it('has no groups by what tells no runs apart', () => {
    const shown = shownHparams(SWEEP, RUNS, {...UNSORTED, groupBy: 'batch'});
    expect(shown.groupBy).toBeNull();
    expect(runGroups(shown, RUNS)).toEqual([]);
  });
});
