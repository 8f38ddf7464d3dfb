// SPDX-License-Identifier: Apache-2.0
/** Pictures, once each. */
import type {Role, TagKind} from '../api/types.js';
import type {Picture} from '../kinds/kind.js';
import {INPUT_KIND, kindNamed} from '../kinds/registry.js';
import type {DecodedRaster} from '../pixels/raster.js';
import type {FetchedPicture} from '../store/data.js';
import {isEqual} from './equality.js';

const pictures = new WeakMap<DecodedRaster, Picture>();

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
  const kind = role === 'input' ? INPUT_KIND : kindNamed(tag.name);
  const picture = kind?.build(tag, stored, raster);
  const known = pictures.get(raster);
  if (picture === undefined || (known !== undefined && isEqual(known, picture))) {
    return picture && known;
  }
  pictures.set(raster, picture);
  return picture;
}
