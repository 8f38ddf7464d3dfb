// SPDX-License-Identifier: Apache-2.0
/** A picture whose pixels are known. */
import type {ImagePicture} from '../../src/kinds/image/picture.js';

/** A grey picture of 40 × 20, black on its left half and white on its right. */
export function halves(): ImagePicture {
  const data = Uint8Array.from({length: 800}, (_, i) => (i % 40 < 20 ? 0 : 255));
  return {kind: 'image', raster: {width: 40, height: 20, channels: 1, bits: 8, data}};
}
