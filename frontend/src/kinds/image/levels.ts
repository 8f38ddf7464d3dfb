// SPDX-License-Identifier: Apache-2.0
/** Colour levels of images, as fractions of full scale, so that pictures of 8 and 16 bits compare. Alpha is left out. */
import {storedValues} from '../../pixels/lut.js';
import type {Raster} from '../../pixels/raster.js';

/** 1 for grey, 3 for colour: how many channels of a raster hold colour and not alpha. */
export function colorChannels({channels}: Raster): 1 | 3 {
  return channels >= 3 ? 3 : 1;
}

/** The mean over the colour channels of |prediction - truth|, in fractions of full scale. */
export function pixelError(truth: Raster, prediction: Raster, pixel: number): number {
  const truthColors = colorChannels(truth);
  const colors = colorChannels(prediction);
  const channels = Math.max(truthColors, colors);
  const truthScale = levelScale(truth);
  const scale = levelScale(prediction);
  let sum = 0;
  for (let channel = 0; channel < channels; channel++) {
    const wanted =
      truth.data[pixel * truth.channels + (truthColors === 3 ? channel : 0)]! * truthScale;
    const got =
      prediction.data[pixel * prediction.channels + (colors === 3 ? channel : 0)]! * scale;
    sum += Math.abs(got - wanted);
  }
  return sum / channels;
}

/** The largest |prediction - truth| of the colour channels, in fractions of full scale. */
export function largestError(truth: Raster, prediction: Raster, pixel: number): number {
  const truthStep = Number(isColored(truth));
  const step = Number(isColored(prediction));
  const channels = truthStep + step === 0 ? 1 : 3;
  let largest = 0;
  for (let channel = 0; channel < channels; channel++) {
    const wanted = truth.data[pixel * truth.channels + channel * truthStep]! * levelScale(truth);
    const got = prediction.data[pixel * prediction.channels + channel * step]!;
    largest = Math.max(largest, Math.abs(got * levelScale(prediction) - wanted));
  }
  return largest;
}

/** GLSL `levels(part, NAME_partColored, NAME_partScale)`: a grey picture compares with each colour channel of the other. */
export const levelFunctions = `
  vec3 levels(uvec4 stored, bool colored, float scale) {
    return vec3(colored ? stored.rgb : stored.rrr) * scale;
  }`;

/** What a stored 1 is of full scale. */
export function levelScale({bits}: Raster): number {
  return 1 / (storedValues(bits) - 1);
}

export function isColored(raster: Raster): boolean {
  return colorChannels(raster) === 3;
}
