// SPDX-License-Identifier: Apache-2.0
/** Draws a picture to look at: grey or colour, with or without alpha, each channel through a tone table. */
import {blockSums, type BlockSum} from './block-sums.js';
import {storedValues} from '../../pixels/lut.js';
import {opaqueMean} from '../../pixels/mixing.js';
import type {CopyWindow, DirectOperation} from '../../pixels/operation.js';
import type {Raster} from '../../pixels/raster.js';
import {
  fullAlpha,
  type Bounds,
  type GridMap,
  type LayerBuffer,
  type Sampling,
} from '../../pixels/sampling.js';

const glsl = `
  float alpha = NAME_channels == 2 ? float(raster.g) * NAME_scale
    : NAME_channels == 4 ? float(raster.a) * NAME_scale : 1.0;
  vec3 shown = vec3(look(NAME_tone, int(raster.r)).r);
  if (NAME_channels >= 3) {
    shown.g = look(NAME_tone, int(raster.g)).r;
    shown.b = look(NAME_tone, int(raster.b)).r;
  }
  color = vec4(shown * alpha, alpha);`;

/** `tone` is the shown 8-bit value of every stored one. */
export function drawImage(raster: Raster, tone: Uint8Array): DirectOperation {
  const {channels, bits} = raster;
  const isOpaque = channels % 2 === 1;
  return {
    name: 'image',
    grid: raster,
    rasters: {raster},
    tables: {tone: {type: 'tones', table: tone}},
    ints: {channels},
    floats: {scale: 1 / (storedValues(bits) - 1)},
    glsl,
    averageAt: (map, sampling) =>
      (isOpaque ? averageOpaque : averageWithAlpha)(raster, tone, map, sampling),
    ...(isOpaque && {
      copy: (map: GridMap, window: CopyWindow) =>
        (window.samples === 1 ? copyTone : copyMeanTone)(raster, tone, map, window),
    }),
  };
}

/** Grey or colour without alpha, as most photographs are: whole numbers alone. */
function averageOpaque(
  raster: Raster,
  tone: Uint8Array,
  map: GridMap,
  {samples, canvas: {width, height}}: Sampling,
): LayerBuffer {
  const buffer = new Uint16Array(4 * width * height);
  const unit = 256 / (samples * samples);
  sumOpaque(
    raster,
    tone,
    map,
    samples,
    {left: 0, right: width, top: 0, bottom: height},
    (x, y, red, green, blue) => {
      const to = 4 * (y * width + x);
      buffer[to] = red * unit;
      buffer[to + 1] = green * unit;
      buffer[to + 2] = blue * unit;
      buffer[to + 3] = fullAlpha;
    },
  );
  return buffer;
}

/** As `averageOpaque`, without a buffer. */
function copyMeanTone(
  raster: Raster,
  tone: Uint8Array,
  map: GridMap,
  {bounds, out, stride, samples}: CopyWindow,
): void {
  const unit = 256 / (samples * samples);
  sumOpaque(raster, tone, map, samples, bounds, (x, y, red, green, blue) => {
    out[y * stride + x] = opaqueMean(red, green, blue, unit);
  });
}

type Put = (x: number, y: number, red: number, green: number, blue: number) => void;

/** Tells of each pixel within bounds, where the raster has one, the sums of its samples' tones. */
function sumOpaque(
  raster: Raster,
  tone: Uint8Array,
  map: GridMap,
  samples: number,
  bounds: Bounds,
  put: Put,
): void {
  const sum = blockSums[samples];
  if (sum === undefined) {
    sumMany(raster, tone, map, samples, bounds, put);
  } else {
    sumBlocks(sum, raster, tone, map, samples, bounds, put);
  }
}

function sumBlocks(
  sum: BlockSum,
  {channels, width, data}: Raster,
  tone: Uint8Array,
  {columns, rows}: GridMap,
  samples: number,
  {left, right, top, bottom}: Bounds,
  put: Put,
): void {
  const isGrey = channels === 1;
  const offsets = columns.map((column) => column * channels);
  for (let y = top; y < bottom; y++) {
    const start = (row: number) => rows[y * samples + row]! * width * channels;
    const row0 = start(0);
    const row1 = start(1);
    const row2 = start(2);
    const row3 = start(3);
    for (let x = left; x < right; x++) {
      const at = x * samples;
      if (row0 < 0 || offsets[at]! < 0) {
        continue;
      }
      const red = sum(data, tone, offsets, at, row0, row1, row2, row3);
      if (isGrey) {
        put(x, y, red, red, red);
      } else {
        const green = sum(data, tone, offsets, at, row0 + 1, row1 + 1, row2 + 1, row3 + 1);
        const blue = sum(data, tone, offsets, at, row0 + 2, row1 + 2, row2 + 2, row3 + 2);
        put(x, y, red, green, blue);
      }
    }
  }
}

function sumMany(
  {channels, width, data}: Raster,
  tone: Uint8Array,
  {columns, rows}: GridMap,
  samples: number,
  {left, right, top, bottom}: Bounds,
  put: Put,
): void {
  const isGrey = channels === 1;
  const offsets = columns.map((column) => column * channels);
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const start = x * samples;
      if (rows[y * samples]! < 0 || columns[start]! < 0) {
        continue;
      }
      const end = start + samples;
      let red = 0;
      let green = 0;
      let blue = 0;
      for (let v = 0; v < samples; v++) {
        const row = rows[y * samples + v]! * width * channels;
        if (isGrey) {
          for (let u = start; u < end; u++) {
            red += tone[data[row + offsets[u]!]!]!;
          }
        } else {
          for (let u = start; u < end; u++) {
            const from = row + offsets[u]!;
            red += tone[data[from]!]!;
            green += tone[data[from + 1]!]!;
            blue += tone[data[from + 2]!]!;
          }
        }
      }
      put(x, y, red, isGrey ? red : green, isGrey ? red : blue);
    }
  }
}

function averageWithAlpha(
  {channels, width: stride, bits, data}: Raster,
  tone: Uint8Array,
  {columns, rows}: GridMap,
  {samples, canvas: {width, height}}: Sampling,
): LayerBuffer {
  const buffer = new Uint16Array(4 * width * height);
  const green = channels === 4 ? 1 : 0;
  const blue = 2 * green;
  const alphaAt = channels - 1;
  const alphaScale = 1 / (bits === 8 ? 255 : 65535);
  const unit = 256 / (samples * samples);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const start = x * samples;
      if (rows[y * samples]! < 0 || columns[start]! < 0) {
        continue;
      }
      let redSum = 0;
      let greenSum = 0;
      let blueSum = 0;
      let alphaSum = 0;
      for (let v = 0; v < samples; v++) {
        const row = rows[y * samples + v]! * stride;
        for (let u = start; u < start + samples; u++) {
          const from = (row + columns[u]!) * channels;
          const alpha = data[from + alphaAt]! * alphaScale;
          redSum += tone[data[from]!]! * alpha;
          greenSum += tone[data[from + green]!]! * alpha;
          blueSum += tone[data[from + blue]!]! * alpha;
          alphaSum += alpha;
        }
      }
      const to = 4 * (y * width + x);
      buffer[to] = redSum * unit;
      buffer[to + 1] = greenSum * unit;
      buffer[to + 2] = blueSum * unit;
      buffer[to + 3] = alphaSum * unit * 255;
    }
  }
  return buffer;
}

function copyTone(
  {data, width, channels}: Raster,
  tone: Uint8Array,
  {columns, rows}: GridMap,
  {bounds: {left, right, top, bottom}, out, stride}: CopyWindow,
): void {
  const green = channels === 3 ? 1 : 0;
  const blue = 2 * green;
  for (let y = top; y < bottom; y++) {
    const start = y * stride;
    if (y > top && rows[y] === rows[y - 1]) {
      out.copyWithin(start + left, start - stride + left, start - stride + right);
      continue;
    }
    const row = rows[y]! * width;
    for (let x = left; x < right; x++) {
      const from = (row + columns[x]!) * channels;
      out[start + x] =
        0xff000000 |
        (tone[data[from + blue]!]! << 16) |
        (tone[data[from + green]!]! << 8) |
        tone[data[from]!]!;
    }
  }
}
