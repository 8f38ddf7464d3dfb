// SPDX-License-Identifier: Apache-2.0
import {expect, it} from 'vitest';
import type {RunSeries, TagSeries} from '../api/types.js';
import {ToldRecords} from './told-records.js';

function answer(runs: Readonly<Record<string, Readonly<Record<string, number>>>>): TagSeries {
  const series = (times: Readonly<Record<string, number>>): RunSeries => ({
    steps: Object.keys(times),
    wallTimes: Object.values(times),
    logged: 1,
    beforeRestart: [],
    samples: [],
    metrics: {},
    lowerIsBetter: [],
  });
  return {
    tag: 't',
    runs: Object.fromEntries(Object.entries(runs).map(([run, times]) => [run, series(times)])),
  };
}

it('tells of records that were written at another time', () => {
  const told = new ToldRecords();
  expect(told.take([], answer({r: {'0': 5, '1': 6, '2': 7}}))).toEqual([]);
  expect(told.take([], answer({r: {'0': 5, '1': 6, '2': 9, '3': 10}}))).toEqual([
    {run: 'r', step: '2'},
  ]);
});

it('tells of records that are gone, so that they are not shown when they come again', () => {
  const told = new ToldRecords();
  told.take([], answer({r: {'0': 5, '1': 6, '2': 7}}));
  expect(told.take([], answer({r: {'0': 5, '1': 8}}))).toEqual([
    {run: 'r', step: '1'},
    {run: 'r', step: '2'},
  ]);
  expect(told.take([], answer({r: {'0': 5, '1': 8, '2': 9}}))).toEqual([]);
});

it('tells of all records of a run that is gone', () => {
  const told = new ToldRecords();
  told.take([], answer({r: {'0': 5}, q: {'0': 6}}));
  expect(told.take(['q', 'r'], answer({q: {'0': 6}}))).toEqual([{run: 'r', step: '0'}]);
});

it('remembers the runs that an answer is not about', () => {
  const told = new ToldRecords();
  told.take([], answer({r: {'0': 5}, q: {'0': 6}}));
  expect(told.take(['q'], answer({q: {'0': 6}}))).toEqual([]);
  expect(told.take([], answer({r: {'0': 7}, q: {'0': 6}}))).toEqual([{run: 'r', step: '0'}]);
});

it('takes a time that is no number for the same one', () => {
  const told = new ToldRecords();
  told.take([], answer({r: {'0': NaN}}));
  expect(told.take([], answer({r: {'0': NaN}}))).toEqual([]);
});
