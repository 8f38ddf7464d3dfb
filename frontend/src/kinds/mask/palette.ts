// SPDX-License-Identifier: Apache-2.0
/** The colour and name of every class, listed by the tag or not. */
import type {MaskClass} from '../../api/types.js';
import {oklch, parseColor, type Color} from '../../pixels/color.js';
import {ignoredColor} from '../../pixels/no-value.js';
import {backgroundOf} from '../../api/background.js';
import type {ClassStyle, Palette} from '../classes.js';

/**
 * The colours of Okabe and Ito, "Color Universal Design" (2008), which people with any common colour vision can tell apart.
 * Id 0 is most often the background, so it has the neutral one, lightened to be seen on a dark page.
 */
const fewClasses: readonly Color[] = [
  0x4d4d4d, 0xe69f00, 0x56b4e9, 0x009e73, 0xf0e442, 0x0072b2, 0xd55e00, 0xcc79a7,
];

/** 360 degrees over the golden ratio squared: successive hues never come close to one another. */
const goldenAngle = 137.50776405;

/** A given colour wins; any other follows from the id alone, so it stays the same over samples, steps, runs and tags. */
export function paletteOf(
  classes: readonly MaskClass[],
  ignore: readonly number[],
  background?: number | null,
): Palette {
  const ignored = new Set(ignore);
  return {
    ignore: ignored,
    background: new Set(backgroundOf({classes, ignore}, background)),
    classes: classes.map(({id, name, color}) => ({
      id,
      name: name ?? String(id),
      color: (color === undefined ? undefined : parseColor(color)) ?? defaultColor(id, ignored),
      ignored: ignored.has(id),
    })),
  };
}

/** The style of any id, listed or not. */
export function styleOf(palette: Palette, id: number): ClassStyle {
  return (
    palette.classes.find((style) => style.id === id) ?? {
      id,
      name: String(id),
      color: defaultColor(id, palette.ignore),
      ignored: palette.ignore.has(id),
    }
  );
}

function defaultColor(id: number, ignored: ReadonlySet<number>): Color {
  if (ignored.has(id)) {
    return ignoredColor;
  }
  const few = fewClasses[id];
  if (few !== undefined) {
    return few;
  }
  // Lightness changes too, because neighbours in hue are hard to tell apart by hue alone. Its period of four has no multiple among
  // the next Fibonacci numbers, after which hues nearly repeat.
  const turn = ((id % 360) * goldenAngle) % 360;
  return oklch([0.56, 0.78, 0.66, 0.87][Math.abs(id) % 4]!, 0.13, turn);
}
