// SPDX-License-Identifier: Apache-2.0
import type {Kind, Part} from '../../api/wire.js';
import {paletteOf} from '../../kinds/mask/palette.js';
import type {Palette, Picture} from '../../kinds/types.js';
import type {Raster} from '../../pixels/raster.js';
import type {ShotPicture} from '../../store/data.js';
import {isEqual} from './equality.js';

const palettes = new WeakMap<Kind, Palette>();

/** The classes of a mask; the same object for the same kind, so that painters can keep what they made of it. */
export function paletteOfKind(kind: Kind): Palette {
  let palette = palettes.get(kind);
  if (palette === undefined) {
    palette = kind.name === 'mask' ? paletteOf(kind.classes, kind.ignore) : paletteOf([], []);
    palettes.set(kind, palette);
  }
  return palette;
}

const pictures = new WeakMap<Raster, Picture>();

/**
 * Joins the integers of a picture with what they mean. An input is always a picture to look at. The same object comes for the
 * same raster and meaning, so that what is made of it need not be made again.
 */
export function buildPicture(kind: Kind, part: Part, stored: ShotPicture, raster: Raster): Picture {
  const picture = join(kind, part, stored, raster);
  const known = pictures.get(raster);
  if (known !== undefined && isEqual(known, picture)) {
    return known;
  }
  pictures.set(raster, picture);
  return picture;
}

function join(kind: Kind, part: Part, stored: ShotPicture, raster: Raster): Picture {
  if (part === 'input' || kind.name === 'image') {
    return {kind: 'image', raster, dtype: stored.dtype};
  }
  if (kind.name === 'mask') {
    return {kind: 'mask', raster, ids: stored.ids, palette: paletteOfKind(kind)};
  }
  return {
    kind: 'heatmap',
    raster,
    range: stored.range ?? kind.range ?? [0, 1],
    shown: stored.shown ?? kind.range ?? undefined,
    unit: kind.unit,
    dtype: stored.dtype,
  };
}
