// SPDX-License-Identifier: Apache-2.0
import {describe, expect, it} from 'vitest';
import type {BlindComparison} from './comparison.js';
import {tallyOf, tallyText, verdict, wilson} from './tally.js';

function comparison(votes: BlindComparison['votes']): BlindComparison {
  return {
    seed: 7,
    tag: 't',
    step: '480',
    a: 'run-a',
    b: 'run-b',
    samples: votes.map((_, i) => `s${i}`),
    votes,
  };
}

describe('wilson', () => {
  // As statsmodels.stats.proportion.proportion_confint(wins, n, method='wilson') has it.
  it.each([
    [0, 10, 0, 0.277533],
    [7, 10, 0.396778, 0.892209],
    [50, 100, 0.403832, 0.596168],
    [10, 10, 0.722467, 1],
  ])('of %d in %d is %d to %d', (wins, n, low, high) => {
    const interval = wilson(wins, n);
    expect(interval[0]).toBeCloseTo(low, 5);
    expect(interval[1]).toBeCloseTo(high, 5);
  });

  it('of nothing is everything', () => {
    expect(wilson(0, 0)).toEqual([0, 1]);
  });
});

describe('a tally', () => {
  it('leaves ties out of the share', () => {
    expect(tallyOf(comparison(['a', 'a', 'b', 'tie', null]))).toMatchObject({
      a: 2,
      b: 1,
      ties: 1,
      voted: 4,
      share: 2 / 3,
    });
  });

  it('names a run only when the interval leaves out one half', () => {
    const all = comparison(Array<'b'>(8).fill('b'));
    const some = comparison(['b', 'b', 'a']);
    expect(verdict(all, tallyOf(all))).toBe('run-b was preferred.');
    expect(verdict(some, tallyOf(some))).toBe('These votes do not tell the two apart.');
  });

  it('is written as text, with names and intervals', () => {
    const text = tallyText(comparison(['a', 'a', 'a', 'tie']));
    expect(text).toContain('run-a: 3 of 3 (100 %, 95 % interval 44 % to 100 %)');
    expect(text).toContain('run-b: 0 of 3 (0 %, 95 % interval 0 % to 56 %)');
    expect(text).toContain('ties: 1');
  });
});
