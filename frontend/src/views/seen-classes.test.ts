// SPDX-License-Identifier: Apache-2.0
import {expect, it} from 'vitest';
import type {TagKind} from '../api/types.js';
import {defaultDisplay, knownTag} from '../kinds/registry.js';
import type {Picture} from '../kinds/kind.js';
import {SeenClasses} from './seen-classes.js';

const KIND: TagKind = {
  name: 'mask',
  classes: [
    {id: 7, name: 'sky'},
    {id: 1, name: 'car'},
    {id: 2, name: 'tree'},
  ],
  ignore: [255],
};

function maskOf(kind: TagKind, ...data: number[]): Picture {
  const raster = {width: data.length, height: 1, channels: 1, bits: 8, data: Uint8Array.from(data)};
  const known = knownTag(kind)!;
  return known.kind.build(known.facts, {}, raster as never)!;
}

function seenIn(pictures: readonly Picture[], display = defaultDisplay, kinds = [KIND]) {
  const seen = new SeenClasses();
  for (const picture of pictures) {
    seen.add(picture, display);
  }
  return seen.inOrder(kinds).map(({style, pixels}) => [style.name, pixels]);
}

it('lists those that occur in the order of the tag, then others by id, without what is ignored', () => {
  const pictures = [maskOf(KIND, 9, 9, 1, 255), maskOf(KIND, 7, 1, 3)];
  expect(seenIn(pictures)).toEqual([
    ['sky', 1],
    ['car', 2],
    ['3', 1],
    ['9', 2],
  ]);
});

it('leaves out the background of a mask that lies on an input', () => {
  const kind = {...KIND, classes: [{id: 0, name: 'background'}, ...(KIND.classes ?? [])]};
  const seen = new SeenClasses();
  seen.add(maskOf(kind, 0, 1), defaultDisplay, true);
  expect(seen.inOrder([kind]).map(({style}) => style.name)).toEqual(['car']);
});

it('leaves out classes that are hidden', () => {
  const display = {...defaultDisplay, mask: {hidden: new Set([1]), isolated: null}};
  expect(seenIn([maskOf(KIND, 7, 1)], display)).toEqual([['sky', 1]]);
});

it('names a class twice that two runs call by two names', () => {
  const other = {...KIND, classes: [{id: 1, name: 'auto'}]};
  expect(seenIn([maskOf(KIND, 1), maskOf(other, 1)], defaultDisplay, [KIND, other])).toEqual([
    ['car', 1],
    ['auto', 1],
  ]);
});
