// SPDX-License-Identifier: Apache-2.0
import {expect, it} from 'vitest';
import {parseTextFilter} from '../store/text-filter.js';
import {filterPlaceholder, filterTitle} from './filter-help.js';

const METRIC = 'mae as drawn';
const ATTRIBUTE = 'time of day';
const NAMES = {metrics: [METRIC], attributes: [ATTRIBUTE]};
const drawn = {metric: METRIC, metricNames: [METRIC], attributeNames: []};
const both = {...drawn, attributeNames: [ATTRIBUTE]};
const attributed = {metric: null, metricNames: [], attributeNames: [ATTRIBUTE]};

it('quotes names with spaces, as the filter wants them', () => {
  expect(filterPlaceholder(drawn)).toBe('words or "mae as drawn"<…');
  expect(filterPlaceholder(attributed)).toBe('words or "time of day":…');
  const title = filterTitle(both);
  expect(title).toContain('"mae as drawn"<0.7 or "mae as drawn">=0.5');
  expect(title).toContain('"time of day":value, or a number: "time of day"<0.5');
});

it('leaves plain names as they are', () => {
  expect(filterPlaceholder({...drawn, metric: 'iou'})).toBe('words or iou<…');
  expect(filterPlaceholder({...attributed, attributeNames: ['city']})).toBe('words or city:…');
});

it('writes what the filter understands', () => {
  const written = filterTitle(both).match(/\S*"[^"]+"(?:<|>=|:)[\w.]+/g) ?? [];
  expect(written).toHaveLength(4);
  for (const condition of written) {
    const {conditions, problem} = parseTextFilter(condition, NAMES);
    expect([condition, problem, conditions.length]).toEqual([condition, null, 1]);
  }
});
