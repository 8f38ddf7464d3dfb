// SPDX-License-Identifier: Apache-2.0
import {describe, expect, it} from 'vitest';
import type {Metric, RunSamples} from '../api/types.js';
import type {Order, SampleFilter} from './view.js';
import {filtered, ranked, type PixelsBySample, type Ranking, type ScoreTable} from './ranking.js';
import {parseTextFilter} from './text-filter.js';

function run(
  rows: Readonly<Record<string, readonly Metric[]>>,
  steps: readonly string[] = ['0', '10'],
): RunSamples {
  return {
    steps,
    samples: Object.keys(rows),
    metrics: {iou: Object.values(rows)},
    changed: {},
    missing: {},
    attributes: {},
  };
}

function order(
  by: Order | readonly Order[],
  runs: readonly RunSamples[],
  options: Partial<Ranking> & {lowerIsBetter?: boolean} = {},
) {
  const {lowerIsBetter = false, ...rest} = options;
  const table: ScoreTable = {runs, metric: 'iou', lowerIsBetter};
  const samples = [...new Set(runs.flatMap((each) => each.samples))];
  const keys = [by].flat().map((one) => ({by: one, table}));
  return ranked(samples, {
    keys,
    at: '10',
    since: '0',
    flagged: new Set(),
    confused: undefined,
    ...rest,
  }).join('');
}

const ONE = run({a: [0.9, 0.5], b: [0.1, 0.8], c: [0.7, 0.2]});

describe('ranked', () => {
  it('keeps the order of the dataset', () => {
    expect(order('dataset', [ONE])).toBe('abc');
  });

  it('by id counts numbers as numbers', () => {
    expect(order('id', [run({s10: [1, 1], s9: [1, 1], s1: [1, 1]})])).toBe('s1s9s10');
  });

  it('puts the worst or best score first', () => {
    expect(order('worst', [ONE])).toBe('cab');
    expect(order('best', [ONE])).toBe('bac');
  });

  it('puts the highest first as worst where lower is better', () => {
    expect(order('worst', [ONE], {lowerIsBetter: true})).toBe('bac');
  });

  it('counts the run in which a sample is worst', () => {
    const other = run({a: [0.5, 0.1], b: [0.5, 0.9], c: [0.5, 0.9]});

    expect(order('worst', [ONE, other])).toBe('acb');
  });

  it('puts what fell most first, and what rose most', () => {
    expect(order('regressed', [ONE])).toBe('cab');
    expect(order('improved', [ONE])).toBe('bac');
  });

  it('puts what changed most in any run first, and what was not measured last', () => {
    const other = run({a: [null, 0.6], b: [null, null], c: [null, 0.1]});
    expect(order('unstable', [other], {lowerIsBetter: true})).toBe('acb');
    expect(order('unstable', [ONE, other], {lowerIsBetter: true})).toBe('bac');
  });

  it('sees a rise as a regression where lower is better', () => {
    expect(order('regressed', [ONE], {lowerIsBetter: true})).toBe('bac');
  });

  it('puts the largest difference between runs first', () => {
    const other = run({a: [0, 0.5], b: [0, 0.1], c: [0, 0.4]});

    expect(order('runs', [ONE, other])).toBe('bca');
  });

  it('puts the largest lead over the next run first', () => {
    const second = run({a: [0, 0.3], b: [0, 0.1], c: [0, 0.4]});
    const third = run({a: [0, 0.1], b: [0, 0.7], c: [0, 0.36]});

    expect(order('lead', [ONE, second, third])).toBe('abc');
    expect(order('lead', [ONE, second, third], {lowerIsBetter: true})).toBe('bac');
  });

  it('puts flagged samples first', () => {
    expect(order('flagged', [ONE], {flagged: new Set(['c', 'b'])})).toBe('bca');
  });

  it('puts in order by a second key what is equal by the first', () => {
    const flagged = new Set(['c', 'b']);

    expect(order(['flagged', 'best'], [ONE], {flagged})).toBe('bca');
    expect(order(['flagged', 'worst'], [ONE], {flagged})).toBe('cba');
    expect(order(['best', 'id'], [run({b: [0, 1], a: [0, 1], c: [0, 0.5]})])).toBe('abc');
  });

  it('takes the step nearest to the one asked for', () => {
    expect(order('worst', [ONE], {at: '2'})).toBe('bca');
  });

  it('puts what has no finite score last, in the order given', () => {
    expect(order('worst', [run({x: [0, null], y: [0, NaN], a: [0, 0.5], b: [0, 0.1]})])).toBe(
      'baxy',
    );
  });

  it('leaves equals in the order given', () => {
    expect(order('worst', [run({b: [0, 1], a: [0, 1], c: [0, 1]})])).toBe('bac');
  });
});

it('puts the most confused first, and what is not known last', () => {
  const confused = new Map([
    ['a', null],
    ['b', 3],
    ['c', 70],
  ]);
  expect(order('confusion', [ONE], {confused})).toBe('cba');
  expect(order('confusion', [ONE])).toBe('abc');
});

describe('filtered', () => {
  const none: SampleFilter = {text: '', metric: null, min: null, max: null, flagged: false};
  const table: ScoreTable = {runs: [ONE], metric: 'iou', lowerIsBetter: false};
  const captions = new Map([['b', 'Night, rain']]);
  const filter = (change: Partial<SampleFilter>, confused?: PixelsBySample) =>
    filtered(['a', 'b', 'c'], {...none, ...change}, table, '10', {
      text: parseTextFilter(change.text ?? '', {attributes: ['weather'], metrics: ['iou']}),
      describe: (sample) => ({
        sample,
        caption: captions.get(sample),
        attributes: sample === 'c' ? {weather: 'rain'} : {},
        metrics: [{iou: sample === 'b' ? 0.3 : 0.8}],
      }),
      flagged: new Set(['a', 'c']),
      confused,
    }).join('');

  it('lets all through when it is empty', () => {
    expect(filter({})).toBe('abc');
  });

  it('finds text in ids and captions, in any case', () => {
    expect(filter({text: 'NIGHT'})).toBe('b');
    expect(filter({text: ' c '})).toBe('c');
  });

  it('takes conditions on metrics', () => {
    expect(filter({text: 'iou<0.7'})).toBe('b');
  });

  it('takes conditions on attributes, along with words', () => {
    expect(filter({text: 'weather:rain'})).toBe('c');
    expect(filter({text: 'weather:rain b'})).toBe('');
    expect(filter({text: 'weather:rain', min: 0.45})).toBe('');
  });

  it('includes both ends of a range', () => {
    expect(filter({min: 0.2, max: 0.5})).toBe('ac');
  });

  it('lets only flagged samples through where asked', () => {
    expect(filter({flagged: true})).toBe('ac');
    expect(filter({flagged: true, min: 0.5})).toBe('a');
  });

  it('lets only samples with the chosen confusion through', () => {
    const confused = new Map([
      ['a', 0],
      ['b', 3],
      ['c', null],
    ]);
    expect(filter({}, confused)).toBe('b');
    expect(filter({text: 'weather:rain'}, confused)).toBe('');
  });

  it('may be open at one end', () => {
    expect(filter({min: 0.5})).toBe('ab');
  });
});
