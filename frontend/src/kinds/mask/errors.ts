// SPDX-License-Identifier: Apache-2.0
/** The colours of wrong pixels, by stored value. All are seen on the ground of `pixels/ground.ts`. */
import {darkenAgainst, opaque, transparent} from '../../pixels/color.js';
import {darkestGround, errorContrast} from '../../pixels/ground.js';
import {ignoredColor} from '../../pixels/no-value.js';
import {storedValues} from '../../pixels/lut.js';
import {outcomeColors} from '../../pixels/outcomes.js';
import type {ClassStyle} from '../classes.js';
import {groundLegend, legendSwatch, type LegendEntry, type PairNames} from '../legend.js';
import {classId} from './classes.js';
import {styleOf} from './palette.js';
import type {MaskPicture} from './picture.js';

/** By the true class: an object was missed, or taken for another; or the background was taken for an object. */
export function errorColors(truth: MaskPicture): Uint32Array {
  return colorsOf(truth, (style) =>
    style !== undefined && truth.palette.background.has(style.id)
      ? outcomeColors.falsePositive
      : outcomeColors.falseNegative,
  );
}

/** Of what should be the class `id`; the others are transparent. */
export function missedColors(truth: MaskPicture, id: number): Uint32Array {
  const table = new Uint32Array(storedValues(truth.raster.bits));
  return table.map((_, stored) =>
    classId(truth, stored) === id ? opaque(outcomeColors.falseNegative) : transparent,
  );
}

/** Those of the classes, with less light where that takes to be seen. */
export function darkenedColors(picture: MaskPicture): Uint32Array {
  return colorsOf(picture, (style) =>
    darkenAgainst(darkestGround, errorContrast, style?.color ?? ignoredColor),
  );
}

export function errorLegend(
  {palette}: MaskPicture,
  {a, b, isJudged}: PairNames,
): readonly LegendEntry[] {
  if (!isJudged) {
    const equal = groundLegend('equal');
    return palette.background.size > 0
      ? [
          legendSwatch(outcomeColors.falseNegative, `another class than ${a}`),
          legendSwatch(outcomeColors.falsePositive, `only ${b}`),
          equal,
        ]
      : [legendSwatch(outcomeColors.falseNegative, 'another class'), equal];
  }
  const right = groundLegend('right');
  return palette.background.size > 0
    ? [
        legendSwatch(outcomeColors.falseNegative, 'missed or taken for another class'),
        legendSwatch(outcomeColors.falsePositive, 'false alarm'),
        right,
      ]
    : [legendSwatch(outcomeColors.falseNegative, 'wrong class'), right];
}

function colorsOf(
  picture: MaskPicture,
  colorOf: (style: ClassStyle | undefined) => number,
): Uint32Array {
  const table = new Uint32Array(storedValues(picture.raster.bits));
  const listed = new Map(picture.palette.classes.map((style) => [style.id, style]));
  return table.map((_, stored) => {
    const id = classId(picture, stored);
    return opaque(
      colorOf(id === undefined ? undefined : (listed.get(id) ?? styleOf(picture.palette, id))),
    );
  });
}
