// SPDX-License-Identifier: Apache-2.0
/** Draws which of two heatmaps is closer to the truth. */
import {rgba} from '../../pixels/glsl.js';
import {notJudged} from '../../pixels/no-value.js';
import {sampleOperation, type SampleOperation} from '../../pixels/operation.js';
import type {HeatmapPicture} from './picture.js';
import {largestLevel, valueFunctions, valueReader, valueTexture} from './values.js';
import {clamp} from '../../clamp.js';

// `advantageOf` is that of TypeScript below.
const advantageFunction = `
  bool isWrong(int wantedCode, int gotCode) {
    return (wantedCode != 0 || gotCode != 0) && wantedCode != gotCode;
  }
  float advantageOf(float wanted, float a, float b) {
    if ((a >= wanted) == (b >= wanted)) return a >= wanted ? b - a : a - b;
    float sum = a + b;
    float below = abs(sum) < abs(a - wanted) ? 2.0 * wanted - sum : (wanted - b) - (a - wanted);
    return a >= wanted ? below : -below;
  }`;

const glsl = `
  int wantedCode = codeOf(truth.r, NAME_truthLargest);
  int aCode = codeOf(a.r, NAME_aLargest);
  int bCode = codeOf(b.r, NAME_bLargest);
  float advantage = 0.0;
  if (wantedCode == 0 && aCode == 0 && bCode == 0) {
    advantage = advantageOf(numberOf(truth.r, NAME_truthLargest, NAME_truthValues),
      numberOf(a.r, NAME_aLargest, NAME_aValues), numberOf(b.r, NAME_bLargest, NAME_bValues));
  } else if (isWrong(wantedCode, aCode) != isWrong(wantedCode, bCode)) {
    advantage = isWrong(wantedCode, aCode) ? -1e30 : 1e30;
  }
  color = wantedCode == 3 ? ${rgba(notJudged)}
    : ramp(NAME_colors, 0.5 + 0.5 * NAME_gain * advantage / NAME_limit);`;

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
      truthLargest: largestLevel(truth.raster),
      aLargest: largestLevel(a.raster),
      bLargest: largestLevel(b.raster),
    },
    floats: {gain, limit},
    functions: [valueFunctions, advantageFunction],
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
  const wantedAt = valueReader(truth);
  const aAt = valueReader(a);
  const bAt = valueReader(b);
  const last = colors.length - 1;
  const out = new Uint32Array(truth.raster.data.length);
  for (let i = 0; i < out.length; i++) {
    const wanted = wantedAt(i);
    if (Number.isNaN(wanted)) {
      out[i] = notJudged;
      continue;
    }
    const advantage = advantageOf(wanted, aAt(i), bAt(i));
    const position = 0.5 + (0.5 * gain * advantage) / limit;
    out[i] = colors[Math.round(last * clamp(position, 0, 1))]!;
  }
  return out;
}

/**
 * By how much A is closer than B: |b - wanted| - |a - wanted|. The errors are not taken first: those of two numbers far from the truth
 * may be equal where the numbers are not.
 */
function advantageOf(wanted: number, a: number, b: number): number {
  if (!Number.isFinite(wanted) || !Number.isFinite(a) || !Number.isFinite(b)) {
    const [aIsWrong, bIsWrong] = [isWrong(wanted, a), isWrong(wanted, b)];
    return aIsWrong === bIsWrong ? 0 : aIsWrong ? -Infinity : Infinity;
  }
  if (a >= wanted === b >= wanted) {
    return a >= wanted ? b - a : a - b;
  }
  const sum = a + b;
  const below = Math.abs(sum) < Math.abs(a - wanted) ? 2 * wanted - sum : wanted - b - (a - wanted);
  return a >= wanted ? below : -below;
}

/** Of two that are not both finite. */
function isWrong(wanted: number, got: number): boolean {
  return wanted !== got && (!Number.isFinite(wanted) || !Number.isFinite(got));
}
