// SPDX-License-Identifier: Apache-2.0
/** Pictures, once each. */
import type {Part, TagKind} from '../api/wire.js';
import type {Picture} from '../kinds/kind.js';
import {INPUT_KIND, kindNamed} from '../kinds/registry.js';
import type {Raster} from '../pixels/raster.js';
import type {ShotPicture} from '../store/data.js';
import {isEqual} from './equality.js';

const pictures = new WeakMap<Raster, Picture>();

/**
 * Joins the integers of a picture with what they mean. An input is always a picture to look at. The same object comes for the
 * same raster and meaning, so that what is made of it need not be made again. Undefined for a kind that the page does not know.
 */
export function buildPicture(
  tag: TagKind,
  part: Part,
  stored: ShotPicture,
  raster: Raster,
): Picture | undefined {
  const kind = part === 'input' ? INPUT_KIND : kindNamed(tag.name);
  const picture = kind?.build(tag, stored, raster);
  const known = pictures.get(raster);
  if (picture === undefined || (known !== undefined && isEqual(known, picture))) {
    return picture && known;
  }
  pictures.set(raster, picture);
  return picture;
}
