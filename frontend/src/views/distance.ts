// SPDX-License-Identifier: Apache-2.0
/** How far two pictures are apart, as one number. */
import type {Distance, Picture} from '../kinds/kind.js';
import {isSameKind, kindOf} from '../kinds/registry.js';
import {alignPicture} from '../pixels/align.js';
import {LastResults} from '../pixels/memo.js';

/** Panes ask again whenever anything about them changes. */
const known = new LastResults<Distance | undefined>();

/** Over the pixels of B; undefined where the two are of different kinds. */
export function pictureDistance(a: Picture, b: Picture): Distance | undefined {
  return known.get(b, [a], () => {
    const aligned = alignPicture(a, b.raster);
    return isSameKind(aligned, b) ? kindOf(aligned).distance(aligned, b) : undefined;
  });
}
