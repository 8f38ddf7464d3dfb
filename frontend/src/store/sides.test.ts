// SPDX-License-Identifier: Apache-2.0
import {describe, expect, it} from 'vitest';
import type {RunAtStep} from './data.js';
import {
  BEFORE,
  comparedRuns,
  EACH_RUN,
  INPUT,
  neededRecords,
  nextSide,
  paneCount,
  pinnable,
  readSide,
  referenceRun,
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
  it.each([
    TRUTH,
    INPUT,
    EACH_RUN,
    runSide('a:b@c, d/'),
    runSide('', '-5'),
    runSide(null, '4000'),
    runSide(null, BEFORE),
  ])('is read from a link as it was written: %j', (side) => {
    expect(readSide(writeSide(side))).toEqual(side);
  });

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

describe('the step before', () => {
  const before = {a: runSide(null, BEFORE), b: EACH_RUN};
  const [x] = MODEL.runs;

  it('is the one that the run itself has', () => {
    expect(referenceRun(MODEL, before, x!)?.step).toBe('0');
    expect(referenceRun(MODEL, before, run('y', '20', ['10', '20']))?.step).toBe('10');
    expect(referenceRun(MODEL, {...before, a: runSide('y', BEFORE)}, x!)).toMatchObject({
      run: 'y',
      step: '10',
      offset: 0n,
    });
  });

  it('is none at the first step', () => {
    expect(referenceRun(MODEL, before, run('x', '0', ['0', '20']))).toBeUndefined();
    expect(comparedRuns(MODEL, {a: TRUTH, b: runSide('z', BEFORE)})).toMatchObject([{step: '0'}]);
    const first = {runs: [run('x', '0', ['0', '20'])], named: []};
    expect(comparedRuns(first, {a: TRUTH, b: runSide(null, BEFORE)})).toEqual([]);
  });

  it('moves with the step that is fetched, and can’t be pinned', () => {
    const model = {runs: [run('x', '20', ['0', '10', '20'])], named: []};
    expect(neededRecords(model, before, () => '10')).toEqual([
      {run: 'x', step: '10'},
      {run: 'x', step: '0'},
    ]);
    expect(neededRecords(model, before, () => '0')).toEqual([{run: 'x', step: '0'}]);
    expect(pinnable(runSide('x', BEFORE), 'a')).toBe(false);
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
