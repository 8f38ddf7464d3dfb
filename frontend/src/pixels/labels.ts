// SPDX-License-Identifier: Apache-2.0
// Comparisons of labels: classes of masks, or "at least the threshold" of heatmaps. All pictures have the size of the first.
// A label table gives the label of each stored value; pixels whose true label is `noLabel` are not judged.
import {opaque, transparent} from './color.js';
import {hiddenLabel, noLabel} from '../kinds/mask/classes.js';
import {ignoredColor} from '../kinds/mask/palette.js';
import type {Color} from './color.js';
import type {Raster} from './raster.js';

export interface Labelled {
  readonly raster: Raster;
  readonly labels: Uint32Array;
}

/** Of Okabe and Ito's colours, those that stay apart with every colour vision and on top of a photo. */
export const outcomeColors = {
  truePositive: 0x009e73,
  falsePositive: 0xd55e00,
  falseNegative: 0x56b4e9,
} as const satisfies Record<string, Color>;

export const versusColors = {
  bothRight: 0x009e73,
  onlyA: 0x56b4e9,
  onlyB: 0xe69f00,
  bothWrong: 0xcc79a7,
} as const satisfies Record<string, Color>;

export const notJudged = opaque(ignoredColor);

/** By 2 (truth is 1) + (prediction is 1). */
export const outcomeTable = Uint32Array.of(
  transparent,
  opaque(outcomeColors.falsePositive),
  opaque(outcomeColors.falseNegative),
  opaque(outcomeColors.truePositive),
);

/** By 2 (A is right) + (B is right). */
export const versusTable = Uint32Array.of(
  opaque(versusColors.bothWrong),
  opaque(versusColors.onlyB),
  opaque(versusColors.onlyA),
  opaque(versusColors.bothRight),
);

/** Whether truth and prediction are the label 1: TP, FP, FN coloured, TN transparent. */
export function paintOutcomes(truth: Labelled, prediction: Labelled): Uint32Array {
  const [wantedStored, wantedLabels] = [truth.raster.data, truth.labels];
  const [gotStored, gotLabels] = [prediction.raster.data, prediction.labels];
  const out = new Uint32Array(wantedStored.length);
  for (let i = 0; i < out.length; i++) {
    const wanted = wantedLabels[wantedStored[i]!]!;
    const got = gotLabels[gotStored[i]!]!;
    out[i] =
      wanted === noLabel ? notJudged : outcomeTable[(wanted === 1 ? 2 : 0) + (got === 1 ? 1 : 0)]!;
  }
  return out;
}

/**
 * Pixels whose labels differ, in `colors` of the stored value of the prediction or the truth; the others transparent, and those of
 * which neither class is shown.
 */
export function paintWrong(
  truth: Labelled,
  prediction: Labelled,
  by: 'prediction' | 'truth',
  colors: Uint32Array,
): Uint32Array {
  const [wantedStored, wantedLabels] = [truth.raster.data, truth.labels];
  const [gotStored, gotLabels] = [prediction.raster.data, prediction.labels];
  const shown = by === 'truth' ? wantedStored : gotStored;
  const out = new Uint32Array(wantedStored.length);
  for (let i = 0; i < out.length; i++) {
    const wanted = wantedLabels[wantedStored[i]!]!;
    const got = gotLabels[gotStored[i]!]!;
    const seen = wanted !== got && (wanted & got & hiddenLabel) === 0;
    out[i] = wanted === noLabel ? notJudged : seen ? colors[shown[i]!]! : transparent;
  }
  return out;
}

/** Who has the true label: both, only A, only B, neither. Transparent where none of the three classes is shown. */
export function paintLabelVersus(truth: Labelled, a: Labelled, b: Labelled): Uint32Array {
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
