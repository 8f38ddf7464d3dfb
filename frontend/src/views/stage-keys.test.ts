// SPDX-License-Identifier: Apache-2.0
import {expect, it} from 'vitest';
import {INPUT, runSide, TRUTH, type Side} from '../store/sides.js';
import {largeAfter} from './stage-keys.js';

const SIDES = [INPUT, TRUTH, runSide('a')];

function press(key: string, large: Side | null, ...held: ('shiftKey' | 'ctrlKey')[]) {
  const none = {shiftKey: false, ctrlKey: false, metaKey: false, altKey: false};
  const modifiers = Object.fromEntries(held.map((name) => [name, true]));
  return largeAfter(SIDES, large, {key, ...none, ...modifiers});
}

it('goes from all alike over each picture, and then on', () => {
  expect(press('Tab', null)).toEqual({side: INPUT, staysHere: true});
  expect(press('Tab', INPUT)).toEqual({side: TRUTH, staysHere: true});
  expect(press('Tab', TRUTH)).toEqual({side: runSide('a'), staysHere: true});
  expect(press('Tab', runSide('a'))).toEqual({side: null, staysHere: false});
});

it('goes the same way back, and leaves before the first', () => {
  expect(press('Tab', TRUTH, 'shiftKey')).toEqual({side: INPUT, staysHere: true});
  expect(press('Tab', INPUT, 'shiftKey')).toEqual({side: null, staysHere: true});
  expect(press('Tab', null, 'shiftKey')).toEqual({side: null, staysHere: false});
});

it('goes round with full stop and comma', () => {
  expect(press('.', null)?.side).toBe(INPUT);
  expect(press('.', runSide('a'))?.side).toBe(INPUT);
  expect(press(',', null)?.side).toEqual(runSide('a'));
  expect(press(',', INPUT)?.side).toEqual(runSide('a'));
  expect(press(',', TRUTH)).toEqual({side: INPUT, staysHere: true});
});

it('takes a picture that is not there any more for none', () => {
  expect(press('Tab', runSide('gone'))).toEqual({side: INPUT, staysHere: true});
});

it("leaves other keys, the browser's own, and a picture alone", () => {
  expect(press('x', INPUT)).toBeUndefined();
  expect(press('Tab', INPUT, 'ctrlKey')).toBeUndefined();
  const none = {shiftKey: false, ctrlKey: false, metaKey: false, altKey: false};
  expect(largeAfter([TRUTH], null, {key: 'Tab', ...none})).toBeUndefined();
});
