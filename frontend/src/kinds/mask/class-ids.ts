// SPDX-License-Identifier: Apache-2.0
/** The class ids of a mask by themselves, whatever integers store them. */
import {storedValues} from '../../pixels/lut.js';
import type {PixelValues, PngPixels} from '../pixel-values.js';
import {classId} from './classes.js';
import {styleOf} from './palette.js';
import type {MaskPicture} from './picture.js';

/** In place of an id, where the picture has none. */
const NO_CLASS = -1;

/** In the smallest of uint8, uint16, int32 and int64 that holds all ids of the picture. */
export function idValues(picture: MaskPicture): PixelValues {
  const {raster} = picture;
  const ids = idTable(picture);
  const [low, high] = extremes(picture, ids);
  const shape = [raster.height, raster.width];
  if (fitsPixels([low, high])) {
    const data =
      high < 2 ** 8 ? new Uint8Array(raster.data.length) : new Uint16Array(raster.data.length);
    return {data: fill(data, picture, ids), shape};
  }
  if (low >= -(2 ** 31) && high < 2 ** 31) {
    return {data: fill(new Int32Array(raster.data.length), picture, ids), shape};
  }
  const data = new BigInt64Array(raster.data.length);
  raster.data.forEach((stored, i) => (data[i] = BigInt(ids[stored]!)));
  return {data, shape};
}

/** Whether 16 bits hold all ids of the picture. */
export function areIdsInPixels(picture: MaskPicture): boolean {
  return fitsPixels(extremes(picture, idTable(picture)));
}

function fitsPixels([low, high]: readonly [number, number]): boolean {
  return low >= 0 && high < 2 ** 16;
}

/** With the colours of the classes where the ids are bytes; undefined for ids of more than 16 bits or below 0. */
export function idPixels(picture: MaskPicture): PngPixels | undefined {
  const {data} = idValues(picture);
  const {width, height} = picture.raster;
  if (data instanceof Uint8Array) {
    const high = data.reduce((most, id) => Math.max(most, id), 0);
    const palette = Array.from({length: high + 1}, (_, id) => styleOf(picture.palette, id).color);
    return {raster: {width, height, channels: 1, bits: 8, data}, palette};
  }
  return data instanceof Uint16Array
    ? {raster: {width, height, channels: 1, bits: 16, data}}
    : undefined;
}

function idTable(picture: MaskPicture): Float64Array {
  const table = new Float64Array(storedValues(picture.raster.bits));
  return table.map((_, stored) => classId(picture, stored) ?? NO_CLASS);
}

function extremes({raster}: MaskPicture, ids: Float64Array): readonly [number, number] {
  let [low, high] = [0, 0];
  for (const stored of raster.data) {
    const id = ids[stored]!;
    low = Math.min(low, id);
    high = Math.max(high, id);
  }
  return [low, high];
}

function fill<T extends Uint8Array | Uint16Array | Int32Array>(
  data: T,
  {raster}: MaskPicture,
  ids: Float64Array,
): T {
  raster.data.forEach((stored, i) => (data[i] = ids[stored]!));
  return data;
}
