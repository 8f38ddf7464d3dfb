// SPDX-License-Identifier: Apache-2.0
import {expect, it} from 'vitest';
import {ALL_KINDS} from './registry.js';

it('has switches that links can name, each of one kind', () => {
  const ids = ALL_KINDS.flatMap(({switches = []}) => switches.map(({id}) => id));
  expect(ids).toContain('arrows');
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.filter((id) => !/^[a-z]{1,40}$/i.test(id))).toEqual([]);
});
