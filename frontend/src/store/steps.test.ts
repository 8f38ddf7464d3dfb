// SPDX-License-Identifier: Apache-2.0
import {describe, expect, it} from 'vitest';
import {
  compareSteps,
  formatOffset,
  formatStep,
  lowerBound,
  movedStep,
  nearestFraction,
  nearestStep,
  parseStep,
  stepFractions,
  unionOfSteps,
} from './steps.js';

const PAST_2_53 = ['9007199254740993', '9007199254740995', '4611686018427387904'];

describe('steps', () => {
  it.each([
    ['2', '10'],
    ['-10', '-2'],
    ['-1', '0'],
    ['9007199254740992', '9007199254740993'],
    ['999', '9007199254740993'],
  ])('%s comes before %s', (low, high) => {
    expect(compareSteps(low, high)).toBeLessThan(0);
    expect(compareSteps(high, low)).toBeGreaterThan(0);
  });

  it('are united in order, each once', () => {
    expect(unionOfSteps([['0', '10'], ['5', '10', '100'], PAST_2_53])).toEqual([
      '0',
      '5',
      '10',
      '100',
      ...PAST_2_53,
    ]);
  });

  it('of one list are that list', () => {
    const steps = ['1', '2'];

    expect(unionOfSteps([steps, steps])).toBe(steps);
  });

  it.each([
    ['-1', 0],
    ['4', 1],
    ['10', 2],
    ['11', 3],
  ])('not below %s begin at number %i', (step, index) => {
    expect(lowerBound(['0', '5', '10'], step)).toBe(index);
  });

  it.each([
    ['4', '0'],
    ['5', '0'],
    ['6', '10'],
    ['-7', '0'],
    ['9007199254740993', '10'],
  ])('nearest to %s is %s, the earlier of two', (step, nearest) => {
    expect(nearestStep(['0', '10'], step)).toBe(nearest);
  });

  it('nearest is exact past 2^53', () => {
    expect(nearestStep(PAST_2_53, '9007199254740994')).toBe('9007199254740993');
    expect(nearestStep(PAST_2_53, '9007199254740996')).toBe('9007199254740995');
  });

  it('nearest of none is none', () => {
    expect(nearestStep([], '1')).toBeNull();
  });

  it.each([
    ['10', 1, '20'],
    ['10', -1, '0'],
    ['0', -1, '0'],
    ['20', 99, '20'],
    ['15', 1, '20'],
    ['15', -1, '10'],
    ['15', 2, '20'],
    ['99', 1, '20'],
    ['99', -1, '20'],
  ])('from %s, %i places on, is %s', (from, by, to) => {
    expect(movedStep(['0', '10', '20'], from, by)).toBe(to);
  });

  it.each([
    ['1240', '1240'],
    ['1 240', '1240'],
    ['1\u202f240', '1240'],
    ['1,240', '1240'],
    ['\u2212007', '-7'],
    ['9007199254740993', '9007199254740993'],
    ['', null],
    ['1.5', null],
    ['step', null],
  ])('typed as %j is %j', (text, step) => {
    expect(parseStep(text)).toBe(step);
  });

  it.each([
    ['0', '0'],
    ['2000', '2000'],
    ['12000', '12\u202f000'],
    ['-1234567', '\u22121\u202f234\u202f567'],
  ])('%s is written %s', (step, text) => {
    expect(formatStep(step)).toBe(text);
  });

  it('differences are written with their sign', () => {
    expect(formatOffset(-200n)).toBe('\u2212200');
    expect(formatOffset(14_800n)).toBe('+14\u202f800');
  });

  it('lie on the slider by their value', () => {
    expect(stepFractions(['0', '10', '100'])).toEqual([0, 0.1, 1]);
    expect(stepFractions(['7'])).toEqual([0]);
  });

  it.each([
    [0, 0],
    [0.04, 0],
    [0.06, 1],
    [0.5, 1],
    [0.56, 2],
    [9, 2],
    [-3, 0],
  ])('at fraction %d is number %i', (fraction, index) => {
    expect(nearestFraction([0, 0.1, 1], fraction)).toBe(index);
  });
});
