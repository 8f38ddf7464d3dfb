// SPDX-License-Identifier: Apache-2.0
import {describe, expect, it} from 'vitest';
import {DEFAULT_RUNS, isDashed, movedRun, runColor, runPlaces, shownRuns} from './runs.js';

describe('runPlaces', () => {
  it("follows TensorBoard's order, of which pairs may be in few runs", () => {
    const places = runPlaces(new Map(), ['train', 'a', 'b'], ['b', 'a']);

    expect(places.get('a')).toBe(1);
    expect(places.get('b')).toBe(2);
  });

  it('never changes the place of a run, and adds new ones at the end', () => {
    const before = runPlaces(new Map(), [], ['m', 'z']);

    const after = runPlaces(before, ['a', 'm', 'z'], ['a', 'm', 'z']);

    expect([...after]).toEqual([
      ['m', 0],
      ['z', 1],
      ['a', 2],
    ]);
  });

  it('is the same object while there is no new run', () => {
    const before = runPlaces(new Map(), [], ['m']);

    expect(runPlaces(before, ['m'], ['m'])).toBe(before);
  });
});

describe('colours', () => {
  it('begin again after the last, with another line', () => {
    expect(runColor(8)).toBe(runColor(1));
    expect(isDashed(1)).toBe(false);
    expect(isDashed(8)).toBe(true);
  });
});

describe('shownRuns', () => {
  it('are the first few until some are chosen', () => {
    const runs = Array.from({length: DEFAULT_RUNS + 1}, (_, index) => `run-${index}`);
    expect(shownRuns(runs, null)).toEqual(runs.slice(0, -1));
    expect(shownRuns(['a', 'b', 'c'], ['c', 'gone', 'a'])).toEqual(['a', 'c']);
  });

  it('are in the order given by hand, and then in their own', () => {
    expect(shownRuns(['a', 'b', 'c', 'd'], ['a', 'c', 'd'], ['d', 'b', 'gone'])).toEqual([
      'd',
      'a',
      'c',
    ]);
    expect(shownRuns(['a', 'b', 'c', 'd'], null, ['gone', 'c'])).toEqual(['c', 'a', 'b', 'd']);
    expect(shownRuns(['a', 'b', 'c'], ['a', 'b', 'c'], ['b'], 'c')).toEqual(['c', 'b', 'a']);
  });
});

describe('movedRun', () => {
  it('puts a run before another, or at the end', () => {
    expect(movedRun(['a', 'b', 'c'], 'c', 'a')).toEqual(['c', 'a', 'b']);
    expect(movedRun(['a', 'b', 'c'], 'a', 'c')).toEqual(['b', 'a', 'c']);
    expect(movedRun(['a', 'b', 'c'], 'a', null)).toEqual(['b', 'c', 'a']);
  });
});
