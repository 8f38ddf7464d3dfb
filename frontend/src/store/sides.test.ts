// SPDX-License-Identifier: Apache-2.0
import {describe, expect, it} from 'vitest';
import type {RunAtStep} from './data.js';
import {
  comparedRuns,
  EACH_RUN,
  INPUT,
  neededRecords,
  nextSide,
  paneCount,
  readSide,
  runSide,
  TRUTH,
  writeSide,
} from './sides.js';

function run(name: string, step: string, steps: readonly string[]): RunAtStep {
  return {
    run: name,
    color: '',
    kind: {name: 'image'},
    steps,
    step,
    offset: 0n,
    wallTime: 0,
    outdated: false,
    averaged: {},
    metrics: {},
  };
}

const MODEL = {
  runs: [run('x', '20', ['0', '20']), run('y', '20', ['10', '20'])],
  named: [run('z', '10', ['0', '10'])],
};

describe('a side', () => {
  it.each([TRUTH, INPUT, EACH_RUN, runSide('a:b@c, d/'), runSide('', '-5'), runSide(null, '4000')])(
    'is read from a link as it was written: %j',
    (side) => {
      expect(readSide(writeSide(side))).toEqual(side);
    },
  );

  it.each(['', 'nothing', 'run:%E0', 'run@', 'run@x', 'truth@5', 'run:a@1@2'])(
    'is nothing where it can’t be read: %s',
    (text) => {
      expect(readSide(text)).toBeUndefined();
    },
  );

  it('follows on the one before, whether that stays at its step or not', () => {
    expect(nextSide(TRUTH, ['x'])).toEqual(INPUT);
    expect(nextSide(INPUT, ['x'])).toEqual(runSide('x'));
    expect(nextSide(runSide('x', '5'), ['x'])).toEqual(TRUTH);
    expect(nextSide(runSide('gone'), ['x'])).toEqual(TRUTH);
  });
});

describe('the records that are needed', () => {
  const at = (sides: {a: typeof TRUTH; b: typeof TRUTH}) =>
    neededRecords(MODEL, sides, ({step}) => step).map(({run: name, step}) => `${name} ${step}`);

  it('are those of the runs that are on, and of those that A and B name', () => {
    expect(at({a: TRUTH, b: EACH_RUN})).toEqual(['x 20', 'y 20', 'z 10']);
    expect(at({a: runSide('z', '0'), b: EACH_RUN})).toEqual(['x 20', 'y 20', 'z 10', 'z 0']);
    expect(at({a: runSide(null, '0'), b: EACH_RUN})).toEqual([
      'x 20',
      'y 20',
      'z 10',
      'x 0',
      'y 10',
    ]);
  });
});

describe('panes', () => {
  it('are as many as are shown', () => {
    expect(paneCount(MODEL, {a: TRUTH, b: EACH_RUN}, true)).toBe(4);
    expect(paneCount(MODEL, {a: runSide('x'), b: EACH_RUN}, false)).toBe(3);
    expect(paneCount(MODEL, {a: runSide('x', '0'), b: EACH_RUN}, false)).toBe(4);
    expect(paneCount(MODEL, {a: runSide('z'), b: runSide('x', '0')}, false)).toBe(3);
    expect(paneCount(MODEL, {a: TRUTH, b: INPUT}, true)).toBe(2);
  });

  it('are of the nearest step where the run has not got that one', () => {
    const [only] = comparedRuns(MODEL, {a: TRUTH, b: runSide('y', '3')});
    expect(only).toMatchObject({run: 'y', step: '10', offset: 7n});
  });
});
