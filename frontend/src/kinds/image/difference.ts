// SPDX-License-Identifier: Apache-2.0
/**
 * Draws how an image differs from the truth, as fractions of full scale. Alpha is left out; a grey picture compares with each
 * colour channel of the other.
 */
import {pack} from '../../pixels/color.js';
import {rgba} from '../../pixels/glsl.js';
import {sampleOperation, type SampleOperation} from '../../pixels/operation.js';
import type {Raster} from '../../pixels/raster.js';
import {BEYOND, beyondStripe} from '../beyond.js';
import {colorChannels, isColored, levelFunctions, levelScale} from './levels.js';
import {clamp} from '../../clamp.js';

export type ImageDifferenceKind = 'absolute' | 'signed' | 'squared';

const codes: Readonly<Record<ImageDifferenceKind, number>> = {absolute: 0, signed: 1, squared: 2};

const glsl = `
  vec3 d = levels(prediction, NAME_predictionColored, NAME_predictionScale)
    - levels(truth, NAME_truthColored, NAME_truthScale);
  vec3 amount = NAME_gain * (NAME_how == ${codes.squared} ? d * d : abs(d));
  vec3 shown = NAME_how == ${codes.signed} ? 0.5 + 0.5 * NAME_gain * d : amount;
  bool isBeyond = max(amount.r, max(amount.g, amount.b)) > ${BEYOND};
  color = isBeyond && onStripe ? ${rgba(beyondStripe)} : vec4(clamp(shown, 0.0, 1.0), 1.0);`;

export function drawImageDifference(
  truth: Raster,
  prediction: Raster,
  how: ImageDifferenceKind,
  gain: number,
): SampleOperation {
  return sampleOperation({
    name: 'imageDifference',
    grid: prediction,
    rasters: {truth, prediction},
    flags: {truthColored: isColored(truth), predictionColored: isColored(prediction)},
    ints: {how: codes[how]},
    floats: {truthScale: levelScale(truth), predictionScale: levelScale(prediction), gain},
    functions: [levelFunctions],
    glsl,
    stripe: beyondStripe,
    colors: (rasters, beyond) =>
      paintImageDifference(rasters.truth, rasters.prediction, how, gain, beyond),
  });
}

/**
 * Per channel, with d = prediction - truth: absolute shows gain |d|, squared gain d^2 (0 is black), signed 1/2 + gain d / 2
 * (0 is middle grey, brighter means that the prediction is). Where a channel is beyond that, `beyond` is set.
 */
function paintImageDifference(
  truth: Raster,
  prediction: Raster,
  how: ImageDifferenceKind,
  gain: number,
  beyond?: Uint8Array,
): Uint32Array {
  const out = new Uint32Array(prediction.width * prediction.height);
  const truthStep = Number(colorChannels(truth) === 3);
  const step = Number(colorChannels(prediction) === 3);
  const truthScale = levelScale(truth);
  const scale = levelScale(prediction);
  const levels = [0, 0, 0];
  const channels = Math.max(truthStep, step) === 0 ? 1 : 3;
  for (let i = 0; i < out.length; i++) {
    const from = i * prediction.channels;
    const truthFrom = i * truth.channels;
    for (let channel = 0; channel < channels; channel++) {
      const d =
        prediction.data[from + channel * step]! * scale -
        truth.data[truthFrom + channel * truthStep]! * truthScale;
      const amount = gain * (how === 'squared' ? d * d : Math.abs(d));
      const shown = how === 'signed' ? 0.5 + 0.5 * gain * d : amount;
      levels[channel] = Math.round(255 * clamp(shown, 0, 1));
      if (beyond !== undefined && amount > BEYOND) {
        beyond[i] = 1;
      }
    }
    const red = levels[0]!;
    out[i] = channels === 1 ? pack(red, red, red, 255) : pack(red, levels[1]!, levels[2]!, 255);
  }
  return out;
}
