// SPDX-License-Identifier: Apache-2.0
// Differences of images, as fractions of full scale, so pictures of 8 and 16 bits compare. Alpha is left out; a grey picture
// compares with each colour channel of the other. Both pictures have one size.
import {pack} from '../../pixels/color.js';
import {storedValues} from '../../pixels/lut.js';
import type {Raster} from '../../pixels/raster.js';

export type ImageDifferenceKind = 'absolute' | 'signed' | 'squared';

/** 1 for grey, 3 for colour: how many channels of a raster hold colour and not alpha. */
export function colorChannels({channels}: Raster): 1 | 3 {
  return channels >= 3 ? 3 : 1;
}

/**
 * Per channel, with d = prediction - truth: absolute shows gain |d|, squared gain d^2 (0 is black), signed 1/2 + gain d / 2
 * (0 is middle grey, brighter means that the prediction is).
 */
export function paintImageDifference(
  truth: Raster,
  prediction: Raster,
  how: ImageDifferenceKind,
  gain: number,
): Uint32Array {
  const out = new Uint32Array(prediction.width * prediction.height);
  const truthStep = Number(colorChannels(truth) === 3);
  const step = Number(colorChannels(prediction) === 3);
  const truthScale = 1 / (storedValues(truth.bits) - 1);
  const scale = 1 / (storedValues(prediction.bits) - 1);
  const levels = [0, 0, 0];
  const channels = Math.max(truthStep, step) === 0 ? 1 : 3;
  for (let i = 0; i < out.length; i++) {
    const from = i * prediction.channels;
    const truthFrom = i * truth.channels;
    for (let channel = 0; channel < channels; channel++) {
      const d =
        prediction.data[from + channel * step]! * scale -
        truth.data[truthFrom + channel * truthStep]! * truthScale;
      const shown =
        how === 'absolute'
          ? gain * Math.abs(d)
          : how === 'squared'
            ? gain * d * d
            : 0.5 + 0.5 * gain * d;
      levels[channel] = Math.round(255 * Math.min(Math.max(shown, 0), 1));
    }
    const red = levels[0]!;
    out[i] = channels === 1 ? pack(red, red, red, 255) : pack(red, levels[1]!, levels[2]!, 255);
  }
  return out;
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
    out[i] = colors[Math.round(last * Math.min(Math.max(0.5 + 0.5 * gain * advantage, 0), 1))]!;
  }
  return out;
}

/** The mean over the colour channels of |prediction - truth|, in fractions of full scale. */
export function pixelError(truth: Raster, prediction: Raster, pixel: number): number {
  const truthColors = colorChannels(truth);
  const colors = colorChannels(prediction);
  const channels = Math.max(truthColors, colors);
  const truthScale = 1 / (storedValues(truth.bits) - 1);
  const scale = 1 / (storedValues(prediction.bits) - 1);
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
