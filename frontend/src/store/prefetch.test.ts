// SPDX-License-Identifier: Apache-2.0
import {describe, expect, it} from 'vitest';
import {stepsAhead, directionOf} from './prefetch.js';

const STEPS = Array.from({length: 30}, (_, i) => String(i));
const RESTING = {playing: false, loop: false};

describe('stepsAhead', () => {
  it('looks both ways before the slider moved', () => {
    expect(stepsAhead(STEPS, 10, 0, RESTING)).toEqual([['9', '11', '8', '12']]);
  });

  it('looks where the slider goes, to the end of the next group of four', () => {
    expect(stepsAhead(STEPS, 9, 1, RESTING)).toEqual([
      ['10', '11'],
      ['12', '13', '14', '15'],
      ['8', '7'],
    ]);
    expect(stepsAhead(STEPS, 9, -1, RESTING)).toEqual([['8'], ['7', '6', '5', '4'], ['10', '11']]);
  });

  it('wants nothing new within a group, and a whole one when it enters the next', () => {
    const fetched = new Set<string>();
    const newAt = (index: number) => {
      const wanted = stepsAhead(STEPS, index, 1, RESTING).flat();
      const missing = wanted.filter((step) => !fetched.has(step));
      wanted.forEach((step) => fetched.add(step));
      return missing;
    };
    newAt(8);
    expect([9, 10, 11].map((index) => newAt(index))).toEqual([['8'], [], []]);
    expect(newAt(12)).toEqual(['16', '17', '18', '19']);
  });

  it('ends at the ends', () => {
    expect(stepsAhead(STEPS, 0, -1, RESTING)).toEqual([['1', '2']]);
    expect(stepsAhead(STEPS, 29, 1, RESTING)).toEqual([['28', '27']]);
  });

  it('looks far ahead while playing, and round the end when looping', () => {
    const playing = stepsAhead(STEPS, 28, 1, {playing: true, loop: true});

    expect(playing[0]).toEqual(['29', '0', '1', '2']);
    expect(playing.flat()).toHaveLength(12);
    expect(stepsAhead(STEPS, 28, 1, {playing: true, loop: false})).toEqual([['29']]);
  });

  it('never holds the step shown, or one step twice', () => {
    expect(stepsAhead(['0', '1'], 0, 1, {playing: true, loop: true})).toEqual([['1']]);
  });

  it('is nothing while there is no step', () => {
    expect(stepsAhead([], -1, 1, RESTING)).toEqual([]);
  });
});

describe('directionOf', () => {
  it.each([
    [3, 4, 0, 1],
    [4, 3, 1, -1],
    [4, 4, -1, -1],
    [-1, 4, 0, 0],
  ] as const)('from %i to %i', (before, after, last, direction) => {
    expect(directionOf(before, after, last)).toBe(direction);
  });
});
