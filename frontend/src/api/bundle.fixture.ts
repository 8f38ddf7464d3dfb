// SPDX-License-Identifier: Apache-2.0

import type {Frame, PictureMetadata} from './types.js';

const PICTURE: PictureMetadata = {
  digest: 'aa',
  width: 2,
  height: 1,
  channels: 1,
  bits: 8,
  layout: 'plain',
};

export const FRAME: Frame = {
  run: 'run',
  step: '10',
  wallTime: 1.5,
  samples: [{id: 'a', groundTruth: 0, prediction: 1}],
  pictures: [PICTURE, {...PICTURE, digest: 'bb'}],
};

/** An answer of `frames`; a header that is text or bytes is taken as it is. */
export function bundleBytes(header: unknown, blobs: readonly number[]): Uint8Array<ArrayBuffer> {
  const json =
    header instanceof Uint8Array
      ? header
      : new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header));
  const bytes = new Uint8Array(8 + json.length + blobs.length);
  bytes.set(new TextEncoder().encode('PRS1'));
  new DataView(bytes.buffer).setUint32(4, json.length, true);
  bytes.set(json, 8);
  bytes.set(blobs, 8 + json.length);
  return bytes;
}
