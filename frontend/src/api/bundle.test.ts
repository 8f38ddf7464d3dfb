// SPDX-License-Identifier: Apache-2.0
import {describe, expect, it} from 'vitest';
import {parseBundle} from './bundle.js';
import {bundleBytes, FRAME} from './bundle.fixture.js';

describe('parseBundle', () => {
  it('gives the frames and a view of each blob', () => {
    const bytes = bundleBytes(
      {frames: [FRAME], blobs: {aa: [0, 2], bb: [2, 3]}, omitted: 1},
      [1, 2, 3, 4, 5],
    );

    const bundle = parseBundle(bytes);

    expect(bundle.frames[0]?.run).toBe('run');
    expect(bundle.frames[0]?.samples?.[0]?.prediction).toBe(1);
    expect([...(bundle.blobs.get('aa') ?? [])]).toEqual([1, 2]);
    expect([...(bundle.blobs.get('bb') ?? [])]).toEqual([3, 4, 5]);
    expect(bundle.omitted).toBe(1);
  });

  it('reads from the middle of a buffer', () => {
    const inner = bundleBytes({frames: [], blobs: {aa: [0, 1]}, omitted: 0}, [7]);
    const outer = new Uint8Array(inner.length + 3);
    outer.set(inner, 3);

    expect([...(parseBundle(outer.subarray(3)).blobs.get('aa') ?? [])]).toEqual([7]);
  });

  it('keeps a frame that failed with its reason', () => {
    const bytes = bundleBytes(
      {frames: [{run: 'r', step: '1', error: 'no such step'}], blobs: {}, omitted: 0},
      [],
    );

    expect(parseBundle(bytes).frames[0]).toMatchObject({error: 'no such step'});
  });

  it('keeps a picture that claims a size beyond all that is decoded, with its reason', () => {
    const frame = withPicture({width: 2 ** 31 - 1, height: 2 ** 31 - 1, error: 'too many pixels'});

    expect(parseBundle(bundleBytes(frame, [])).frames[0]?.pictures?.[0]).toMatchObject({
      error: 'too many pixels',
    });
  });

  it('reads metrics that JSON cannot hold', () => {
    const frame = {...FRAME, samples: [{id: 'NaN', metrics: {a: 'NaN', b: '-Infinity', c: null}}]};

    const [sample] =
      parseBundle(bundleBytes({frames: [frame], blobs: {}, omitted: 0}, [])).frames[0]?.samples ??
      [];

    expect(sample).toEqual({id: 'NaN', metrics: {a: NaN, b: -Infinity, c: null}});
  });

  it('reads how many values equal no neighbour', () => {
    const frame = withPicture({layout: 'neighbors', literals: 2});

    expect(parseBundle(bundleBytes(frame, [])).frames[0]?.pictures?.[0]).toMatchObject({
      layout: 'neighbors',
      literals: 2,
    });
  });

  it.each([
    ['nothing', new Uint8Array(0), /cut off/],
    ['another magic', new TextEncoder().encode('<!DOCTYPE html>'), /begins with "<!DO", want PRS1/],
    [
      'a header longer than the answer',
      new Uint8Array([80, 82, 83, 49, 255, 255, 255, 255, 123]),
      /cut off/,
    ],
    ['a header that is not JSON', bundleBytes('{', []), /not JSON/],
    ['a header that is not UTF-8', bundleBytes(new Uint8Array([0xff, 0xfe]), []), /not JSON/],
    ['a header that is a list', bundleBytes([], []), /want an object/],
    [
      'a blob beyond the end',
      bundleBytes({frames: [], blobs: {aa: [0, 9]}, omitted: 0}, [1]),
      /aa ends at/,
    ],
    [
      'a negative offset',
      bundleBytes({frames: [], blobs: {aa: [-1, 1]}, omitted: 0}, [1]),
      /got -1 as blobs\.aa\[0\]/,
    ],
    [
      'a fractional length',
      bundleBytes({frames: [], blobs: {aa: [0, 0.5]}, omitted: 0}, [1]),
      /want a whole number/,
    ],
    [
      'a length past 2^53',
      bundleBytes({frames: [], blobs: {aa: [0, 1e300]}, omitted: 0}, [1]),
      /want a whole number/,
    ],
    [
      'a picture that is not there',
      bundleBytes(withPrediction(2), []),
      /got 2 as frames\[0\]\.samples\[0\]\.prediction/,
    ],
    [
      'neighbours without literals',
      bundleBytes(withPicture({layout: 'neighbors'}), []),
      /got nothing as .*\.literals, want a whole number from 0 to 2/,
    ],
    [
      'more literals than pixels',
      bundleBytes(withPicture({layout: 'neighbors', literals: 3}), []),
      /got 3 as .*\.literals/,
    ],
    [
      'an unknown layout',
      bundleBytes(withPicture({layout: 'woven'}), []),
      /got "woven" as .*\.layout/,
    ],
    [
      'a step that is a number',
      bundleBytes({frames: [{...FRAME, step: 5}], blobs: {}, omitted: 0}, []),
      /want a step in decimal/,
    ],
  ])('refuses %s', (_, bytes, message) => {
    expect(() => parseBundle(bytes)).toThrow(message);
  });

  it('has no prototype for a digest to reach', () => {
    const header = '{"frames": [], "omitted": 0, "blobs": {"__proto__": [0, 1]}}';

    expect(parseBundle(bundleBytes(header, [1])).blobs.has('__proto__')).toBe(true);
  });
});

function withPrediction(prediction: number): unknown {
  return {frames: [{...FRAME, samples: [{id: 'a', prediction}]}], blobs: {}, omitted: 0};
}

function withPicture(more: object): unknown {
  return {
    frames: [{...FRAME, pictures: FRAME.pictures?.map((picture) => ({...picture, ...more}))}],
    blobs: {},
    omitted: 0,
  };
}
