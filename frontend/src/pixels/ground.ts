// SPDX-License-Identifier: Apache-2.0
/**
 * Draws a picture as the ground that errors stand on: its lightness alone, between light grey and white, so that every colour of an
 * error has a contrast of at least `errorContrast` with it.
 */
import {opaque, transparent, type Color, type Rgba} from './color.js';
import {storedValues, type Lut} from './lut.js';
import {sampleOperation, type SampleOperation} from './operation.js';
import type {Raster} from './raster.js';

/** What black becomes, as a level of 255; white stays white. */
const darkestLevel = 200;

export const darkestGround: Color = 0x010101 * darkestLevel;
/** Between the two ends, for legends. */
export const middleGround: Color = 0xe4e4e4;

/** At least 3 : 1, as WCAG 2.2 asks for graphics. */
export const errorContrast = 3;

// The luma of ITU-R BT.601.
const glsl = `
  float alpha = NAME_channels == 2 ? float(raster.g) * NAME_scale
    : NAME_channels == 4 ? float(raster.a) * NAME_scale : 1.0;
  vec3 shown = vec3(look(NAME_tone, int(raster.r)).r);
  if (NAME_channels >= 3) {
    shown.g = look(NAME_tone, int(raster.g)).r;
    shown.b = look(NAME_tone, int(raster.b)).r;
  }
  float light = mix(1.0, dot(shown, vec3(0.299, 0.587, 0.114)), alpha);
  color = vec4(vec3(mix(${(darkestLevel / 255).toFixed(8)}, 1.0, light)), 1.0);`;

/** `tone` is the shown 8-bit value of every stored one. Where the raster is transparent, the ground is white. */
export function drawGround(raster: Raster, tone: Uint8Array): SampleOperation {
  return sampleOperation({
    name: 'ground',
    grid: raster,
    rasters: {raster},
    tables: {tone: {type: 'tones', table: tone}},
    ints: {channels: raster.channels},
    floats: {scale: 1 / (storedValues(raster.bits) - 1)},
    glsl,
    colors: (rasters) => paintGround(rasters.raster, tone),
  });
}

function paintGround({channels, bits, data}: Raster, tone: Uint8Array): Uint32Array {
  const out = new Uint32Array(data.length / channels);
  const green = channels >= 3 ? 1 : 0;
  const alphaAt = channels % 2 === 0 ? channels - 1 : -1;
  const alphaScale = 1 / (storedValues(bits) - 1);
  for (let i = 0; i < out.length; i++) {
    const from = i * channels;
    const alpha = alphaAt < 0 ? 1 : data[from + alphaAt]! * alphaScale;
    const luma = lumaOf(
      tone[data[from]!]!,
      tone[data[from + green]!]!,
      tone[data[from + 2 * green]!]!,
    );
    out[i] = groundAt(255 + alpha * (luma - 255));
  }
  return out;
}

/** The table as ground; white where it is transparent. */
export function groundLut({solid}: Lut): Lut {
  const faded = solid.map((color) =>
    color === transparent
      ? groundAt(255)
      : groundAt(lumaOf(color & 255, (color >> 8) & 255, (color >> 16) & 255)),
  );
  return {solid: faded, stripe: faded};
}

function groundColor(luma: number): Color {
  return 0x010101 * Math.round(darkestLevel + ((255 - darkestLevel) * luma) / 255);
}

function groundAt(luma: number): Rgba {
  return opaque(groundColor(luma));
}

function lumaOf(red: number, green: number, blue: number): number {
  return 0.299 * red + 0.587 * green + 0.114 * blue;
}
