// SPDX-License-Identifier: Apache-2.0
/** Whether two stored pictures show the same. */
import {contentKey} from '../decode/stored.js';
import type {DecodedRaster} from '../pixels/raster.js';
import type {FetchedPicture} from '../store/data.js';

/** A stored picture, and its pixels once they are decoded. */
export interface Content {
  readonly stored: FetchedPicture | undefined;
  readonly raster?: DecodedRaster | undefined;
}

/**
 * Whether two pictures are known to be different. Digests tell this of records. A picture of the Images dashboard may hold more
 * than is shown, as a strip whose prediction changes does, and one may be encoded in two ways: of those the pixels count, and
 * nothing is known before both are decoded.
 */
export function isKnownToDiffer(one: Content, other: Content): boolean {
  if (keyOf(one) === keyOf(other)) {
    return false;
  }
  if (one.stored?.layout !== 'encoded' || other.stored?.layout !== 'encoded') {
    return true;
  }
  return (
    one.raster !== undefined &&
    other.raster !== undefined &&
    !hasSamePixels(one.raster, other.raster)
  );
}

function keyOf({stored}: Content): string | undefined {
  return stored && (stored.valueDigest ?? contentKey(stored));
}

/** Cards ask again whenever they are drawn. */
const compared = new WeakMap<DecodedRaster, WeakMap<DecodedRaster, boolean>>();

function hasSamePixels(one: DecodedRaster, other: DecodedRaster): boolean {
  const known = compared.get(one)?.get(other);
  if (known !== undefined) {
    return known;
  }
  const isSame =
    one.width === other.width &&
    one.height === other.height &&
    one.channels === other.channels &&
    one.bits === other.bits &&
    hasSameBytes(one.data, other.data);
  compared.set(
    one,
    (compared.get(one) ?? new WeakMap<DecodedRaster, boolean>()).set(other, isSame),
  );
  return isSame;
}

function hasSameBytes(one: DecodedRaster['data'], other: DecodedRaster['data']): boolean {
  const [a, b] = [one, other].map(
    ({buffer, byteOffset, byteLength}) => new Uint8Array(buffer, byteOffset, byteLength),
  ) as [Uint8Array, Uint8Array];
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
