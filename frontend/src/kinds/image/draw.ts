// SPDX-License-Identifier: Apache-2.0
/** Draws a picture to look at: grey or colour, with or without alpha, each channel through a tone table. */
import {storedValues} from '../../pixels/lut.js';
import type {CopyWindow, DrawOperation, Rasters} from '../../pixels/operation.js';
import type {Raster} from '../../pixels/raster.js';
import {fullAlpha, type GridMap, type LayerBuffer, type Sampling} from '../../pixels/sampling.js';

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
export function drawImage(raster: Raster, tone: Uint8Array): DrawOperation {
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
    average: ({raster: sampled}: Rasters<'raster', Raster>, sampling) =>
      (isOpaque ? averageOpaque : averageWithAlpha)(sampled, tone, sampling),
    ...(isOpaque && {
      copy: (map: GridMap, window: CopyWindow) => copyTone(raster, tone, map, window),
    }),
  };
}

/** Grey or colour without alpha, as most photographs are: whole numbers alone. */
function averageOpaque(
  {channels, data}: Raster,
  tone: Uint8Array,
  {samples, canvas: {width, height}}: Sampling,
): LayerBuffer {
  const buffer = new Uint16Array(4 * width * height);
  const stride = width * samples * channels;
  const run = samples * channels;
  const unit = 256 / (samples * samples);
  const isGrey = channels === 1;
  let to = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let red = 0;
      let green = 0;
      let blue = 0;
      let start = y * samples * stride + x * run;
      for (let v = 0; v < samples; v++, start += stride) {
        const end = start + run;
        if (isGrey) {
          for (let from = start; from < end; from++) {
            red += tone[data[from]!]!;
          }
        } else {
          for (let from = start; from < end; from += 3) {
            red += tone[data[from]!]!;
            green += tone[data[from + 1]!]!;
            blue += tone[data[from + 2]!]!;
          }
        }
      }
      buffer[to++] = red * unit;
      buffer[to++] = (isGrey ? red : green) * unit;
      buffer[to++] = (isGrey ? red : blue) * unit;
      buffer[to++] = fullAlpha;
    }
  }
  return buffer;
}

function averageWithAlpha(
  {channels, bits, data}: Raster,
  tone: Uint8Array,
  {samples, canvas: {width, height}}: Sampling,
): LayerBuffer {
  const buffer = new Uint16Array(4 * width * height);
  const stride = width * samples;
  const green = channels === 4 ? 1 : 0;
  const blue = 2 * green;
  const alphaAt = channels - 1;
  const alphaScale = 1 / (bits === 8 ? 255 : 65535);
  const unit = 256 / (samples * samples);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let redSum = 0;
      let greenSum = 0;
      let blueSum = 0;
      let alphaSum = 0;
      for (let v = 0; v < samples; v++) {
        const start = ((y * samples + v) * stride + x * samples) * channels;
        for (let from = start; from < start + samples * channels; from += channels) {
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
