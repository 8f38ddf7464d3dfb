// SPDX-License-Identifier: Apache-2.0
/** Pictures, once each. */
import type {PictureMetadata, Role, TagKind} from '../api/types.js';
import type {Picture} from '../kinds/kind.js';
import {INPUT_TAG, knownTag, mayBeClasses} from '../kinds/registry.js';
import type {DecodedRaster} from '../pixels/raster.js';
import {withBackgroundId} from '../store/backgrounds.js';
import {hasClasses} from '../store/classes.js';
import type {FetchedPicture} from '../store/data.js';
import {isEqual} from './equality.js';

/** Whether integers are stored as they were logged. */
export function mayHoldIds({channels, dtype}: PictureMetadata): boolean {
  return channels === 1 && (dtype === undefined || /^u?int/.test(dtype));
}

/**
 * What the pixels of a record mean: as it says itself, or else as its tag does, unless the viewer reads its integers as classes.
 * What is background no record says.
 */
export function meaningOf(ofRecord: TagKind | undefined, ofTag: TagKind): TagKind {
  const isRead = ofRecord !== undefined && ofTag.recoveredFrom?.name === ofRecord.name;
  const {background} = ofTag;
  if (isRead || ofRecord === undefined) {
    return ofTag;
  }
  return background === undefined || !hasClasses(ofRecord)
    ? ofRecord
    : withBackgroundId(ofRecord, background);
}

/** The pictures of each raster, the last made first: equal levels are one raster, but of each run over a range of its own. */
const pictures = new WeakMap<DecodedRaster, readonly Picture[]>();

/** As many as runs that are compared at once. */
const PICTURES_PER_RASTER = 64;

/**
 * Joins the integers of a picture with what they mean. An input is always a picture to look at. The same object comes for the
 * same raster and meaning, so that nothing derived from it is computed twice. Undefined for a kind that the page does not know.
 */
export function buildPicture(
  tag: TagKind,
  role: Role,
  stored: FetchedPicture,
  raster: DecodedRaster,
): Picture | undefined {
  const {recoveredFrom} = tag;
  const isRecovered =
    recoveredFrom !== undefined && mayBeClasses(recoveredFrom) && mayHoldIds(stored);
  const meaning = recoveredFrom === undefined || isRecovered ? tag : recoveredFrom;
  const known = role === 'input' ? INPUT_TAG : knownTag(meaning);
  const picture = known?.kind.build(known.facts, stored, raster);
  const made = pictures.get(raster) ?? [];
  const same = picture && made.find((one) => isEqual(one, picture));
  if (picture === undefined || same !== undefined) {
    return same;
  }
  pictures.set(raster, [picture, ...made].slice(0, PICTURES_PER_RASTER));
  return picture;
}
