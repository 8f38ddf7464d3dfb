// SPDX-License-Identifier: Apache-2.0
/** Draws true positives, false positives and false negatives of the label 1: of a class, or of a threshold. */
import {opaque, transparent, type Color, type Rgba} from './color.js';
import {choose, rgba} from './glsl.js';
import {labelTable, noLabel, type Labelled} from './labels.js';
import {notJudged} from './no-value.js';
import {sampleOperation, type SampleOperation} from './operation.js';

/**
 * On the ground of `ground.ts`: what is missed has the most contrast, what is right the least. They are no colours of classes, and
 * red and violet stay apart with every colour vision.
 */
export const outcomeColors = {
  truePositive: 0xa3afba,
  falsePositive: 0x8450c8,
  falseNegative: 0xb00038,
} as const satisfies Record<string, Color>;

/** Of what is drawn: the errors alone, so that thin ones can be widened, or all else. */
export type OutcomePart = 'errors' | 'rest';

interface Outcomes {
  readonly name: string;
  /** By 2 (truth is 1) + (prediction is 1). */
  readonly table: Uint32Array;
  readonly unjudged: Rgba;
}

const falsePositive = opaque(outcomeColors.falsePositive);
const falseNegative = opaque(outcomeColors.falseNegative);
const truePositive = opaque(outcomeColors.truePositive);

const OUTCOMES: Readonly<Record<OutcomePart | 'all', Outcomes>> = {
  all: {
    name: 'outcomes',
    table: Uint32Array.of(transparent, falsePositive, falseNegative, truePositive),
    unjudged: notJudged,
  },
  errors: {
    name: 'outcomesErrors',
    table: Uint32Array.of(transparent, falsePositive, falseNegative, transparent),
    unjudged: transparent,
  },
  rest: {
    name: 'outcomesRest',
    table: Uint32Array.of(transparent, transparent, transparent, truePositive),
    unjudged: notJudged,
  },
};

export function drawOutcomes(
  truth: Labelled,
  prediction: Labelled,
  part: OutcomePart | 'all' = 'all',
): SampleOperation {
  const {name, table, unjudged} = OUTCOMES[part];
  return sampleOperation({
    name,
    grid: prediction.raster,
    rasters: {truth: truth.raster, prediction: prediction.raster},
    tables: {truthLabels: labelTable(truth), predictionLabels: labelTable(prediction)},
    glsl: `
      int wanted = label(NAME_truthLabels, truth.r);
      int got = label(NAME_predictionLabels, prediction.r);
      color = wanted == ${noLabel} ? ${rgba(unjudged)} : ${choose(table, 'wanted == 1', 'got == 1')};`,
    colors: (rasters) =>
      paintOutcomes(
        {...truth, raster: rasters.truth},
        {...prediction, raster: rasters.prediction},
        OUTCOMES[part],
      ),
  });
}

/** Whether truth and prediction are the label 1: TP, FP, FN coloured, TN transparent. */
function paintOutcomes(
  truth: Labelled,
  prediction: Labelled,
  {table, unjudged}: Outcomes,
): Uint32Array {
  const [wantedStored, wantedLabels] = [truth.raster.data, truth.labels];
  const [gotStored, gotLabels] = [prediction.raster.data, prediction.labels];
  const out = new Uint32Array(wantedStored.length);
  for (let i = 0; i < out.length; i++) {
    const wanted = wantedLabels[wantedStored[i]!]!;
    const got = gotLabels[gotStored[i]!]!;
    out[i] = wanted === noLabel ? unjudged : table[(wanted === 1 ? 2 : 0) + (got === 1 ? 1 : 0)]!;
  }
  return out;
}
