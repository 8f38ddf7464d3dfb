// SPDX-License-Identifier: Apache-2.0
import {describe, expect, it} from 'vitest';
import {phraseText} from '../texts/scoped-number.js';
import {
  averagedCaption,
  averagedPhrase,
  averagedTitle,
  companyOf,
  samplesText,
} from './averaged-samples.js';

const SIX = {count: 6, logged: 6, mark: 'six'};
const TWO = {count: 2, logged: 2, mark: 'two'};
const OTHER_TWO = {count: 2, logged: 2, mark: 'other'};
const PART = {count: 3, logged: 4, mark: 'three'};

function said(own: typeof SIX | undefined, ...all: readonly (typeof SIX | undefined)[]) {
  const company = companyOf(all);
  return [phraseText(averagedPhrase(own, company, {})), averagedTitle(own, company)];
}

describe('a mean among others', () => {
  it('says in full only of how many samples it is where all are over the same', () => {
    expect(said(SIX, SIX, SIX, undefined)).toEqual(['', ', of 6 samples']);
    expect(said(undefined, SIX, undefined)).toEqual(['', '']);
  });

  it('says at once that it is over fewer than others', () => {
    expect(said(TWO, SIX, TWO)).toEqual([' of 2', ', of 2 samples; others here are of 6']);
    expect(said(SIX, TWO, SIX)).toEqual([
      '',
      ', of 6 samples; not all others here are of the same samples',
    ]);
  });

  it('is held against what most are over', () => {
    expect(said(SIX, TWO, SIX, TWO)[0]).toBe(' of 6');
  });

  it('says that it is over others, if as many', () => {
    expect(said(OTHER_TWO, TWO, TWO, OTHER_TWO)).toEqual([
      ' of other 2',
      ', of 2 samples; others here are of 2 that are not the same',
    ]);
  });

  it('says what it leaves out, even if all do', () => {
    expect(said(PART, PART, PART)).toEqual([
      ' of 3 of 4',
      ', of 3 of 4 samples, as the others were not measured or are infinite',
    ]);
    expect(samplesText({...PART, count: 1, logged: 1})).toBe('1 sample');
  });

  it('names its samples in the scopes of the numbers', () => {
    const place = {tag: 'val', run: 'r', step: '1', metric: 'iou'};
    expect(averagedPhrase(PART, companyOf([PART]), place)).toEqual([
      ' of ',
      {text: '3', value: '3', scope: {...place, what: 'count', noun: 'samples'}},
      ' of ',
      {text: '4', value: '4', scope: {...place, what: 'count', noun: 'logged samples'}},
    ]);
  });
});

describe('the caption of many means', () => {
  it.each([
    [[SIX, undefined, SIX], ''],
    [[SIX, TWO], 'over different samples'],
    [[TWO, OTHER_TWO], 'over different samples'],
    [[PART, PART], 'some samples left out'],
    [[], ''],
  ])('of %j is %j', (means, caption) => {
    expect(averagedCaption(means)).toBe(caption);
  });
});
