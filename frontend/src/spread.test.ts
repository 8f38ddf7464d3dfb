// SPDX-License-Identifier: Apache-2.0
import {describe, expect, it} from 'vitest';
import {spread} from './spread.js';

describe('spread', () => {
  it('keeps the ends and spreads the rest', () => {
    expect(spread([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 3)).toEqual([0, 5, 10]);
  });

  it('leaves a short list as it is', () => {
    expect(spread([1, 2], 3)).toEqual([1, 2]);
  });

  it('gives the last for one', () => {
    expect(spread([1, 2, 3], 1)).toEqual([3]);
  });
});
