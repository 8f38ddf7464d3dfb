// SPDX-License-Identifier: Apache-2.0
import {describe, expect, it} from 'vitest';
import {visibleRange} from './visible-range.js';

describe('visibleRange', () => {
  it('holds what is seen, also in part, and some more at both ends', () => {
    expect(visibleRange(100, 10, 100, 25, 0)).toEqual({first: 10, end: 13});
    expect(visibleRange(100, 10, 105, 25, 2)).toEqual({first: 8, end: 15});
  });

  it('ends where the list does', () => {
    expect(visibleRange(3, 10, 0, 500, 2)).toEqual({first: 0, end: 3});
    expect(visibleRange(3, 10, 900, 50, 2)).toEqual({first: 3, end: 3});
    expect(visibleRange(0, 10, 0, 50, 2)).toEqual({first: 0, end: 0});
  });
});
