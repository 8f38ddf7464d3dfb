// SPDX-License-Identifier: Apache-2.0
/** Draws the pixels whose classes differ. */
import {transparent} from '../../pixels/color.js';
import {rgba} from '../../pixels/glsl.js';
import {hiddenLabel, labelTable, noLabel, type Labelled} from '../../pixels/labels.js';
import {notJudged} from '../../pixels/no-value.js';
import {sampleOperation, type SampleOperation} from '../../pixels/operation.js';

const glsl = `
  int wanted = label(NAME_truthLabels, truth.r);
  int got = label(NAME_predictionLabels, prediction.r);
  if (wanted == ${noLabel}) color = ${rgba(notJudged)};
  else if (wanted != got && (wanted & got & ${hiddenLabel}) == 0) {
    color = look(NAME_colors, int(NAME_byTruth ? truth.r : prediction.r));
  }`;

/** `colors` are those of the stored values of the picture that is named by `by`. */
export function drawWrong(
  truth: Labelled,
  prediction: Labelled,
  by: 'prediction' | 'truth',
  colors: Uint32Array,
): SampleOperation {
  return sampleOperation({
    name: 'wrong',
    grid: prediction.raster,
    rasters: {truth: truth.raster, prediction: prediction.raster},
    tables: {
      truthLabels: labelTable(truth),
      predictionLabels: labelTable(prediction),
      colors: {type: 'colors', tables: [colors]},
    },
    flags: {byTruth: by === 'truth'},
    glsl,
    colors: (rasters) =>
      paintWrong(
        {...truth, raster: rasters.truth},
        {...prediction, raster: rasters.prediction},
        by,
        colors,
      ),
  });
}

/**
 * Pixels whose labels differ, in `colors` of the stored value of the prediction or the truth; the others transparent, and those of
 * which neither class is shown.
 */
function paintWrong(
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
