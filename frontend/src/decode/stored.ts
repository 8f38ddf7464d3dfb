// SPDX-License-Identifier: Apache-2.0
import type {Picture} from '../api/wire.js';
import type {Raster} from '../render/types.js';
import {decodePng, readPngHeader} from './png.js';

/** What a manifest says of a picture (docs/format.md), as far as decoding needs it. */
export type StoredPicture = Pick<Picture, 'digest' | 'width' | 'height' | 'channels' | 'bits' | 'layout'>;

/** docs/format.md, "Limits". */
const maxPixels = 2 ** 28;

/**
 * Decodes a blob to the exact integers that were stored. Sizes are checked before anything of that size is allocated, so a
 * small blob that claims or holds huge pixels fails early.
 */
export async function decodeStored(picture: StoredPicture, blob: Uint8Array): Promise<Raster> {
  const {width, height, channels, bits, layout} = picture;
  if (!(width >= 1 && height >= 1 && width * height <= maxPixels)) {
    throw new Error(`got a picture of ${width} x ${height}, want 1 to ${maxPixels} pixels`);
  }
  if ((bits === 16) !== (layout === 'split')) {
    throw new Error(`got ${bits} bits in layout ${layout}, want 8 in plain or 16 in split`);
  }
  const header = readPngHeader(blob);
  const pngHeight = layout === 'split' ? 2 * height : height;
  if (header.width !== width || header.height !== pngHeight || header.channels !== channels) {
    throw new Error(
      `got a PNG of ${header.width} x ${header.height} with ${header.channels} channels, ` +
        `want ${width} x ${pngHeight} with ${channels}`,
    );
  }
  const bytes = await decodePng(blob);
  return {width, height, channels, bits, data: layout === 'split' ? joinHalves(bytes, width * channels) : bytes};
}

/** The upper half of the rows holds the high bytes, the lower half the low bytes, of the difference to the row above. */
function joinHalves(bytes: Uint8Array, rowValues: number): Uint16Array {
  const count = bytes.length / 2;
  const values = new Uint16Array(count);
  for (let i = 0; i < rowValues; i++) {
    values[i] = (bytes[i]! << 8) | bytes[count + i]!;
  }
  // The array keeps the lower 16 bits of a sum.
  for (let i = rowValues; i < count; i++) {
    values[i] = ((bytes[i]! << 8) | bytes[count + i]!) + values[i - rowValues]!;
  }
  return values;
}
