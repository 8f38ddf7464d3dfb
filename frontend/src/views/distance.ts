// SPDX-License-Identifier: Apache-2.0
/** How far two pictures are apart, as one number. */
import type {Distance, Picture} from '../kinds/kind.js';
import {isSameKind, kindOf} from '../kinds/registry.js';
import {alignPicture} from '../pixels/align.js';
import type {DecodedRaster} from '../pixels/raster.js';

interface Known {
  readonly a: DecodedRaster;
  readonly distance: Distance | undefined;
}

/** The last of each B: panes ask again whenever anything about them changes. */
const known = new WeakMap<DecodedRaster, Known>();

/** Over the pixels of B; undefined where the two are of different kinds. */
export function pictureDistance(a: Picture, b: Picture): Distance | undefined {
  const last = known.get(b.raster);
  if (last?.a === a.raster) {
    return last.distance;
  }
  const aligned = alignPicture(a, b.raster);
  const distance = isSameKind(aligned, b) ? kindOf(aligned).distance(aligned, b) : undefined;
  known.set(b.raster, {a: a.raster, distance});
  return distance;
}
