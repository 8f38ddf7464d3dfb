// SPDX-License-Identifier: Apache-2.0
import {expect, it} from 'vitest';
import {compactOffset} from './compact-offset.js';

it.each([
  [-9950n, '\u22129.9k'],
  [999n, '+999'],
  [1000n, '+1.0k'],
  [-12_345n, '\u221212k'],
  [5_000_000n, '+5.0M'],
  [-123_456_789_012n, '\u2212123G'],
  [10n ** 18n, '+1000000T'],
])('writes an offset of %d steps as %j', (offset, text) => {
  expect(compactOffset(offset)).toBe(text);
});
