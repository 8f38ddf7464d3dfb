// SPDX-License-Identifier: Apache-2.0
/**
 * Stretches one raster over another by nearest neighbour, so that pictures of two sizes can be
 * compared.
 */
import {blankLike, type DecodedRaster, type Size} from './raster.js';

/**
 * For each of `count` pixels, the nearest of `source` pixels that are stretched over the same length: the one under the
 * pixel's centre, floor((i + 1/2) source / count). In integers, so that centres between two pixels always go to the right.
 */
export function nearestIndices(source: number, count: number): Int32Array {
  return Int32Array.from({length: count}, (_, i) =>
    Math.floor(((2 * i + 1) * source) / (2 * count)),
  );
}

/** The raster stretched or shrunk to `size` by nearest neighbour; itself where it has that size. */
export function alignTo<R extends DecodedRaster>(raster: R, {width, height}: Size): R {
  if (raster.width === width && raster.height === height) {
    return raster;
  }
  const {channels} = raster;
  const aligned = blankLike(raster, {width, height});
  const columns = nearestIndices(raster.width, width);
  const rows = nearestIndices(raster.height, height);
  let to = 0;
  for (let y = 0; y < height; y++) {
    const row = rows[y]! * raster.width;
    for (let x = 0; x < width; x++) {
      const from = (row + columns[x]!) * channels;
      for (let channel = 0; channel < channels; channel++) {
        aligned.data[to++] = raster.data[from + channel]!;
      }
    }
  }
  return aligned;
}

/** A picture with its raster aligned. */
export function alignPicture<P extends {readonly raster: DecodedRaster}>(
  picture: P,
  size: Size,
): P {
  return {...picture, raster: alignTo(picture.raster, size)};
}

/** The raster's pixel at a point of the frame it is stretched over; undefined outside. */
export function pixelAt(
  frame: Size,
  raster: Size,
  x: number,
  y: number,
): {x: number; y: number} | undefined {
  if (!(x >= 0 && y >= 0 && x < frame.width && y < frame.height)) {
    return undefined;
  }
  return {
    x: Math.min(Math.floor((x * raster.width) / frame.width), raster.width - 1),
    y: Math.min(Math.floor((y * raster.height) / frame.height), raster.height - 1),
  };
}
