// SPDX-License-Identifier: Apache-2.0
import {describe, expect, it} from 'vitest';
import {fallsOf} from './dips.js';

describe('fallsOf', () => {
  it('finds where a curve fell', () => {
    expect(fallsOf([0, 0.5, 0.8, 0.3, 0.35, 0.9], false)).toEqual([3]);
  });

  it('tells where it fell, not where it was worst', () => {
    expect(fallsOf([0.5, 0.9, 0.4, 0.35, 0.3, 0.9], false)).toEqual([2]);
  });

  it('finds a fall at the end', () => {
    expect(fallsOf([0, 0.5, 1, 0.6, 0.4], false)).toEqual([3]);
  });

  it('finds peaks where lower is better', () => {
    expect(fallsOf([1, 0.2, 0.8, 0.1], true)).toEqual([2]);
  });

  it('ignores dips that are small compared with the whole', () => {
    expect(fallsOf([0, 0.5, 0.45, 0.6, 1], false)).toEqual([]);
  });

  it('finds each of several', () => {
    expect(fallsOf([1, 0, 1, 0, 1], false)).toEqual([1, 3]);
  });

  it('compares only means over the same samples', () => {
    expect(fallsOf([0.9, 0.9, 0.3, 0.3], false, ['all', 'all', 'hard', 'hard'])).toEqual([]);
    expect(fallsOf([0.9, 0.3, 0.5, 0.1], false, ['all', 'hard', 'all', 'hard'])).toEqual([2, 3]);
  });

  it.each([[[]], [[1]], [[1, 1, 1]]])('finds none in %j', (y) => {
    expect(fallsOf(y, false)).toEqual([]);
  });
});
