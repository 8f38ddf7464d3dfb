// SPDX-License-Identifier: Apache-2.0
import {expect, it} from 'vitest';
import {INSTABILITY} from '../store/ranking.js';
import {tableColumns} from './table-columns.js';

function columns(metricNames: readonly string[], runs: number, width: number): readonly number[] {
  const model = {
    metric: metricNames[0] ?? null,
    metricNames,
    runs: Array.from({length: runs}, () => ({}) as never),
  };
  return tableColumns(model, 100, width);
}

it('has a column for each run that is measured, and for what compares them', () => {
  expect(columns(['iou'], 2, 1200)).toEqual([30, 260, 100, 100, 179, 179, 138, 96, 118]);
  expect(columns(['iou'], 1, 1200)).toHaveLength(7);
  expect(columns(['iou', INSTABILITY], 1, 1200)).toHaveLength(8);
  expect(columns([], 2, 1200)).toEqual([30, 260, 100, 100]);
});

it('keeps columns wide enough to read where there is no room', () => {
  const [, sample, , , run] = columns(['iou'], 9, 600);
  expect([sample, run]).toEqual([164, 92]);
});

it('has no column out of the frame while what is said of the lead may take two lines', () => {
  const all = columns(['iou', INSTABILITY], 3, 1108);
  expect(all).toEqual([30, 164, 100, 100, 92, 92, 92, 128, 96, 96, 118]);
  expect(all.reduce((sum, one) => sum + one, 0)).toBe(1108);
});
