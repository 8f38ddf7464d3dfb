// SPDX-License-Identifier: Apache-2.0
import {describe, expect, it} from 'vitest';
import {fallsOf} from './dips.js';

function dipsOf(y: readonly number[], lowerIsBetter: boolean): readonly number[] {
  return fallsOf(y, lowerIsBetter).map(({worst}) => worst);
}

describe('fallsOf', () => {
  it('finds where a curve is worse than before and after', () => {
    expect(dipsOf([0, 0.5, 0.8, 0.3, 0.35, 0.9], false)).toEqual([3]);
  });

  it('tells where a fall began', () => {
    expect(fallsOf([0.5, 0.9, 0.4, 0.35, 0.3, 0.9], false)).toEqual([{onset: 2, worst: 4}]);
  });

  it('finds a fall at the end', () => {
    expect(dipsOf([0, 0.5, 1, 0.6, 0.4], false)).toEqual([4]);
  });

  it('finds peaks where lower is better', () => {
    expect(dipsOf([1, 0.2, 0.8, 0.1], true)).toEqual([2]);
  });

  it('passes over what is small beside the whole', () => {
    expect(dipsOf([0, 0.5, 0.45, 0.6, 1], false)).toEqual([]);
  });

  it('finds each of several', () => {
    expect(dipsOf([1, 0, 1, 0, 1], false)).toEqual([1, 3]);
  });

  it.each([[[]], [[1]], [[1, 1, 1]]])('finds none in %j', (y) => {
    expect(dipsOf(y, false)).toEqual([]);
  });
});
