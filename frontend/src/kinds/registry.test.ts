// SPDX-License-Identifier: Apache-2.0
import {describe, expect, it} from 'vitest';
import type {TagKind} from '../api/types.js';
import {computeDifference} from './computed.js';
import type {Difference, Kind} from './kind.js';
import {ALL_KINDS, knownTag} from './registry.js';
import {SMOOTH, THICK} from './switches.js';

it('has switches and sliders that links can name, no two by one word', () => {
  const ofKinds = ALL_KINDS.flatMap(({switches = [], sliders = []}) => [...switches, ...sliders]);
  const ids = [SMOOTH, THICK, ...ofKinds].map(({id}) => id);
  expect(ids).toEqual(expect.arrayContaining(['arrows', 'exposure', 'gamma']));
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.filter((id) => !/^[a-z]{1,40}$/i.test(id))).toEqual([]);
});

it('reads what a tag says of its kind alone, once', () => {
  const tag: TagKind = {name: 'heatmap', bits: 16, range: ['-Infinity', 1], unit: 'm'};
  expect(knownTag(tag)?.facts).toEqual({bits: 16, range: [-Infinity, 1], unit: 'm'});
  expect(knownTag(tag)).toBe(knownTag(tag));
  expect(knownTag({name: 'heatmap', bits: 8, range: null})?.facts).toEqual({bits: 8});
});

it.each<TagKind>([
  {name: 'cloud'},
  {name: 'image', bits: 32},
  {name: 'heatmap', bits: 12},
  {name: 'heatmap', bits: 16, range: [0]},
  {name: 'heatmap', bits: 16, unit: 3},
  {name: 'flow', range: 8},
])('does not know %j', (tag) => {
  expect(knownTag(tag)).toBeUndefined();
});

it('computes every difference that a kind says is computed', () => {
  const raster = {width: 2, height: 1, channels: 1, bits: 8, data: Uint8Array.of(0, 9)} as const;
  const ids = ALL_KINDS.flatMap(({differences}) =>
    differences.flatMap(({id, computed}) => (computed === undefined ? [] : [id])),
  );
  expect(ids).toEqual(['ssim']);
  for (const id of ids) {
    expect(computeDifference(id, raster, raster).picture.raster).toMatchObject({
      width: 2,
      height: 1,
    });
  }
});

describe.each([...ALL_KINDS])('$name', (kind: Kind) => {
  const raster = {width: 1, height: 1, channels: 1, bits: 8, data: Uint8Array.of(0)} as const;
  const truth = kind.build(kind.readTag({name: kind.name, bits: 16}), {}, raster)!;
  const choose = (difference: string): Difference =>
    kind.chooseDifference(
      {
        ...{difference, gain: 1, display: {threshold: null}},
        ...{isolatedClass: null, hiddenClasses: [], confusion: null},
      },
      truth,
    );

  it('draws its own default where the viewer chose nothing, or what other kinds have', () => {
    const ids = kind.differences.map(({id}) => id);
    expect(ids).toContain(kind.defaultDifference);
    for (const id of ['auto', 'of no kind']) {
      expect(choose(id)).toEqual(choose(kind.defaultDifference));
    }
    expect(choose('changed')).not.toEqual(choose(kind.defaultDifference));
  });
});
