// SPDX-License-Identifier: Apache-2.0
import {expect, it} from 'vitest';
import type {RunSamples} from '../api/types.js';
import {attributeNames, attributesOf} from './attributes.js';

it('takes of several runs the first that knows an attribute', () => {
  const run = (attributes: RunSamples['attributes']): RunSamples => ({
    steps: [],
    samples: ['a', 'b'],
    metrics: {},
    changed: {},
    missing: {},
    attributes,
  });
  const tables = [run({weather: [null, 'sun']}), run({weather: ['rain', 'fog'], n: [1, null]})];
  const known = attributesOf(tables);
  expect(known('a')).toEqual({weather: 'rain', n: 1});
  expect(known('b')).toEqual({weather: 'sun'});
  expect(known('c')).toEqual({});
  expect(attributeNames(tables)).toEqual(['weather', 'n']);
});
