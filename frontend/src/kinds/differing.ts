// SPDX-License-Identifier: Apache-2.0
/** Whether two pictures differ at a pixel, as a draw operation: of which borders can be drawn, or in red. */
import {averageColors} from '../pixels/average.js';
import {opaque, transparent, type Color, type Rgba} from '../pixels/color.js';
import {rgba} from '../pixels/glsl.js';
import {notJudged} from '../pixels/no-value.js';
import type {Rasters, SampleOperation} from '../pixels/operation.js';
import type {DifferenceChoice} from './kind.js';
import {legendSwatch, type LegendEntry, type PairNames} from './legend.js';

/** Of full colour: smaller amounts do not count as different. The gain decides what full colour is. */
export const DIFFERS = 0.5;

/** What differs has this colour, whatever it is. */
export const differingColor: Rgba = opaque(0xffffff);

/** Entries of a ramp: half of one is how exact it is. */
const LAST = 4095;

/** Colours of a ramp by amount, from 0 to full colour: only what differs has one. */
export const amountsThatDiffer: Uint32Array = rampOf((position) => position);

/** The same of a ramp from minus full colour to full colour. */
export const signedAmountsThatDiffer: Uint32Array = rampOf((position) =>
  Math.abs(2 * position - 1),
);

function rampOf(amountAt: (position: number) => number): Uint32Array {
  return Uint32Array.from({length: LAST + 1}, (_, i) =>
    amountAt(i / LAST) >= DIFFERS - 0.5 / LAST ? differingColor : transparent,
  );
}

/** One colour wherever `difference` has any but that of what is not judged. */
export function drawDiffering(difference: SampleOperation): SampleOperation {
  return recolored(difference, {
    name: 'Differing',
    differs: differingColor,
    equal: transparent,
    unjudged: transparent,
  });
}

/** What every kind can show: each pixel that differs, whatever by. How much counts is the kind's `measure_change` of writing. */
export const CHANGED: DifferenceChoice = {id: 'changed', label: 'Any change, in red'};

/** Of the range of what is shown: from here on a value differs. */
export const CHANGED_PART = 0.05;

const changedColor: Color = 0xc8102e;

/** Red wherever `difference` has a colour; `equal` is the colour of the rest. */
export function drawChanged(difference: SampleOperation, equal: Rgba): SampleOperation {
  const differs = opaque(changedColor);
  return recolored(difference, {name: 'Changed', differs, equal, unjudged: notJudged});
}

export function changedLegend(least: string, {a}: PairNames): LegendEntry {
  return legendSwatch(changedColor, `differs from ${a}${least === '' ? '' : ` ${least}`}`);
}

interface Recoloring {
  readonly name: string;
  readonly differs: Rgba;
  readonly equal: Rgba;
  readonly unjudged: Rgba;
}

function recolored(
  difference: SampleOperation,
  {name, differs, equal, unjudged}: Recoloring,
): SampleOperation {
  const colors = (rasters: Rasters) =>
    difference
      .colors(rasters)
      .map((color) => (color === transparent ? equal : color === notJudged ? unjudged : differs));
  return {
    ...difference,
    name: `${difference.name}${name}`,
    glsl: `${difference.glsl}
      color = color.a == 0.0 ? ${rgba(equal)}
        : color == ${rgba(notJudged)} ? ${rgba(unjudged)} : ${rgba(differs)};`,
    colors,
    average: (rasters, sampling) => averageColors(colors(rasters), sampling),
  };
}
