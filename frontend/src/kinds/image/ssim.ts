// SPDX-License-Identifier: Apache-2.0
/**
 * Structural similarity: Wang, Bovik, Sheikh, Simoncelli, "Image Quality Assessment: From Error
 * Visibility to Structural Similarity", IEEE Transactions on Image Processing 13(4), 2004, with
 * the authors' constants and window.
 */
import {largestNumber} from '../heatmap/values.js';
import {colorChannels} from './levels.js';
import {storedValues} from '../../pixels/lut.js';
import type {ComputedDifference} from '../computed.js';
import type {Raster} from '../../pixels/raster.js';

/** 11 x 11 Gaussian weights of this standard deviation, in pixels. */
const sigma = 1.5;
const radius = 5;
/** Of the range of values, here 1. */
const c1 = 0.01 ** 2;
const c2 = 0.03 ** 2;

export interface SsimMap {
  /** One number per pixel, -1 to 1; 1 is equal. At the border the picture is mirrored, edge pixels included. */
  readonly data: Float64Array;
  /** Over the pixels whose whole window lies inside, or all where there is none: the index of the paper. */
  readonly mean: number;
}

/** 1 - SSIM, 0 to 2, which is 0 where nothing differs, as all differences are; with the mean SSIM. */
export function computeSimilarity(truth: Raster, prediction: Raster): ComputedDifference {
  const {width, height} = prediction;
  const {data: values, mean} = ssim(truth, prediction);
  const largest = largestNumber(16);
  const data = Uint16Array.from(values, (value) => Math.round(((1 - value) / 2) * largest));
  const raster = {width, height, channels: 1, bits: 16, data} as const;
  return {picture: {kind: 'heatmap', raster, range: [0, 2]}, mean};
}

/** SSIM of the luminances of two pictures of one size, which lie in 0 to 1. */
export function ssim(truth: Raster, prediction: Raster): SsimMap {
  const {width, height} = truth;
  const x = luminance(truth);
  const y = luminance(prediction);
  const blur = gaussianBlur(width, height);
  const meanX = blur(x);
  const meanY = blur(y);
  const xx = blur(x.map((value) => value * value));
  const yy = blur(y.map((value) => value * value));
  const xy = blur(x.map((value, i) => value * y[i]!));
  const data = new Float64Array(width * height);
  for (let i = 0; i < data.length; i++) {
    const mx = meanX[i]!;
    const my = meanY[i]!;
    const varianceX = xx[i]! - mx * mx;
    const varianceY = yy[i]! - my * my;
    const covariance = xy[i]! - mx * my;
    data[i] =
      ((2 * mx * my + c1) * (2 * covariance + c2)) /
      ((mx * mx + my * my + c1) * (varianceX + varianceY + c2));
  }
  return {data, mean: innerMean(data, width, height)};
}

/** Rec. ITU-R BT.601 luma of stored values, as a fraction of full scale; grey as it is; alpha left out. */
export function luminance(raster: Raster): Float64Array {
  const {channels, data} = raster;
  const scale = 1 / (storedValues(raster.bits) - 1);
  const result = new Float64Array(raster.width * raster.height);
  if (colorChannels(raster) === 1) {
    return result.map((_, i) => data[i * channels]! * scale);
  }
  for (let i = 0, from = 0; i < result.length; i++, from += channels) {
    result[i] = (0.299 * data[from]! + 0.587 * data[from + 1]! + 0.114 * data[from + 2]!) * scale;
  }
  return result;
}

function gaussianBlur(width: number, height: number): (values: Float64Array) => Float64Array {
  const weights = Float64Array.from({length: 2 * radius + 1}, (_, i) =>
    Math.exp(-((i - radius) ** 2) / (2 * sigma ** 2)),
  );
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const kernel = weights.map((weight) => weight / total);
  const between = new Float64Array(width * height);
  return (values) => {
    const result = new Float64Array(width * height);
    const padded = new Float64Array(width + 2 * radius);
    const columns = mirrored(width);
    for (let y = 0; y < height; y++) {
      const row = y * width;
      for (let i = 0; i < padded.length; i++) {
        padded[i] = values[row + columns[i]!]!;
      }
      for (let x = 0; x < width; x++) {
        let sum = 0;
        for (let k = 0; k < kernel.length; k++) {
          sum += kernel[k]! * padded[x + k]!;
        }
        between[row + x] = sum;
      }
    }
    const rows = mirrored(height);
    for (let y = 0; y < height; y++) {
      const to = y * width;
      for (let k = 0; k < kernel.length; k++) {
        const from = rows[y + k]! * width;
        const weight = kernel[k]!;
        for (let x = 0; x < width; x++) {
          result[to + x] = result[to + x]! + weight * between[from + x]!;
        }
      }
    }
    return result;
  };
}

/** Indices -radius to size + radius - 1, with those outside mirrored: ... 1 0 | 0 1 2 ... */
function mirrored(size: number): Int32Array {
  return Int32Array.from({length: size + 2 * radius}, (_, i) => {
    const period = 2 * size;
    const index = (((i - radius) % period) + period) % period;
    return index < size ? index : period - 1 - index;
  });
}

function innerMean(data: Float64Array, width: number, height: number): number {
  const inner = width > 2 * radius && height > 2 * radius;
  const margin = inner ? radius : 0;
  let sum = 0;
  for (let y = margin; y < height - margin; y++) {
    for (let x = margin; x < width - margin; x++) {
      sum += data[y * width + x]!;
    }
  }
  return sum / ((width - 2 * margin) * (height - 2 * margin));
}
