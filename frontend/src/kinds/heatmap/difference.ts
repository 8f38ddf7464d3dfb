// SPDX-License-Identifier: Apache-2.0
/**
 * Draws how a heatmap differs from the truth, in their own units. Where the truth is NaN there is nothing to compare with: grey.
 * Where only one of the two is a number, or they are different infinities, the prediction is broken: magenta.
 */
import {opaque, type Rgba} from '../../pixels/color.js';
import {rgba} from '../../pixels/glsl.js';
import {brokenColor, notJudged} from '../../pixels/no-value.js';
import {sampleOperation, type SampleOperation} from '../../pixels/operation.js';
import {BEYOND, beyondStripe} from '../beyond.js';
import type {HeatmapDifferenceKind, HeatmapPicture} from './picture.js';
import {largestLevel, valueFunctions, valueReader, valueTexture} from './values.js';
import {clamp} from '../../clamp.js';

const codes: Readonly<Record<HeatmapDifferenceKind, number>> = {
  absolute: 0,
  signed: 1,
  relative: 2,
};

const broken: Rgba = opaque(brokenColor);

const glsl = `
  int wantedCode = codeOf(truth.r, NAME_truthLargest);
  int gotCode = codeOf(prediction.r, NAME_predictionLargest);
  float wanted = numberOf(truth.r, NAME_truthLargest, NAME_truthValues);
  float got = numberOf(prediction.r, NAME_predictionLargest, NAME_predictionValues);
  bool same = wantedCode == gotCode && (wantedCode != 0 || wanted == got);
  float e = same ? 0.0 : got - wanted;
  if (wantedCode == 3) color = ${rgba(notJudged)};
  else if (!same && (wantedCode != 0 || gotCode != 0)) color = ${rgba(broken)};
  else {
    if (NAME_how == ${codes.relative} && e != 0.0) e = wanted == 0.0 ? sign(e) * 1e30 : e / abs(wanted);
    float amount = e / NAME_limit;
    color = onStripe && abs(amount) > ${BEYOND} ? ${rgba(beyondStripe)}
      : ramp(NAME_colors, NAME_how == ${codes.absolute} ? abs(amount) : 0.5 + 0.5 * amount);
  }`;

/** `limit` is the error at full colour. */
export function drawHeatmapDifference(
  truth: HeatmapPicture,
  prediction: HeatmapPicture,
  how: HeatmapDifferenceKind,
  limit: number,
  colors: Uint32Array,
): SampleOperation {
  return sampleOperation({
    name: 'heatmapDifference',
    grid: prediction.raster,
    rasters: {truth: truth.raster, prediction: prediction.raster},
    tables: {
      truthValues: valueTexture(truth),
      predictionValues: valueTexture(prediction),
      colors: {type: 'colors', tables: [colors]},
    },
    ints: {
      truthLargest: largestLevel(truth.raster),
      predictionLargest: largestLevel(prediction.raster),
      how: codes[how],
    },
    floats: {limit},
    functions: [valueFunctions],
    glsl,
    stripe: beyondStripe,
    colors: (rasters, beyond) =>
      paintHeatmapDifference(
        {...truth, raster: rasters.truth},
        {...prediction, raster: rasters.prediction},
        how,
        limit,
        colors,
        beyond,
      ),
  });
}

/**
 * With e = prediction - truth (relative: e / |truth|, infinite where the truth is 0 and the prediction is not): signed and
 * relative show 1/2 + e / (2 limit) on the map, absolute shows |e| / limit. Where
 * |e| is beyond the limit, `beyond` is set.
 */
export function paintHeatmapDifference(
  truth: HeatmapPicture,
  prediction: HeatmapPicture,
  how: HeatmapDifferenceKind,
  limit: number,
  colors: Uint32Array,
  beyond?: Uint8Array,
): Uint32Array {
  const wantedAt = valueReader(truth);
  const gotAt = valueReader(prediction);
  const last = colors.length - 1;
  const out = new Uint32Array(prediction.raster.data.length);
  for (let i = 0; i < out.length; i++) {
    const wanted = wantedAt(i);
    if (Number.isNaN(wanted)) {
      out[i] = notJudged;
      continue;
    }
    const got = gotAt(i);
    const error = wanted === got ? 0 : got - wanted;
    if (!Number.isFinite(error)) {
      out[i] = broken;
      continue;
    }
    const scaled = (how === 'relative' && error !== 0 ? error / Math.abs(wanted) : error) / limit;
    const position = how === 'absolute' ? Math.abs(scaled) : 0.5 + 0.5 * scaled;
    out[i] = colors[Math.round(last * clamp(position, 0, 1))]!;
    if (beyond !== undefined && Math.abs(scaled) > BEYOND) {
      beyond[i] = 1;
    }
  }
  return out;
}
