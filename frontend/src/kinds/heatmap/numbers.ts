// SPDX-License-Identifier: Apache-2.0
/** The numbers of a heatmap by themselves: for files, to count, and the levels that store them. */
import {countFloats, countLevels, type Numbers} from '../../pixels/distribution.js';
import type {PixelValues, PngPixels} from '../pixel-values.js';
import type {HeatmapPicture} from './picture.js';
import {extremesOf, heatmapValue, largestNumber, valueReader, type Levels} from './values.js';

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

/** To count them. */
export function numbersOf(picture: HeatmapPicture): Numbers {
  const {raster, range, shown = range, unit = ''} = picture;
  const count = () =>
    raster.bits === 32
      ? countFloats(raster)
      : countLevels(raster, 0, numbersOfLevels({raster, range}));
  const extremes = () => extremesOf(picture);
  return {raster, channels: 1, count, extremes, stored: range, shown, unit, said: 1};
}

function numbersOfLevels(levels: Levels): Float64Array {
  const length = largestNumber(levels.raster.bits) + 1;
  return Float64Array.from({length}, (_, stored) => heatmapValue(levels, stored));
}
