// SPDX-License-Identifier: Apache-2.0
import {expect, it} from 'vitest';
import {cutName, nameParts} from './cut-name.js';

it.each([
  ['', '', ''],
  ['segformer-b5', 'segformer-b5', ''],
  ['experiment/segformer-b5/lr_1e-3/seed_17', 'experiment/segformer-b5/lr_', '1e-3/seed_17'],
])('%j is cut between %j and %j', (name, head, tail) => {
  expect(nameParts(name)).toEqual([head, tail]);
});

it('is cut nearer to its end where there is very little room', () => {
  expect(nameParts('frankfurt_000294', 6)).toEqual(['frankfurt_', '000294']);
  expect(nameParts('lindau_00012', 6)).toEqual(['lindau_00012', '']);
});

it('never cuts a character', () => {
  const [head, tail] = nameParts('👩‍🔬'.repeat(30));
  expect([head, tail]).toEqual(['👩‍🔬'.repeat(18), '👩‍🔬'.repeat(12)]);
  expect(nameParts('👩‍🔬'.repeat(9))[1]).toBe('');
});

it('keeps a name whole whose direction turns', () => {
  expect(nameParts('\u05d0'.repeat(60))[1]).toBe('');
});

it.each([
  [50, 'experiment/segformer-b5/lr_1e-3/seed_17'],
  [20, 'experim…1e-3/seed_17'],
  [13, '…1e-3/seed_17'],
  [6, 'exper…'],
  [0, ''],
])('a name in a room of %d characters is %j', (room, shown) => {
  const fits = (text: string) => text.length <= room;
  expect(cutName('experiment/segformer-b5/lr_1e-3/seed_17', fits)).toBe(shown);
});
