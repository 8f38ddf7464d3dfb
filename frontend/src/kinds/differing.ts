// SPDX-License-Identifier: Apache-2.0
/** Whether two pictures differ at a pixel, as a draw operation of which borders can be drawn. */
import {averageColors} from '../pixels/average.js';
import {opaque, transparent, type Rgba} from '../pixels/color.js';
import {rgba} from '../pixels/glsl.js';
import {notJudged} from '../pixels/no-value.js';
import type {Rasters, SampleOperation} from '../pixels/operation.js';

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
  const colors = (rasters: Rasters) =>
    difference
      .colors(rasters)
      .map((color) =>
        color === transparent || color === notJudged ? transparent : differingColor,
      );
  return {
    ...difference,
    name: `${difference.name}Differing`,
    glsl: `${difference.glsl}
      color = color.a == 0.0 || color == ${rgba(notJudged)} ? vec4(0.0) : ${rgba(differingColor)};`,
    colors,
    average: (rasters, sampling) => averageColors(colors(rasters), sampling),
  };
}
