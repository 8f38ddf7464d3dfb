// SPDX-License-Identifier: Apache-2.0
import {describe, expect, it} from 'vitest';
import {count, formatCount, formatMetric, formatWallTime} from './numbers.js';

describe('formatMetric', () => {
  it.each([
    [0.5823, '0.58'],
    [0, '0.00'],
    [0.0123, '0.012'],
    [27.44, '27.4'],
    [1234.5, '1235'],
    [0.00004, '4.0e\u22125'],
    [-0.5, '\u22120.50'],
    [NaN, 'NaN'],
    [-Infinity, '\u2212∞'],
    [null, ''],
    [undefined, ''],
  ])('writes %d as %j', (value, text) => {
    expect(formatMetric(value)).toBe(text);
  });
});

describe('counts', () => {
  it('set thousands apart from ten thousand on', () => {
    expect([2431, 12_431].map(formatCount)).toEqual(['2431', '12\u202f431']);
  });

  it('have the noun that goes with them', () => {
    expect([count(1, 'run'), count(2, 'run'), count(5, 'class')]).toEqual([
      '1 run',
      '2 runs',
      '5 classes',
    ]);
  });
});

describe('formatWallTime', () => {
  const noon = new Date(2026, 10, 20, 12, 0, 0);

  it('names the day only when it is another', () => {
    const morning = new Date(2026, 10, 20, 8, 5, 9).getTime() / 1000;

    expect(formatWallTime(morning, noon)).toBe('08:05:09');
    expect(formatWallTime(morning - 86_400, noon)).toMatch(/\d.*08:05:09$/);
  });

  it('is silent about a time that is none', () => {
    expect(formatWallTime(NaN, noon)).toBe('');
  });
});
