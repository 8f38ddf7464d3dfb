// SPDX-License-Identifier: Apache-2.0
import {expect, it} from 'vitest';
import type {Attribute} from '../api/types.js';
import type {SampleRow} from './data.js';
import {sliceFilter, slicesOf} from './slices.js';

function row(
  id: string,
  iou: Readonly<Record<string, number | null>>,
  x: Attribute | null = null,
): SampleRow {
  const metrics = new Map(Object.entries(iou).map(([run, value]) => [run, {iou: value}]));
  return {
    id,
    metrics,
    absentFrom: [],
    changes: [],
    attributes: x === null ? {} : {x},
    flagged: false,
  };
}

it('has the mean of each run over the samples that share a value, and how many were measured', () => {
  const rows = [
    row('s0', {a: 0.5, b: 1}, 'sun'),
    row('s1', {a: 0.25, b: null}, 'rain'),
    row('s2', {a: 0.75, b: 0.5}, 'rain'),
    row('s3', {a: Infinity}, 'rain'),
    row('s4', {a: 0.125, b: 0}),
  ];
  expect(slicesOf(rows, 'x', ['a', 'b'], 'iou')).toEqual([
    {
      ...{attribute: 'x', value: 'rain', samples: ['s1', 's2', 's3']},
      scores: [
        {run: 'a', mean: 0.5, measured: 2},
        {run: 'b', mean: 0.5, measured: 1},
      ],
    },
    {
      ...{attribute: 'x', value: 'sun', samples: ['s0']},
      scores: [
        {run: 'a', mean: 0.5, measured: 1},
        {run: 'b', mean: 1, measured: 1},
      ],
    },
    {
      ...{attribute: 'x', value: null, samples: ['s4']},
      scores: [
        {run: 'a', mean: 0.125, measured: 1},
        {run: 'b', mean: 0, measured: 1},
      ],
    },
  ]);
});

it('says of a slice that nothing was measured', () => {
  const [slice] = slicesOf([row('s', {a: null}, true)], 'x', ['a', 'b'], 'iou');
  expect(slice?.scores).toEqual([
    {run: 'a', mean: null, measured: 0},
    {run: 'b', mean: null, measured: 0},
  ]);
});

it('keeps values of different types apart, and numbers in their order', () => {
  const values = [10, 9, '9', true, 'true'];
  const rows = values.map((value, i) => row(`s${i}`, {}, value));
  const found = slicesOf(rows, 'x', [], 'iou').map(({value}) => value);
  expect(new Set(found)).toEqual(new Set(values));
  expect(found.filter((value) => typeof value === 'number')).toEqual([9, 10]);
});

it('cuts many numbers into quarters, each sample in one', () => {
  const rows = Array.from({length: 20}, (_, i) => row(`s${i}`, {a: i}, i / 10));
  const slices = slicesOf([...rows, row('none', {a: 7})], 'x', ['a'], 'iou');
  expect(slices.map(({value}) => value)).toEqual([
    {low: 0, high: 0.5, isLast: false},
    {low: 0.5, high: 1, isLast: false},
    {low: 1, high: 1.5, isLast: false},
    {low: 1.5, high: 1.9, isLast: true},
    null,
  ]);
  expect(slices.map(({samples}) => samples.length)).toEqual([5, 5, 5, 5, 1]);
  expect(slices.map(({scores}) => scores[0]?.mean)).toEqual([2, 7, 12, 17, 7]);
});

it('leaves no sample out where most numbers are equal', () => {
  const rows = Array.from({length: 40}, (_, i) => row(`s${i}`, {}, i < 30 ? 0 : i));
  const slices = slicesOf(rows, 'x', [], 'iou');
  expect(slices.flatMap(({samples}) => samples)).toHaveLength(40);
});

it.each([
  ['rain', 'weather:rain'],
  ['late rain', 'weather:"late rain"'],
  [true, 'weather:true'],
  [0.25, 'weather:0.25'],
  [{low: 0.25, high: 7, isLast: false}, 'weather>=0.25 weather<7'],
  [{low: 0.25, high: 7, isLast: true}, 'weather>=0.25 weather<=7'],
  [null, null],
  ['', null],
])('is left by a filter: %j', (value, text) => {
  expect(sliceFilter({attribute: 'weather', value})).toBe(text);
});
