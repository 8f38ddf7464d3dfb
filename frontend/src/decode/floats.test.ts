// SPDX-License-Identifier: Apache-2.0
import {expect, it} from 'vitest';

import {golden} from '../kinds/goldens.fixture.js';
import {decodeStored, type StoredPicture} from './stored.js';

const picture: StoredPicture = {
  digest: 'd',
  width: 7,
  height: 5,
  channels: 1,
  bits: 32,
  layout: 'split',
};
const blob = Uint8Array.from(golden('floats', 'png'));
const bits = Uint32Array.from(golden('floats', 'bits'));

it('gives every float bit for bit, with NaN, infinities, -0 and subnormals', async () => {
  const {width, height, channels, bits: depth, data} = await decodeStored(picture, blob);
  expect([width, height, channels, depth]).toEqual([7, 5, 1, 32]);
  expect(new Uint32Array(data.buffer)).toEqual(bits);
  expect([...data.subarray(0, 5)]).toEqual([NaN, Infinity, -Infinity, -0, 0]);
});
