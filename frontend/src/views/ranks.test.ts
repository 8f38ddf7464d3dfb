// SPDX-License-Identifier: Apache-2.0
import {describe, expect, it} from 'vitest';
import {rankOf, rankTone} from './ranks.js';

describe('rankOf', () => {
  it('counts from the best, whichever way that is', () => {
    expect(rankOf(0.7, [0.5, 0.7, 0.9], false)).toMatchObject({place: 2, of: 3});
    expect(rankOf(0.5, [0.5, 0.7, 0.9], true)).toMatchObject({place: 1, of: 3});
  });

  it('counts only what was measured', () => {
    expect(rankOf(0.5, [0.5, null, NaN, undefined, 0.9], false)).toMatchObject({place: 2, of: 2});
    expect(rankOf(null, [0.5, 0.9], false)).toBeUndefined();
    expect(rankOf(0.5, [0.5, null], false)).toBeUndefined();
  });

  it('lets none stand out where all are equal, and all that share an end', () => {
    expect(rankTone(rankOf(0.5, [0.5, 0.5], false))).toBe('plain');
    expect(rankTone(rankOf(0.9, [0.9, 0.9, 0.1], false))).toBe('good');
    expect(rankTone(rankOf(0.1, [0.9, 0.9, 0.1], false))).toBe('bad');
    expect(rankTone(rankOf(0.5, [0.9, 0.5, 0.1], false))).toBe('plain');
    expect(rankTone(undefined)).toBe('plain');
  });
});
