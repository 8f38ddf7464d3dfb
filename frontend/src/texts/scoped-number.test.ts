// SPDX-License-Identifier: Apache-2.0
import {expect, it} from 'vitest';
import {
  joinPhrases,
  phrase,
  phraseText,
  scopedCount,
  scopedNumber,
  scopedText,
  settingNumber,
  withScope,
} from './scoped-number.js';

it.each([
  ['value', 0.58333, '0.583'],
  ['mean', 1234.5, '1235'],
  ['change', 0.2, '+0.2'],
  ['lead', 0.25, '0.25'],
  ['count', 20000, '20\u202f000'],
  ['share', 0.031, '3.1 %'],
  ['value', NaN, '–'],
  ['value', null, '–'],
] as const)('writes a %s of %s as %s', (what, value, text) => {
  expect(scopedNumber(value, {what}).text).toBe(text);
});

it('holds the number in full, and what it is of', () => {
  const scope = {what: 'value', run: 'a', step: '9007199254740993', sample: 's'} as const;
  expect(scopedNumber(1 / 3, scope)).toEqual({text: '0.333', value: '0.3333333333333333', scope});
  expect(scopedNumber(undefined, scope).value).toBe('');
  expect(scopedText('9', '9007199254740993', scope).value).toBe('9007199254740993');
  expect(settingNumber(0.5, 'threshold').scope).toEqual({what: 'setting', noun: 'threshold'});
});

it('counts one or many', () => {
  expect(phraseText(scopedCount(1, 'sample'))).toBe('1 sample');
  expect(phraseText(scopedCount(2, 'class'))).toBe('2 classes');
  expect(scopedCount(1, 'class', {tag: 't'})[0]).toMatchObject({
    scope: {what: 'count', tag: 't', noun: 'classes'},
  });
});

it('keeps numbers whole within text', () => {
  const half = scopedNumber(0.5, {what: 'value', sample: 's'});
  const inner = phrase`about ${half}`;
  const outer = joinPhrases([phrase`${inner}, or so`, ['none']], ' · ');
  expect(outer).toEqual(['about ', half, ', or so', ' · ', 'none']);
  expect(phraseText(outer)).toBe('about 0.5, or so · none');
});

it('adds what is known later, and changes nothing that is known', () => {
  const [number] = withScope([scopedNumber(1, {what: 'value', run: 'a'})], {tag: 't', run: 'b'});
  expect(number).toMatchObject({scope: {what: 'value', run: 'a', tag: 't'}});
});
