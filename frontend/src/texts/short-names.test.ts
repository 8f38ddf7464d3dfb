// SPDX-License-Identifier: Apache-2.0
import {describe, expect, it} from 'vitest';
import {shortNames} from './short-names.js';

describe('shortNames', () => {
  it.each([
    [
      ['sweep/lr=1e-2,seed=0', 'sweep/lr=1e-3,seed=0', 'sweep/lr=1e-3,dice,seed=0'],
      ['lr=1e-2', 'lr=1e-3', 'lr=1e-3, dice'],
    ],
    [
      ['a/x', 'b/x'],
      ['a', 'b'],
    ],
    // Of one name that is the beginning of the other nothing would be left.
    [
      ['run', 'run/eval'],
      ['run', 'eval'],
    ],
    [
      ['a/b', 'b/a'],
      ['a/b', 'b/a'],
    ],
    [
      ['a/b/b', 'a/b/c', 'a/c/b'],
      ['a/b/b', 'a/b/c', 'a/c/b'],
    ],
    [
      ['a,b', 'a b', 'c'],
      ['a,b', 'a b', 'c'],
    ],
    [['runs/only'], ['runs/only']],
    [[], []],
  ])('of %j are %j', (names, short) => {
    expect([...shortNames(names).values()]).toEqual(short);
  });

  it('are never the same for two runs', () => {
    const names = ['x/a,b', 'x/a b', 'x/a', 'x', 'x/b'];
    expect(new Set(shortNames(names).values()).size).toBe(names.length);
  });
});
