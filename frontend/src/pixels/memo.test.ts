// SPDX-License-Identifier: Apache-2.0
import {expect, it} from 'vitest';

import {identity, Memo} from './memo.js';

it('makes a result once, until it has to go', () => {
  const made: string[] = [];
  const dropped: string[] = [];
  const memo = new Memo<string>(
    2,
    () => 1,
    (value) => dropped.push(value),
  );
  const get = (key: string) =>
    memo.get(key, () => {
      made.push(key);
      return key.toUpperCase();
    });
  expect(['a', 'b', 'a', 'c', 'a', 'b'].map(get)).toEqual(['A', 'B', 'A', 'C', 'A', 'B']);
  expect(made).toEqual(['a', 'b', 'c', 'b']);
  expect(dropped).toEqual(['B', 'C']);
});

it('still gives a result that is too large to share the room with others', () => {
  const memo = new Memo<string>(2, ({length}) => length);
  expect(memo.get('a', () => 'long')).toBe('long');
  expect(memo.get('b', () => 'x')).toBe('x');
  expect(memo.get('a', () => 'anew')).toBe('anew');
});

it('identifies objects, not their content', () => {
  const [one, other] = [{}, {}];
  expect(identity(one)).toBe(identity(one));
  expect(identity(one)).not.toBe(identity(other));
});
