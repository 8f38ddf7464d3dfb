// SPDX-License-Identifier: Apache-2.0
/** The numbers of a heatmap by themselves, and the levels that store them. */
import type {PixelValues, PngPixels} from '../pixel-values.js';
import type {HeatmapPicture} from './picture.js';
import {largestNumber, valueReader} from './values.js';

export function numberValues(picture: HeatmapPicture): PixelValues {
  const {raster} = picture;
  const shape = [raster.height, raster.width];
  if (raster.bits === 32) {
    return {data: raster.data, shape};
  }
  const numberAt = valueReader(picture);
  return {data: new Float32Array(raster.data.length).map((_, pixel) => numberAt(pixel)), shape};
}

/** Undefined for numbers of 32 bits, which are no integers. */
export function levelPixels({raster, range, unit = ''}: HeatmapPicture): PngPixels | undefined {
  if (raster.bits === 32) {
    return undefined;
  }
  const [low, high] = range;
  const largest = largestNumber(raster.bits);
  const codes = `${largest + 1} is -inf, ${largest + 2} inf, ${largest + 3} NaN`;
  const meaning = `value = ${low} + v / ${largest} * (${high} - ${low})${unit === '' ? '' : ` ${unit}`}; ${codes}`;
  return {raster, meaning};
}
