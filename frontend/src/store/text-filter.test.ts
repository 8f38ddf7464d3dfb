// SPDX-License-Identifier: Apache-2.0
import {describe, expect, it} from 'vitest';
import type {Attribute} from '../api/types.js';
import {
  conditionText,
  parseTextFilter,
  passes,
  quoted,
  rangeText,
  type Described,
} from './text-filter.js';

const NAMES = {
  attributes: ['weather', 'brightness', 'tunnel', 'time of day'],
  metrics: ['iou', 'dice-hard', 'brightness', 'val/lpips'],
};
const RAIN: Described = {
  sample: 'frankfurt_000012',
  caption: 'Night, wet road',
  attributes: {weather: 'Rain', brightness: 0.2, tunnel: true, 'time of day': 'late night'},
  metrics: [
    {iou: 0.5, 'dice-hard': 0.75, brightness: 9},
    {iou: 0.9, 'dice-hard': null},
  ],
};

function holds(text: string, described: Partial<Described> = {}): boolean {
  return passes(parseTextFilter(text, NAMES), {...RAIN, ...described});
}

function problem(text: string): string | null {
  return parseTextFilter(text, NAMES).problem;
}

describe('a filter', () => {
  it.each([
    '',
    'weather:rain',
    'Weather=RAIN',
    'weather==rain',
    'weather:snow,rain',
    'brightness:0.2',
    'brightness:2e-1',
    'brightness<0.3',
    'brightness<=0.2',
    'brightness>0.1 brightness<0.5',
    'tunnel:true',
    '"time of day":"late night"',
    'weather:',
    'iou<',
    'iou<0.7',
    'iou<=0.5',
    'iou≤0.5',
    'IoU < 0.7',
    'iou>0.5',
    'iou >= 0.9 frankfurt',
    'dice-hard>0.7',
    'rain',
    'late',
    'RAIN wet',
    '12 frankfurt',
    '"wet road"',
    '"wet ro',
  ])('%s holds', (text) => {
    expect(holds(text)).toBe(true);
    expect(problem(text)).toBeNull();
  });

  it.each([
    'weather:rai',
    'weather:snow',
    'brightness>0.2',
    'brightness:0.25',
    'weather<0.3',
    'tunnel:false',
    'weather:rain tunnel:false',
    'iou<0.5',
    'iou>0.9',
    'dice-hard<0.7',
    'val/lpips<0.5',
    'true',
    'rain snow',
    '"road wet"',
    'run:3',
  ])('%s does not', (text) => {
    expect(holds(text)).toBe(false);
    expect(problem(text)).toBeNull();
  });

  it('does not hold for a sample that lacks what is asked for', () => {
    expect(holds('weather:rain', {attributes: {}})).toBe(false);
    expect(holds('brightness<1', {attributes: {weather: 'rain'}})).toBe(false);
    expect(holds('iou<1', {metrics: []})).toBe(false);
    expect(holds('iou<1', {metrics: [{iou: null}]})).toBe(false);
  });

  it('asks one run for all that is said of metrics', () => {
    expect(holds('iou>0.4 iou<0.6')).toBe(true);
    expect(holds('iou>0.6 iou<0.8')).toBe(false);
    expect(holds('iou>0.8 dice-hard>0.7')).toBe(false);
    expect(holds('iou<0.6 dice-hard>0.7 weather:rain')).toBe(true);
  });

  it('leaves nothing out for metrics that are not known yet', () => {
    expect(holds('iou<0.1', {metrics: undefined})).toBe(true);
    expect(holds('iou<0.1 weather:snow', {metrics: undefined})).toBe(false);
  });

  it('takes a name as it is written before one in another case', () => {
    const names = {attributes: ['Depth', 'depth', 'Score'], metrics: ['IoU', 'iou', 'score']};
    const named = (text: string) =>
      parseTextFilter(text, names).conditions.map(({of, name}) => [of, name]);
    expect(named('Depth<1 depth<1 IoU<1 iou<1 score<1')).toEqual([
      ['attribute', 'Depth'],
      ['attribute', 'depth'],
      ['metric', 'IoU'],
      ['metric', 'iou'],
      ['metric', 'score'],
    ]);
    expect(named('SCORE<1 IOU<1')).toEqual([
      ['attribute', 'Score'],
      ['metric', 'IoU'],
    ]);
  });

  it.each([
    ['iuo<0.7', '“iuo” is no metric or attribute here; known are iou, '],
    ['iou<high', '“high” is no number, as in iou<0.7'],
    ['iou<0,7', '“0,7” is no number, as in iou<0.7'],
    ['brightness>=dark', '“dark” is no number, as in brightness>=0.7'],
    ['iou=0.7', 'A metric takes <, <=, > or >=, as in iou<0.7'],
    ['<0.7', '“<0.7” lacks the name of a metric or attribute before it'],
  ])('leaves out %s, and says why', (text, message) => {
    expect(problem(text)).toContain(message);
    expect(holds(text)).toBe(true);
    expect(holds(`${text} weather:snow`)).toBe(false);
  });

  it('takes a colon for one of an id or a caption where it names nothing', () => {
    expect(parseTextFilter('run:3 weather:rain frankfurt 12', NAMES)).toEqual({
      words: ['run:3', 'frankfurt', '12'],
      conditions: [{of: 'attribute', name: 'weather', compare: ':', values: ['rain']}],
      problem: null,
    });
    expect(parseTextFilter('weather:rain', {attributes: [], metrics: []}).words).toEqual([
      'weather:rain',
    ]);
  });

  it('can be written for any value, and is read as that', () => {
    const values: readonly Attribute[] = ['rain', 'late night', 'a,b', '3:1', '≥ 2', 0.25, true];
    for (const value of values) {
      const attributes = {'time of day': value};
      expect(holds(conditionText('time of day', value), {attributes})).toBe(true);
    }
    expect(holds(rangeText('brightness', 0.2, 0.3, false))).toBe(true);
    expect(holds(rangeText('brightness', 0.1, 0.2, false))).toBe(false);
  });
});

describe('a text with quotes', () => {
  it.each(['5" gun', '"', 'a""b', '" and "'])('%s is typed so that it is found again', (value) => {
    const described = {attributes: {weather: value}, caption: undefined};
    expect(holds(conditionText('weather', value), described)).toBe(true);
    expect(holds(conditionText('weather', `${value}x`), described)).toBe(false);
    expect(holds(quoted(value), described)).toBe(true);
    expect(problem(`${conditionText('weather', value)} iou<0.7`)).toBeNull();
  });
});

it('a number may have the minus that the page writes', () => {
  const described = {attributes: {brightness: -0.2}};
  expect(holds('brightness<\u22120.1', described)).toBe(true);
  expect(holds('brightness:\u22120.2', described)).toBe(true);
  expect(holds('brightness>\u22120.1', described)).toBe(false);
  expect(problem('brightness<\u2212x')).toContain('is no number');
});
