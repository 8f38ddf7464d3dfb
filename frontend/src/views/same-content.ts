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
  if (one.stored?.layout !== 'encoded' && other.stored?.layout !== 'encoded') {
    return true;
  }
  return (
    isAsLogged(one) &&
    isAsLogged(other) &&
    one.raster.bits === other.raster.bits &&
    !hasSamePixels(one.raster, other.raster)
  );
}

/**
 * Whether its pixels are decoded, and are those that were drawn. Those of a JPEG depend on its quality and, in a block that is cut,
 * on what stands beside them; those of a GIF on the colours of the whole picture. No bound on that holds for all encoders.
 */
function isAsLogged(one: Content): one is Content & {readonly raster: DecodedRaster} {
  const {layout, mediaType} = one.stored ?? {};
  return one.raster !== undefined && (layout !== 'encoded' || mediaType === 'image/png');
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
    (one.channels === other.channels ? hasSameNumbers(one, other) : hasSameColors(one, other));
  compared.set(
    one,
    (compared.get(one) ?? new WeakMap<DecodedRaster, boolean>()).set(other, isSame),
  );
  return isSame;
}

function hasSameNumbers({data: some}: DecodedRaster, {data: others}: DecodedRaster): boolean {
  return some.every((value: number, i: number) => value === others[i]);
}

/** Grey is the same in all three colours, and what has no alpha is opaque. */
function hasSameColors(one: DecodedRaster, other: DecodedRaster): boolean {
  for (let pixel = 0; pixel < one.width * one.height; pixel++) {
    for (let channel = 0; channel < 4; channel++) {
      if (valueAt(one, pixel, channel) !== valueAt(other, pixel, channel)) {
        return false;
      }
    }
  }
  return true;
}

function valueAt({channels, bits, data}: DecodedRaster, pixel: number, channel: number): number {
  const hasAlpha = channels % 2 === 0;
  if (channel === 3 && !hasAlpha) {
    return 2 ** bits - 1;
  }
  const place = channel === 3 ? channels - 1 : channels < 3 ? 0 : channel;
  return data[pixel * channels + place]!;
}
