// SPDX-License-Identifier: Apache-2.0
/**
 * From a stored picture to its exact values: checks the PNG against the manifest, then undoes
 * the layout.
 */
import type {PictureMetadata} from '../api/types.js';
import type {DecodedRaster, Raster, Size} from '../pixels/raster.js';
import {decodeEncoded, recoverClasses} from './encoded.js';
import {joinFloats} from './floats.js';
import {joinNeighbors, neighborsSize} from './neighbors.js';
import {decodePng, readPngHeader} from './png.js';

/** What a manifest says of a picture (docs/format.md), as far as decoding needs it. */
export type StoredPicture = Pick<
  PictureMetadata,
  | 'digest'
  | 'width'
  | 'height'
  | 'channels'
  | 'bits'
  | 'layout'
  | 'literals'
  | 'mediaType'
  | 'crop'
  | 'palette'
  | 'exact'
>;

/** docs/format.md, "Limits". */
const maxPixels = 2 ** 28;

/** Pictures of one key are decoded to the same integers. One blob may hold several: a few zeros may be few or many values. */
export function contentKey({
  digest,
  width,
  height,
  layout,
  crop: from,
  palette = [],
}: StoredPicture): string {
  const place = from === undefined ? '' : ` from ${from.x} ${from.y}`;
  return `${digest} ${layout} ${width} ${height}${place}${palette.join('')}`;
}

/** The whole picture that a part was cut from. */
export function wholeOf({crop: from, ...picture}: StoredPicture): StoredPicture {
  return from === undefined ? picture : {...picture, width: from.width, height: from.height};
}

/** Decodes a blob to the exact integers that were stored, or to the numbers of 32 bits. */
export async function decodeStored(
  picture: StoredPicture,
  blob: Uint8Array,
): Promise<DecodedRaster> {
  const {width, height, channels, bits, layout} = picture;
  if (layout === 'encoded') {
    return decodeDrawn(picture, blob);
  }
  const bytes = await decodeBytes(picture, blob);
  return bits === 32
    ? joinFloats(bytes, width, height)
    : {width, height, channels, bits, data: join(bytes, picture)};
}

async function decodeDrawn(picture: StoredPicture, blob: Uint8Array): Promise<Raster> {
  const {width, height, mediaType = '', palette, exact = false} = picture;
  if (!(width >= 1 && height >= 1 && width * height <= maxPixels)) {
    throw new Error(`got a picture of ${width} x ${height}, want 1 to ${maxPixels} pixels`);
  }
  const raster = await decodeEncoded(blob, mediaType);
  if (raster.width !== width || raster.height !== height) {
    throw new Error(
      `got a picture of ${raster.width} x ${raster.height}, want ${width} x ${height}`,
    );
  }
  return palette === undefined ? raster : recoverClasses(raster, palette, exact);
}

/**
 * The bytes of a picture's PNG. Sizes are checked before anything of that size is allocated, so a small blob that claims or holds
 * huge pixels fails early.
 */
async function decodeBytes(picture: StoredPicture, blob: Uint8Array): Promise<Uint8Array> {
  const {width, height, channels, bits, layout, literals = 0} = picture;
  if (!(width >= 1 && height >= 1 && width * height <= maxPixels)) {
    throw new Error(`got a picture of ${width} x ${height}, want 1 to ${maxPixels} pixels`);
  }
  if (bits > 8 !== (layout === 'split')) {
    throw new Error(
      `got ${bits} bits in layout ${layout}, want 8 in plain or neighbors, or 16 or 32 in split`,
    );
  }
  if ((layout === 'neighbors' || bits === 32) && channels !== 1) {
    throw new Error(`got ${channels} channels of ${bits} bits in layout ${layout}, want 1`);
  }
  if (!(Number.isInteger(literals) && literals >= 0 && literals <= width * height)) {
    throw new Error(`got ${literals} literals, want 0 to ${width * height}`);
  }
  const header = readPngHeader(blob);
  const wanted = pngSize(picture);
  if (
    header.width !== wanted.width ||
    header.height !== wanted.height ||
    header.channels !== channels
  ) {
    throw new Error(
      `got a PNG of ${header.width} x ${header.height} with ${header.channels} channels, ` +
        `want ${wanted.width} x ${wanted.height} with ${channels}`,
    );
  }
  return decodePng(blob);
}

function pngSize({width, height, bits, layout, literals = 0}: StoredPicture): Size {
  switch (layout) {
    case 'plain':
    case 'encoded':
      return {width, height};
    case 'split':
      return {width, height: (bits / 8) * height};
    case 'neighbors':
      return neighborsSize(width, height, literals);
  }
}

function join(
  bytes: Uint8Array,
  {width, height, channels, layout, literals = 0}: StoredPicture,
): Uint8Array | Uint16Array {
  switch (layout) {
    case 'plain':
    case 'encoded':
      return bytes;
    case 'split':
      return joinSplit(bytes, width * channels);
    case 'neighbors':
      return joinNeighbors(bytes, width, height, literals);
  }
}

/** The upper half of the rows holds the high bytes, the lower half the low bytes, of the difference to the row above. */
function joinSplit(bytes: Uint8Array, rowValues: number): Uint16Array {
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
