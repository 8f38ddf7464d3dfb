// SPDX-License-Identifier: Apache-2.0
/** Draws which of two images is closer to the truth. */
import {sampleOperation, type SampleOperation} from '../../pixels/operation.js';
import type {Raster} from '../../pixels/raster.js';
import {isColored, levelFunctions, levelScale, pixelError} from './levels.js';
import {clamp} from '../../clamp.js';

const glsl = `
  vec3 wanted = levels(truth, NAME_truthColored, NAME_truthScale);
  float aError = meanOf(abs(levels(a, NAME_aColored, NAME_aScale) - wanted));
  float bError = meanOf(abs(levels(b, NAME_bColored, NAME_bScale) - wanted));
  color = ramp(NAME_colors, 0.5 + 0.5 * NAME_gain * (bError - aError));`;

const meanFunction = 'float meanOf(vec3 values) { return (values.r + values.g + values.b) / 3.0; }';

export function drawImageVersus(
  truth: Raster,
  a: Raster,
  b: Raster,
  gain: number,
  colors: Uint32Array,
): SampleOperation {
  return sampleOperation({
    name: 'imageVersus',
    grid: a,
    rasters: {truth, a, b},
    tables: {colors: {type: 'colors', tables: [colors]}},
    flags: {truthColored: isColored(truth), aColored: isColored(a), bColored: isColored(b)},
    floats: {truthScale: levelScale(truth), aScale: levelScale(a), bScale: levelScale(b), gain},
    functions: [levelFunctions, meanFunction],
    glsl,
    colors: (rasters) => paintImageVersus(rasters.truth, rasters.a, rasters.b, gain, colors),
  });
}

/**
 * Who is closer to the truth: 1/2 + gain (error of B - error of A) / 2 on a diverging map, where an error is the mean of |d|
 * over the colour channels. The upper end means A, the lower end B.
 */
export function paintImageVersus(
  truth: Raster,
  a: Raster,
  b: Raster,
  gain: number,
  colors: Uint32Array,
): Uint32Array {
  const out = new Uint32Array(truth.width * truth.height);
  const last = colors.length - 1;
  for (let i = 0; i < out.length; i++) {
    const advantage = pixelError(truth, b, i) - pixelError(truth, a, i);
    out[i] = colors[Math.round(last * clamp(0.5 + 0.5 * gain * advantage, 0, 1))]!;
  }
  return out;
}
