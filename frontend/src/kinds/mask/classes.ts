// SPDX-License-Identifier: Apache-2.0
/** From the stored values of a mask to class ids, colours and comparable labels. */
import {opaque, transparent} from '../../pixels/color.js';
import {buildLut, storedValues, type Lut} from '../../pixels/lut.js';
import {hiddenLabel, noLabel} from '../../pixels/labels.js';
import {ignoredColor, ignoredStripe} from '../../pixels/no-value.js';
import {styleOf} from './palette.js';
import type {MaskDisplay, MaskPicture} from './picture.js';

/** The class id of a stored value; undefined where the picture has no such class. */
export function classId(picture: MaskPicture, stored: number): number | undefined {
  return picture.ids === undefined ? stored : picture.ids[stored];
}

export function isShown(display: MaskDisplay, id: number): boolean {
  return display.isolated === null ? !display.hidden.has(id) : display.isolated === id;
}

/** Colours by class; ids that are not shown are transparent, ignored ones hatched. */
export function maskLut(picture: MaskPicture, display: MaskDisplay): Lut {
  const plain = opaque(ignoredColor);
  const stripe = opaque(ignoredStripe);
  const styles = new Map(picture.palette.classes.map((style) => [style.id, style]));
  return buildLut(picture.raster.bits, (stored) => {
    const id = classId(picture, stored);
    if (id === undefined) {
      return [plain, stripe];
    }
    if (!isShown(display, id)) {
      return [transparent, transparent];
    }
    const {color, ignored} = styles.get(id) ?? styleOf(picture.palette, id);
    return ignored ? [opaque(color), stripe] : [opaque(color), opaque(color)];
  });
}

/** The same of a mask that floats. */
export function floatingLut(picture: MaskPicture, display: MaskDisplay): Lut {
  const {solid, stripe} = maskLut(picture, display);
  const left = leftOut(picture, display);
  const without = (colors: Uint32Array) =>
    colors.map((color, stored) => (left.has(classId(picture, stored)) ? transparent : color));
  return {solid: without(solid), stripe: without(stripe)};
}

/** What a mask that floats does not show: the background, unless it is the only class shown. */
function leftOut({palette}: MaskPicture, {isolated}: MaskDisplay): ReadonlySet<number | undefined> {
  return new Set([...palette.background].filter((id) => id !== isolated));
}

/** Pixels by class id, of the classes that are shown and not ignored; one that floats shows no background. */
export function countShown(
  picture: MaskPicture,
  display: MaskDisplay,
  floats: boolean,
): ReadonlyMap<number, number> {
  const {raster, palette} = picture;
  const left = leftOut(picture, display);
  const pixels = new Uint32Array(storedValues(raster.bits));
  for (const stored of raster.data) {
    pixels[stored]!++;
  }
  const counts = new Map<number, number>();
  pixels.forEach((count, stored) => {
    const id = classId(picture, stored);
    if (
      count > 0 &&
      id !== undefined &&
      isShown(display, id) &&
      !palette.ignore.has(id) &&
      !(floats && left.has(id))
    ) {
      counts.set(id, count + (counts.get(id) ?? 0));
    }
  });
  return counts;
}

/** Colours of the classes whose borders are drawn: those shown, without the ignored. */
export function outlineLut(picture: MaskPicture, display: MaskDisplay): Lut {
  const {solid, stripe} = maskLut(picture, display);
  const colors = solid.map((color, value) => (stripe[value] === color ? color : transparent));
  return {solid: colors, stripe: colors};
}

/**
 * A small number for every stored value, equal for equal classes of any pictures given together, `noLabel` for ignored ids.
 * Comparing these and not the stored values makes pictures with different `ids` comparable.
 */
export function classLabels(
  pictures: readonly MaskPicture[],
  display?: MaskDisplay,
): Uint32Array[] {
  const labels = new Map<number, number>();
  return pictures.map((picture) => {
    const table = new Uint32Array(storedValues(picture.raster.bits)).fill(noLabel);
    for (let stored = 0; stored < table.length; stored++) {
      const id = classId(picture, stored);
      if (id === undefined || picture.palette.ignore.has(id)) {
        continue;
      }
      let label = labels.get(id);
      if (label === undefined) {
        label = labels.size | (display === undefined || isShown(display, id) ? 0 : hiddenLabel);
        labels.set(id, label);
      }
      table[stored] = label;
    }
    return table;
  });
}

/** 0 for the class `id`, 1 for all others, ignored ones among them. */
export function otherLabels(picture: MaskPicture, id: number): Uint32Array {
  const table = new Uint32Array(storedValues(picture.raster.bits));
  return table.map((_, stored) => Number(classId(picture, stored) !== id));
}

/** 1 for the class `id`, 0 for the others, `noLabel` for ignored ids. */
export function membershipLabels(picture: MaskPicture, id: number): Uint32Array {
  const table = new Uint32Array(storedValues(picture.raster.bits));
  return table.map((_, stored) => {
    const other = classId(picture, stored);
    return other === undefined || picture.palette.ignore.has(other)
      ? noLabel
      : Number(other === id);
  });
}
