// SPDX-License-Identifier: Apache-2.0
/** Draws which of two heatmaps is closer to the truth. */
import {rgba} from '../../pixels/glsl.js';
import {notJudged} from '../../pixels/no-value.js';
import {sampleOperation, type SampleOperation} from '../../pixels/operation.js';
import type {HeatmapPicture} from './picture.js';
import {codeFunction, largestNumber, valueTable, valueTexture} from './values.js';
import {clamp} from '../../clamp.js';

const distanceFunction = `
  float distanceOf(int wantedCode, float wanted, int gotCode, float got) {
    if (wantedCode == gotCode && (wantedCode != 0 || wanted == got)) return 0.0;
    return wantedCode != 0 || gotCode != 0 ? 1e30 : abs(got - wanted);
  }`;

const glsl = `
  int wantedCode = codeOf(truth.r, NAME_truthLargest);
  float wanted = look(NAME_truthValues, int(truth.r)).r;
  float aError = distanceOf(wantedCode, wanted,
    codeOf(a.r, NAME_aLargest), look(NAME_aValues, int(a.r)).r);
  float bError = distanceOf(wantedCode, wanted,
    codeOf(b.r, NAME_bLargest), look(NAME_bValues, int(b.r)).r);
  color = wantedCode == 3 ? ${rgba(notJudged)}
    : ramp(NAME_colors, 0.5 + 0.5 * NAME_gain * (bError - aError) / NAME_limit);`;

/** `limit / gain` is the difference of the errors at full colour. */
export function drawHeatmapVersus(
  truth: HeatmapPicture,
  a: HeatmapPicture,
  b: HeatmapPicture,
  gain: number,
  limit: number,
  colors: Uint32Array,
): SampleOperation {
  return sampleOperation({
    name: 'heatmapVersus',
    grid: a.raster,
    rasters: {truth: truth.raster, a: a.raster, b: b.raster},
    tables: {
      truthValues: valueTexture(truth),
      aValues: valueTexture(a),
      bValues: valueTexture(b),
      colors: {type: 'colors', tables: [colors]},
    },
    ints: {
      truthLargest: largestNumber(truth.raster.bits),
      aLargest: largestNumber(a.raster.bits),
      bLargest: largestNumber(b.raster.bits),
    },
    floats: {gain, limit},
    functions: [codeFunction, distanceFunction],
    glsl,
    colors: (rasters) =>
      paintHeatmapVersus(
        {...truth, raster: rasters.truth},
        {...a, raster: rasters.a},
        {...b, raster: rasters.b},
        gain,
        limit,
        colors,
      ),
  });
}

/**
 * Who is closer to the truth: 1/2 + gain (|b - truth| - |a - truth|) / (2 limit) on a diverging map. The upper end means A, the
 * lower end B. A value that is not finite where the truth is counts as infinitely wrong; two of those are equal.
 */
export function paintHeatmapVersus(
  truth: HeatmapPicture,
  a: HeatmapPicture,
  b: HeatmapPicture,
  gain: number,
  limit: number,
  colors: Uint32Array,
): Uint32Array {
  const wantedValues = valueTable(truth);
  const aValues = valueTable(a);
  const bValues = valueTable(b);
  const nanStored = largestNumber(truth.raster.bits) + 3;
  const last = colors.length - 1;
  const out = new Uint32Array(truth.raster.data.length);
  for (let i = 0; i < out.length; i++) {
    const stored = truth.raster.data[i]!;
    if (stored === nanStored) {
      out[i] = notJudged;
      continue;
    }
    const wanted = wantedValues[stored]!;
    const aError = distance(wanted, aValues[a.raster.data[i]!]!);
    const bError = distance(wanted, bValues[b.raster.data[i]!]!);
    const advantage = aError === bError ? 0 : bError - aError;
    const position = 0.5 + (0.5 * gain * advantage) / limit;
    out[i] = colors[Math.round(last * clamp(position, 0, 1))]!;
  }
  return out;
}

function distance(wanted: number, got: number): number {
  if (wanted === got) {
    return 0;
  }
  const difference = Math.abs(got - wanted);
  return Number.isNaN(difference) ? Infinity : difference;
}
