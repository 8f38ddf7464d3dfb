// SPDX-License-Identifier: Apache-2.0
import {describe, expect, it} from 'vitest';
import {stepsAhead, directionOf} from './prefetch.js';

const STEPS = Array.from({length: 30}, (_, i) => String(i));
const RESTING = {playing: false, loop: false};

describe('stepsAhead', () => {
  it('looks both ways before the slider moved', () => {
    expect(stepsAhead(STEPS, 10, 0, RESTING)).toEqual(['9', '11', '8', '12']);
  });

  it('looks mostly where the slider goes', () => {
    expect(stepsAhead(STEPS, 10, 1, RESTING)).toEqual(['11', '12', '13', '14', '9']);
    expect(stepsAhead(STEPS, 10, -1, RESTING)).toEqual(['9', '8', '7', '6', '11']);
  });

  it('ends at the ends', () => {
    expect(stepsAhead(STEPS, 0, -1, RESTING)).toEqual(['1']);
    expect(stepsAhead(STEPS, 29, 1, RESTING)).toEqual(['28']);
  });

  it('looks far ahead while playing, and round the end when looping', () => {
    const playing = stepsAhead(STEPS, 28, 1, {playing: true, loop: true});

    expect(playing.slice(0, 3)).toEqual(['29', '0', '1']);
    expect(playing).toHaveLength(12);
    expect(stepsAhead(STEPS, 28, 1, {playing: true, loop: false})).toEqual(['29']);
  });

  it('never holds the step shown, or one step twice', () => {
    expect(stepsAhead(['0', '1'], 0, 1, {playing: true, loop: true})).toEqual(['1']);
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
