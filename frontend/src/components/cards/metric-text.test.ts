// SPDX-License-Identifier: Apache-2.0
import {describe, expect, it} from 'vitest';
import {deltaText, metricName, metricText, spreadOf, toneOf} from './metric-text.js';

describe('metricText', () => {
  it.each([
    [0.58, '0.58'],
    [31.24, '31.2'],
    [1234.5, '1235'],
    [0.0412, '0.041'],
    [0.00412, '0.0041'],
    [0, '0.00'],
    [-0.5, '−0.50'],
    [Number.NaN, 'NaN'],
    [Infinity, '∞'],
    [null, '–'],
    [undefined, '–'],
  ])('writes %s as %s', (value, text) => {
    expect(metricText(value)).toBe(text);
  });
});

it('signs a difference and keeps it visible beside larger numbers', () => {
  expect(deltaText(0.17)).toBe('+0.17');
  expect(deltaText(-0.004)).toBe('−0.0040');
  expect(deltaText(0)).toBe('0.00');
});

it('spells well-known metrics as they are known', () => {
  expect([metricName('iou'), metricName('my_score')]).toEqual(['IoU', 'my_score']);
});

describe('toneOf', () => {
  it('is good when better, whichever way better is', () => {
    expect(toneOf(0.8, 0.7, false)).toBe('good');
    expect(toneOf(0.8, 0.7, true)).toBe('bad');
  });

  it('is plain within the slack and without a number', () => {
    expect(toneOf(0.701, 0.7, false)).toBe('plain');
    expect(toneOf(null, 0.7, false)).toBe('plain');
    expect(toneOf(Number.NaN, 0.7, false)).toBe('plain');
  });
});

describe('spreadOf', () => {
  it('is the first of two runs less the second', () => {
    const spread = spreadOf(
      [
        {run: 'a', value: 0.5},
        {run: 'b', value: 0.75},
      ],
      false,
    );
    expect(spread).toEqual({value: -0.25, leader: 'b'});
  });

  it('is best less worst of more runs', () => {
    const values = [1, 4, 2].map((value, i) => ({run: String(i), value}));
    expect(spreadOf(values, true)).toEqual({value: -3, leader: '0'});
  });

  it('is nothing when fewer than two were measured', () => {
    expect(
      spreadOf(
        [
          {run: 'a', value: 0.5},
          {run: 'b', value: null},
        ],
        false,
      ),
    ).toBeNull();
  });
});
