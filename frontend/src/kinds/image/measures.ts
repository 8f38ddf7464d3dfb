// SPDX-License-Identifier: Apache-2.0
/** Metrics of two images, by their colours as fractions of full scale; alpha is left out. */
import type {KindMeasure} from '../kind.js';
import type {MeasuredValues} from '../measured.js';
import {colorChannels, isColored, levelScale} from './levels.js';
import type {ImagePicture} from './picture.js';
import {ssim} from './ssim.js';
import type {Raster} from '../../pixels/raster.js';

export const IMAGE_MEASURES: readonly KindMeasure[] = [
  {id: 'mae', lowerIsBetter: true},
  {id: 'psnr', lowerIsBetter: false},
  {id: 'ssim', lowerIsBetter: false},
];

/**
 * Of two pictures of one size: `mae` = mean |Δ|, `psnr` = 10 log10(1 / mean Δ²) in dB, infinite for equal pictures
 * (https://en.wikipedia.org/wiki/Peak_signal-to-noise_ratio), and `ssim`, the index of `ssim.ts`. A grey picture is compared with
 * each colour channel of the other.
 */
export function measureImages(
  ids: readonly string[],
  {raster: truth}: ImagePicture,
  {raster: prediction}: ImagePicture,
): MeasuredValues {
  const values: Record<string, number> = {};
  if (ids.includes('mae') || ids.includes('psnr')) {
    const {mae, mse} = meanErrors(truth, prediction);
    values.mae = mae;
    values.psnr = mse === 0 ? Infinity : 0 - 10 * Math.log10(mse);
  }
  if (ids.includes('ssim')) {
    values.ssim = ssim(truth, prediction).mean;
  }
  return values;
}

/** The means of |Δ| and of Δ² over all pixels and colour channels. */
export function meanErrors(
  truth: Raster,
  prediction: Raster,
): {readonly mae: number; readonly mse: number} {
  const channels = Math.max(colorChannels(truth), colorChannels(prediction));
  const pixels = truth.width * truth.height;
  const [truthScale, scale] = [levelScale(truth), levelScale(prediction)];
  const [truthStep, step] = [Number(isColored(truth)), Number(isColored(prediction))];
  let [absolute, squared] = [0, 0];
  for (let pixel = 0; pixel < pixels; pixel++) {
    for (let channel = 0; channel < channels; channel++) {
      const wanted = truth.data[pixel * truth.channels + channel * truthStep]! * truthScale;
      const got = prediction.data[pixel * prediction.channels + channel * step]! * scale;
      absolute += Math.abs(got - wanted);
      squared += (got - wanted) ** 2;
    }
  }
  return {mae: absolute / (pixels * channels), mse: squared / (pixels * channels)};
}
