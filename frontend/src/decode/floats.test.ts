// SPDX-License-Identifier: Apache-2.0
import {describe, expect, it} from 'vitest';

import {golden} from '../kinds/goldens.fixture.js';
import {levelsOf} from './floats.js';
import {decodeFloats, decodeStored, type StoredPicture} from './stored.js';

const picture: StoredPicture = {
  digest: 'd',
  width: 7,
  height: 5,
  channels: 1,
  bits: 32,
  layout: 'split',
  range: [-200, 200],
};
const blob = Uint8Array.from(golden('floats', 'png'));
const bits = Uint32Array.from(golden('floats', 'bits'));

describe('decodeFloats', () => {
  it('gives every float bit for bit, with NaN, infinities, -0 and subnormals', async () => {
    const {width, height, data} = await decodeFloats(picture, blob);
    expect([width, height]).toEqual([7, 5]);
    expect(new Uint32Array(data.buffer)).toEqual(bits);
    expect([...data.subarray(0, 5)]).toEqual([NaN, Infinity, -Infinity, -0, 0]);
  });

  it('refuses pictures of levels', async () => {
    const levels: StoredPicture = {...picture, bits: 16};
    await expect(decodeFloats(levels, blob)).rejects.toThrow('got a picture of 16 bits, want 32');
  });
});

describe('levels of floats', () => {
  it('are the nearest ones over the range, with codes for values that are not numbers', () => {
    const data = Float32Array.of(-200, 200, 0, 300, -300, -Infinity, Infinity, NaN);
    expect([...levelsOf({width: 8, height: 1, data}, [-200, 200]).data]).toEqual([
      0, 65532, 32766, 65532, 0, 65533, 65534, 65535,
    ]);
  });

  it('are all the lowest over an empty range', () => {
    const data = Float32Array.of(5, 5);
    expect([...levelsOf({width: 2, height: 1, data}, [5, 5]).data]).toEqual([0, 0]);
  });

  it('are what decodeStored gives of 32 bits', async () => {
    const {data} = await decodeFloats(picture, blob);
    const {width, height} = picture;
    expect(await decodeStored(picture, blob)).toEqual(levelsOf({width, height, data}, [-200, 200]));
  });
});
