// SPDX-License-Identifier: Apache-2.0
import {expect, it} from 'vitest';
import type {TagKind} from '../../api/types.js';
import {phraseText} from '../../texts/scoped-number.js';
import {kindNote} from './kind-note.js';

const IMAGE: TagKind = {name: 'image', bits: 8};
const MASK: TagKind = {name: 'mask', classes: [{id: 0}, {id: 1}], ignore: [255]};
const DEPTH: TagKind = {name: 'heatmap', bits: 16, range: [0, 80], unit: 'm'};

/** Without the marks that keep a name's direction apart. */
function note(before: TagKind, after: TagKind, lastBefore: string | null = null): string {
  const change = {run: 'a', step: '5', lastBefore, before, after};
  return phraseText(kindNote('t', change)).replace(/[\u2066-\u2069]/g, '');
}

it('says what a tag was, and what it is', () => {
  expect(note(IMAGE, MASK)).toBe(
    'a changed the kind of this tag: image (8 bits) before step 5, mask (2 classes, 255 ignored) from there on.',
  );
  expect(note(MASK, DEPTH)).toContain('heatmap (16 bits, from 0 to 80, in m) from there on');
});

it('says when only names or colours changed', () => {
  const named: TagKind = {...MASK, classes: [{id: 0, name: 'road'}, {id: 1}]};
  expect(note(MASK, named)).toBe(
    'a changed names or colours of this tag at step 5 (mask (2 classes, 255 ignored)).',
  );
});

it('names both steps where those between do not say their kind', () => {
  expect(note(IMAGE, MASK, '1')).toBe(
    'a changed the kind of this tag: image (8 bits) up to step 1, mask (2 classes, 255 ignored) from step 5 on.',
  );
  const named: TagKind = {...MASK, classes: [{id: 0, name: 'road'}, {id: 1}]};
  expect(note(MASK, named, '1')).toBe(
    'a changed names or colours of this tag between steps 1 and 5 (mask (2 classes, 255 ignored)).',
  );
});
