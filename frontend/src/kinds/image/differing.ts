// SPDX-License-Identifier: Apache-2.0
/** Draws where an image differs from the truth. */
import {transparent} from '../../pixels/color.js';
import {rgba} from '../../pixels/glsl.js';
import {sampleOperation, type SampleOperation} from '../../pixels/operation.js';
import type {Raster} from '../../pixels/raster.js';
import {differingColor} from '../differing.js';
import {isColored, largestError, levelFunctions, levelScale} from './levels.js';

const glsl = `
  vec3 d = abs(levels(prediction, NAME_predictionColored, NAME_predictionScale)
    - levels(truth, NAME_truthColored, NAME_truthScale));
  if (max(d.r, max(d.g, d.b)) >= NAME_least) color = ${rgba(differingColor)};`;

/** Where a colour channel differs by at least `least`, a fraction of full scale. */
export function drawImageDiffering(
  truth: Raster,
  prediction: Raster,
  least: number,
): SampleOperation {
  return sampleOperation({
    name: 'imageDiffering',
    grid: prediction,
    rasters: {truth, prediction},
    flags: {truthColored: isColored(truth), predictionColored: isColored(prediction)},
    floats: {truthScale: levelScale(truth), predictionScale: levelScale(prediction), least},
    functions: [levelFunctions],
    glsl,
    colors: (rasters) =>
      Uint32Array.from({length: rasters.truth.width * rasters.truth.height}, (_, i) =>
        largestError(rasters.truth, rasters.prediction, i) >= least ? differingColor : transparent,
      ),
  });
}
