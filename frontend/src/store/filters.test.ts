// SPDX-License-Identifier: Apache-2.0
import {describe, expect, it} from 'vitest';
import {regexpFilter} from './filters.js';

describe('regexpFilter', () => {
  it('finds anywhere, in any case', () => {
    const {test, error} = regexpFilter('val/(seg|DEPTH)');

    expect(['val/segmentation', 'x/val/depth', 'val/other'].filter(test)).toEqual([
      'val/segmentation',
      'x/val/depth',
    ]);
    expect(error).toBeNull();
  });

  it('says what is wrong with an invalid expression, and hides nothing', () => {
    const {test, error} = regexpFilter('val/(');

    expect(error).toMatch(/group/i);
    expect(test('anything')).toBe(true);
  });
});
