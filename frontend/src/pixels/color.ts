// SPDX-License-Identifier: Apache-2.0
/** Colours as numbers: parsing, packing, luminance and contrast. */
import {clamp} from '../clamp.js';

/** `0xRRGGBB` in sRGB. */
export type Color = number;

/**
 * A colour as the four bytes R, G, B, A of a canvas pixel, read as one little-endian integer: one table look-up and one
 * store paint a pixel. Alpha is not premultiplied.
 */
export type Rgba = number;

export const transparent: Rgba = 0;

export function opaque(color: Color): Rgba {
  return pack((color >> 16) & 255, (color >> 8) & 255, color & 255, 255);
}

export function pack(red: number, green: number, blue: number, alpha: number): Rgba {
  return (red | (green << 8) | (blue << 16) | (alpha << 24)) >>> 0;
}

/** `#rrggbb` to a number; undefined for anything else. */
export function parseColor(text: string): Color | undefined {
  return /^#[0-9a-f]{6}$/i.test(text) ? Number.parseInt(text.slice(1), 16) : undefined;
}

export function cssColor(color: Color): string {
  return `#${color.toString(16).padStart(6, '0')}`;
}

/** OKLCH (Ottosson, "A perceptual color space for image processing", 2020) to sRGB; hue in degrees. Out of gamut is clamped. */
export function oklch(lightness: number, chroma: number, hue: number): Color {
  const angle = (hue * Math.PI) / 180;
  const a = chroma * Math.cos(angle);
  const b = chroma * Math.sin(angle);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const red = encodeSrgb(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s);
  const green = encodeSrgb(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s);
  const blue = encodeSrgb(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s);
  return (red << 16) | (green << 8) | blue;
}

/** Linear light to the 8-bit sRGB value (IEC 61966-2-1). */
function encodeSrgb(linear: number): number {
  return Math.round(encodedSrgb(linear));
}

function encodedSrgb(linear: number): number {
  const x = clamp(linear, 0, 1);
  return 255 * (x <= 0.0031308 ? 12.92 * x : 1.055 * x ** (1 / 2.4) - 0.055);
}

function decodeSrgb(level: number): number {
  const x = level / 255;
  return x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4;
}

function linearLight(color: Color): [red: number, green: number, blue: number] {
  return [decodeSrgb((color >> 16) & 255), decodeSrgb((color >> 8) & 255), decodeSrgb(color & 255)];
}

/** Relative luminance, 0 to 1 (WCAG 2.2). */
export function luminance(color: Color): number {
  const [red, green, blue] = linearLight(color);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Contrast ratio, 1 to 21 (WCAG 2.2). */
export function contrast(a: Color, b: Color): number {
  const [low, high] = [luminance(a), luminance(b)].sort((one, other) => one - other);
  return (high! + 0.05) / (low! + 0.05);
}

/** The colour with less light where its contrast with a lighter `ground` is less than `ratio`. Its hue stays. */
export function darkenAgainst(ground: Color, ratio: number, color: Color): Color {
  const most = (luminance(ground) + 0.05) / ratio - 0.05;
  const light = luminance(color);
  if (light <= most) {
    return color;
  }
  // Rounded down, so that the contrast is reached.
  const [red, green, blue] = linearLight(color).map((linear) =>
    Math.floor(encodedSrgb((linear * most) / light)),
  );
  return (red! << 16) | (green! << 8) | blue!;
}
