// SPDX-License-Identifier: Apache-2.0
import {describe, expect, it} from 'vitest';
import {isolated} from './isolated.js';

describe('isolated', () => {
  it.each(['', 'val/masks', 'Straße 5 · 道'])('leaves %j as it is', (text) => {
    expect(isolated(text)).toBe(text);
  });

  it('isolates text that is written from right to left', () => {
    expect(isolated('שלום')).toBe('\u2068שלום\u2069');
  });

  it.each(['a\u202eb', 'a\u2069\u202eb', '\u2067ab', '\u200fab'])(
    'takes marks out of %j, as they would reach beyond it',
    (text) => {
      expect(isolated(text)).toBe('\u2068ab\u2069');
    },
  );
});
