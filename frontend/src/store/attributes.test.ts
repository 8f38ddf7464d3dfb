// SPDX-License-Identifier: Apache-2.0
import {describe, expect, it} from 'vitest';
import type {Attribute, RunSamples} from '../api/types.js';
import {
  attributeNames,
  attributesOf,
  conditionText,
  meetsConditions,
  parseTextFilter,
  type Attributes,
} from './attributes.js';

const NAMES = ['weather', 'brightness', 'tunnel', 'time of day'];

function meets(text: string, attributes: Attributes): boolean {
  return meetsConditions(parseTextFilter(text, NAMES).conditions, attributes);
}

describe('a condition', () => {
  const rain = {weather: 'Rain', brightness: 0.2, tunnel: true, 'time of day': 'late night'};

  it.each([
    'weather:rain',
    'Weather=RAIN',
    'weather:snow,rain',
    'brightness:0.2',
    'brightness:2e-1',
    'brightness<0.3',
    'brightness<=0.2',
    'brightness>0.1 brightness<0.5',
    'tunnel:true',
    '"time of day":"late night"',
    'weather:',
  ])('%s holds', (text) => {
    expect(meets(text, rain)).toBe(true);
  });

  it.each([
    'weather:rai',
    'weather:snow',
    'brightness>0.2',
    'brightness:0.25',
    'brightness<dark',
    'weather<0.3',
    'tunnel:false',
    'weather:rain tunnel:false',
  ])('%s does not', (text) => {
    expect(meets(text, rain)).toBe(false);
  });

  it('does not hold for a sample that lacks the attribute', () => {
    expect(meets('weather:rain', {})).toBe(false);
    expect(meets('brightness<1', {weather: 'rain'})).toBe(false);
  });

  it('is only what names an attribute: ids and captions may hold colons', () => {
    expect(parseTextFilter('run:3 weather:rain frankfurt 12', NAMES)).toEqual({
      words: 'run:3  frankfurt 12',
      conditions: [{name: 'weather', compare: ':', values: ['rain']}],
    });
    expect(parseTextFilter('weather:rain', []).words).toBe('weather:rain');
  });

  it('can be written for any value, and is read as that', () => {
    const values: readonly Attribute[] = ['rain', 'late night', 'a,b', '3:1', 0.25, true, ''];
    for (const value of values.filter((one) => one !== '')) {
      expect(meets(conditionText('time of day', value), {'time of day': value})).toBe(true);
    }
  });
});

it('takes of several runs the first that knows an attribute', () => {
  const run = (attributes: RunSamples['attributes']): RunSamples => ({
    steps: [],
    samples: ['a', 'b'],
    metrics: {},
    changed: {},
    attributes,
  });
  const tables = [run({weather: [null, 'sun']}), run({weather: ['rain', 'fog'], n: [1, null]})];
  const known = attributesOf(tables);
  expect(known('a')).toEqual({weather: 'rain', n: 1});
  expect(known('b')).toEqual({weather: 'sun'});
  expect(known('c')).toEqual({});
  expect(attributeNames(tables)).toEqual(['weather', 'n']);
});
