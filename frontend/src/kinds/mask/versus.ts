// SPDX-License-Identifier: Apache-2.0
/** Draws which of two predictions has the true class. */
import {opaque, transparent, type Color} from '../../pixels/color.js';
import {choose, rgba} from '../../pixels/glsl.js';
import {hiddenLabel, labelTable, noLabel, type Labelled} from '../../pixels/labels.js';
import {notJudged} from '../../pixels/no-value.js';
import {sampleOperation, type SampleOperation} from '../../pixels/operation.js';

/** On the ground of `pixels/ground.ts`, which is seen where both are right. What both get wrong has the most contrast. */
export const versusColors = {
  onlyA: 0x1f6fc0,
  onlyB: 0xa55a00,
  bothWrong: 0xb00038,
} as const satisfies Record<string, Color>;

/** By 2 (A is right) + (B is right). */
const versusTable = Uint32Array.of(
  opaque(versusColors.bothWrong),
  opaque(versusColors.onlyB),
  opaque(versusColors.onlyA),
  transparent,
);

const glsl = `
  int wanted = label(NAME_truthLabels, truth.r);
  int gotA = label(NAME_aLabels, a.r);
  int gotB = label(NAME_bLabels, b.r);
  if (wanted == ${noLabel}) color = ${rgba(notJudged)};
  else if ((wanted & gotA & gotB & ${hiddenLabel}) == 0) {
    color = ${choose(versusTable, 'gotA == wanted', 'gotB == wanted')};
  }`;

export function drawLabelVersus(truth: Labelled, a: Labelled, b: Labelled): SampleOperation {
  return sampleOperation({
    name: 'labelVersus',
    grid: a.raster,
    rasters: {truth: truth.raster, a: a.raster, b: b.raster},
    tables: {truthLabels: labelTable(truth), aLabels: labelTable(a), bLabels: labelTable(b)},
    glsl,
    colors: (rasters) =>
      paintLabelVersus(
        {...truth, raster: rasters.truth},
        {...a, raster: rasters.a},
        {...b, raster: rasters.b},
      ),
  });
}

/** Who has the true label: only A, only B, neither. Transparent where both have, or where none of the three classes is shown. */
function paintLabelVersus(truth: Labelled, a: Labelled, b: Labelled): Uint32Array {
  const [wantedStored, wantedLabels] = [truth.raster.data, truth.labels];
  const [aStored, aLabels] = [a.raster.data, a.labels];
  const [bStored, bLabels] = [b.raster.data, b.labels];
  const out = new Uint32Array(wantedStored.length);
  for (let i = 0; i < out.length; i++) {
    const wanted = wantedLabels[wantedStored[i]!]!;
    const gotA = aLabels[aStored[i]!]!;
    const gotB = bLabels[bStored[i]!]!;
    const seen = (wanted & gotA & gotB & hiddenLabel) === 0;
    const outcome = versusTable[(gotA === wanted ? 2 : 0) + (gotB === wanted ? 1 : 0)]!;
    out[i] = wanted === noLabel ? notJudged : seen ? outcome : transparent;
  }
  return out;
}
