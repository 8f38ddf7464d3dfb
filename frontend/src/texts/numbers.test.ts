// SPDX-License-Identifier: Apache-2.0
import {describe, expect, it} from 'vitest';
import {
  plural,
  formatChange,
  formatCount,
  formatMetric,
  formatNumber,
  formatPercent,
  formatWallTime,
} from './numbers.js';

describe('formatNumber', () => {
  it.each([
    [0.5823, '0.582'],
    [0.995, '0.995'],
    [0.9994, '0.999'],
    [0.9995, '0.9995'],
    [0.999999, '0.999999'],
    [0.9999991, '0.999999'],
    [-0.99996, '\u22120.99996'],
    [1 - 2 ** -53, '0.9999999999999999'],
    [1, '1'],
    [1.0004, '1.0004'],
    [1.006, '1.01'],
    [0.5, '0.5'],
    [0.0041, '0.0041'],
    [0.0123, '0.0123'],
    [0.00012345, '0.000123'],
    [0.000012, '1.2e\u22125'],
    [3e-31, '3e\u221231'],
    [5e-324, '4.94e\u2212324'],
    [0, '0'],
    [-0, '0'],
    [27.44, '27.4'],
    [999.6, '1000'],
    [1234.5, '1235'],
    [12_345_678, '1.23e7'],
    [999_999.7, '1e6'],
    [3.27e299, '3.27e299'],
    [1.7976931348623157e308, '1.8e308'],
    [-0.5, '\u22120.5'],
    [-3.27e299, '\u22123.27e299'],
    [-1.5e-9, '\u22121.5e\u22129'],
    [Infinity, '∞'],
    [-Infinity, '\u2212∞'],
    [NaN, 'NaN'],
  ])('writes %d as %j', (value, text) => {
    expect(formatNumber(value)).toBe(text);
  });
});

describe('formatChange', () => {
  it.each([
    [0.17, '+0.17'],
    [0.71 - 0.77, '\u22120.06'],
    [0, '0'],
    [-0, '0'],
    [4e-12, '+4e\u221212'],
    [Infinity, '+∞'],
  ])('writes %d as %j', (value, text) => {
    expect(formatChange(value)).toBe(text);
  });
});

describe('formatPercent', () => {
  it.each([
    [0, '0 %'],
    [0.00004, '< 0.1 %'],
    [0.0123, '1.2 %'],
    [0.1234, '12 %'],
    [0.985, '99 %'],
    [0.9949, '99.5 %'],
    [0.998, '99.8 %'],
    [0.99996, '> 99.9 %'],
    [1, '100 %'],
  ])('writes %d as %j', (share, text) => {
    expect(formatPercent(share)).toBe(text);
  });
});

describe('formatMetric', () => {
  it.each([
    [0.5823, '0.582'],
    [Infinity, '∞'],
    [NaN, '–'],
    [null, '–'],
    [undefined, '–'],
  ])('writes %s as %j', (value, text) => {
    expect(formatMetric(value)).toBe(text);
  });
});

describe('counts', () => {
  it('set thousands apart from ten thousand on', () => {
    expect([2431, 12_431].map(formatCount)).toEqual(['2431', '12\u202f431']);
  });

  it('have the noun that goes with them', () => {
    expect([plural('run', 1), plural('run', 0), plural('class')]).toEqual([
      'run',
      'runs',
      'classes',
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

  it('begins a day at 00', () => {
    expect(formatWallTime(new Date(2026, 10, 20, 0, 5, 9).getTime() / 1000, noon)).toBe('00:05:09');
  });

  it('is silent about a time that is none', () => {
    expect(formatWallTime(NaN, noon)).toBe('');
  });
});
