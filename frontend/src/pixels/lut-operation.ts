// SPDX-License-Identifier: Apache-2.0
/** Draws one raster by a table of colours: classes, and numbers through a colour map. */
import {blockMeans, type BlockMean} from './lut-blocks.js';
import type {Lut} from './lut.js';
import {opaqueMean} from './mixing.js';
import {sampleOperation, type CopyWindow, type SampleOperation} from './operation.js';
import {onStripe} from './patterns.js';
import type {Raster} from './raster.js';
import type {GridMap, LayerBuffer, Sampling} from './sampling.js';

const glsl = 'color = look(NAME_lut, int(raster.r) + (onStripe ? NAME_stripeOffset : 0));';

export function drawLut(raster: Raster, lut: Lut): SampleOperation {
  const {solid, stripe} = lut;
  const isPlain = solid === stripe;
  return sampleOperation({
    name: 'lut',
    grid: raster,
    rasters: {raster},
    tables: {lut: {type: 'colors', tables: isPlain ? [solid] : [solid, stripe]}},
    ints: {stripeOffset: isPlain ? 0 : solid.length},
    glsl,
    colors: ({raster: {data}}) => Uint32Array.from(data, (stored) => solid[stored]!),
    average: (rasters, sampling) => averageLut(rasters.raster.data, lut, sampling),
    ...(hidesAll(solid) && {
      copy: (map: GridMap, window: CopyWindow) =>
        chooseCopy(window.samples)(raster, lut, map, window),
    }),
  });
}

const opaqueTables = new WeakMap<Uint32Array, boolean>();

/** Whether all colours are opaque; the stripes of what is hatched are so too, or else neither is. */
function hidesAll(solid: Uint32Array): boolean {
  const isKnown = opaqueTables.get(solid);
  const isOpaque = isKnown ?? solid.every((color) => color >>> 24 === 255);
  opaqueTables.set(solid, isOpaque);
  return isOpaque;
}

function copyLut(
  {data, width}: Raster,
  {solid, stripe}: Lut,
  {columns, rows}: GridMap,
  {bounds: {left, right, top, bottom}, out, stride, anchor}: CopyWindow,
): void {
  // Only rows without hatching are as the one before: stripes are drawn in device pixels.
  let isHatched = false;
  for (let y = top; y < bottom; y++) {
    const start = y * stride;
    if (y > top && rows[y] === rows[y - 1] && !isHatched) {
      out.copyWithin(start + left, start - stride + left, start - stride + right);
      continue;
    }
    const row = rows[y]! * width;
    isHatched = false;
    for (let x = left; x < right; x++) {
      const stored = data[row + columns[x]!]!;
      const color = solid[stored]!;
      const hatch = stripe[stored]!;
      if (hatch === color) {
        out[start + x] = color;
      } else {
        isHatched = true;
        out[start + x] = onStripe(x + anchor.x, y + anchor.y) ? hatch : color;
      }
    }
  }
}

type Copy = (raster: Raster, lut: Lut, map: GridMap, window: CopyWindow) => void;

function chooseCopy(samples: number): Copy {
  if (samples === 1) {
    return copyLut;
  }
  const block = blockMeans[samples];
  return block === undefined ? copyMeanLut : copyBlocks.bind(undefined, block);
}

/** As `copyMeanLut`, for as few samples as `mean` is for. */
function copyBlocks(
  mean: BlockMean,
  {data, width}: Raster,
  {solid, stripe}: Lut,
  {columns, rows}: GridMap,
  {bounds: {left, right, top, bottom}, out, stride, samples, anchor}: CopyWindow,
): void {
  const unit = 256 / (samples * samples);
  const isPlain = solid === stripe;
  for (let y = top; y < bottom; y++) {
    const start = (row: number) => rows[y * samples + row]! * width;
    const row0 = start(0);
    const row1 = start(1);
    const row2 = start(2);
    const row3 = start(3);
    for (let x = left; x < right; x++) {
      const table = isPlain || !onStripe(x + anchor.x, y + anchor.y) ? solid : stripe;
      out[y * stride + x] = mean(data, table, unit, columns, x * samples, row0, row1, row2, row3);
    }
  }
}

/** As `averageLut`, from the raster itself. */
function copyMeanLut(
  {data, width}: Raster,
  {solid, stripe}: Lut,
  {columns, rows}: GridMap,
  {bounds: {left, right, top, bottom}, out, stride, samples, anchor}: CopyWindow,
): void {
  const unit = 256 / (samples * samples);
  const isPlain = solid === stripe;
  const starts = new Int32Array(samples);
  for (let y = top; y < bottom; y++) {
    for (let v = 0; v < samples; v++) {
      starts[v] = rows[y * samples + v]! * width;
    }
    for (let x = left; x < right; x++) {
      const table = isPlain || !onStripe(x + anchor.x, y + anchor.y) ? solid : stripe;
      const from = x * samples;
      const first = data[starts[0]! + columns[from]!]!;
      // Inside of a class there is nothing to average.
      let isOne = true;
      for (let v = 0; v < samples && isOne; v++) {
        const row = starts[v]!;
        for (let u = from; u < from + samples; u++) {
          if (data[row + columns[u]!] !== first) {
            isOne = false;
            break;
          }
        }
      }
      if (isOne) {
        out[y * stride + x] = table[first]!;
        continue;
      }
      let red = 0;
      let green = 0;
      let blue = 0;
      for (let v = 0; v < samples; v++) {
        const row = starts[v]!;
        for (let u = from; u < from + samples; u++) {
          const color = table[data[row + columns[u]!]!]!;
          red += color & 255;
          green += (color >>> 8) & 255;
          blue += (color >>> 16) & 255;
        }
      }
      out[y * stride + x] = opaqueMean(red, green, blue, unit);
    }
  }
}

/** The mean colour of `values` by the table, which is chosen by pixel: hatching is drawn in device pixels. */
export function averageLut(
  values: Raster['data'],
  {solid, stripe}: Lut,
  {samples, canvas: {width, height}, anchor}: Sampling,
): LayerBuffer {
  const buffer = new Uint16Array(4 * width * height);
  // Four samples in a row are one word: inside of a class that is all there is to read.
  const words =
    samples === 4 && values.BYTES_PER_ELEMENT === 1 ? new Int32Array(values.buffer) : undefined;
  const unit = 256 / (samples * samples);
  const stride = width * samples;
  let to = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const table = onStripe(x + anchor.x, y + anchor.y) ? stripe : solid;
      let red = 0;
      let green = 0;
      let blue = 0;
      let alpha = 0;
      let from = y * samples * stride + x * samples;
      if (words !== undefined && isUniform(words, from >> 2, stride >> 2)) {
        const color = table[values[from]!]!;
        buffer[to++] = (color & 0xff) << 8;
        buffer[to++] = color & 0xff00;
        buffer[to++] = (color >>> 8) & 0xff00;
        buffer[to++] = (color >>> 16) & 0xff00;
        continue;
      }
      for (let v = 0; v < samples; v++) {
        // Two channels are summed at once: a row of up to 256 samples of 8 bits fits into 16.
        let redBlue = 0;
        let greenAlpha = 0;
        for (let u = 0; u < samples; u++) {
          const color = table[values[from + u]!]!;
          redBlue += color & 0xff00ff;
          greenAlpha += (color >>> 8) & 0xff00ff;
        }
        red += redBlue & 0xffff;
        green += greenAlpha & 0xffff;
        blue += redBlue >>> 16;
        alpha += greenAlpha >>> 16;
        from += stride;
      }
      buffer[to++] = red * unit;
      buffer[to++] = green * unit;
      buffer[to++] = blue * unit;
      buffer[to++] = alpha * unit;
    }
  }
  return buffer;
}

/** Whether 4 x 4 samples of one byte are equal. */
function isUniform(words: Int32Array, from: number, stride: number): boolean {
  const word = words[from]!;
  return (
    word === Math.imul(word & 255, 0x01010101) &&
    word === words[from + stride] &&
    word === words[from + 2 * stride] &&
    word === words[from + 3 * stride]
  );
}
