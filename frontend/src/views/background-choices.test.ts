// SPDX-License-Identifier: Apache-2.0
import {expect, it} from 'vitest';
import {backgroundChoices} from './background-choices.js';

const STYLES = [
  {id: 1, name: 'road', color: 0, ignored: false},
  {id: 255, name: 'void', color: 0, ignored: true},
];
const KNOWN = [
  {value: '', label: 'automatic'},
  {value: 'none', label: 'none'},
  {value: '1', label: 'road'},
];

it('offers the classes that are judged', () => {
  for (const chosen of [null, 'none', 1] as const) {
    expect(backgroundChoices(STYLES, chosen)).toEqual(KNOWN);
  }
});

it('has the chosen class where the tag does not list it or ignores it', () => {
  const unlisted = {value: '77', label: 'class 77, not listed'};
  expect(backgroundChoices(STYLES, 77)).toEqual([...KNOWN, unlisted]);
  const ignored = {value: '255', label: 'void, ignored'};
  expect(backgroundChoices(STYLES, 255)).toEqual([...KNOWN, ignored]);
});

it('does not call class 0 unlisted, which is background where a list leaves it out', () => {
  expect(backgroundChoices(STYLES, 0)).toEqual([...KNOWN, {value: '0', label: 'class 0'}]);
});
