// SPDX-License-Identifier: Apache-2.0
/** Colour maps, sampled from d3's once each. Of those with two ends, only the colours are d3's: its splines bring all of d3-color. */
import {
  interpolateCividis,
  interpolateInferno,
  interpolateMagma,
  interpolatePlasma,
  interpolateTurbo,
  interpolateViridis,
  schemeBrBG,
  schemePiYG,
  schemePuOr,
  schemeRdBu,
} from 'd3-scale-chromatic';

import {pack, type Color, type Rgba} from './color.js';
import {clamp} from '../clamp.js';

export type ColormapName =
  | 'viridis'
  | 'magma'
  | 'inferno'
  | 'plasma'
  | 'cividis'
  | 'turbo'
  | 'greys'
  | 'RdBu'
  | 'PuOr'
  | 'BrBG'
  | 'PiYG';

/** Colours of a map at equal distances, three bytes each; between them it is linear in sRGB. */
export type Colormap = Uint8Array;

export const colormapSize = 256;

const interpolators: Readonly<Record<ColormapName, (t: number) => string>> = {
  viridis: interpolateViridis,
  magma: interpolateMagma,
  inferno: interpolateInferno,
  plasma: interpolatePlasma,
  cividis: interpolateCividis,
  turbo: interpolateTurbo,
  // Linear from black, as a grey picture; d3's greys begin at white and are not linear.
  greys: (t) => `rgb(${[t, t, t].map((x) => Math.round(255 * x)).join()})`,
  // Red is high, as in maps of errors and temperatures.
  RdBu: spline(schemeRdBu.at(-1)!.toReversed()),
  PuOr: spline(schemePuOr.at(-1)!),
  BrBG: spline(schemeBrBG.at(-1)!),
  PiYG: spline(schemePiYG.at(-1)!),
};

export const colormapNames = Object.keys(interpolators) as readonly ColormapName[];

const sampled = new Map<string, Colormap>();

/** The map's colours at t = 0 to 1; the same array each time. */
export function colormap(name: ColormapName, reversed = false): Colormap {
  const key = reversed ? `-${name}` : name;
  let map = sampled.get(key);
  if (map === undefined) {
    map = new Uint8Array(colormapSize * 3);
    for (let i = 0; i < colormapSize; i++) {
      const t = i / (colormapSize - 1);
      map.set(cssChannels(interpolators[name](reversed ? 1 - t : t)), 3 * i);
    }
    sampled.set(key, map);
  }
  return map;
}

/** The colour at `t`, which is clamped to 0 to 1. */
export function colorAt(map: Colormap, t: number): Rgba {
  const position = clamp(t, 0, 1) * (colormapSize - 1);
  const index = Math.min(Math.floor(position), colormapSize - 2);
  const share = position - index;
  const at = 3 * index;
  return pack(
    Math.round(map[at]! + (map[at + 3]! - map[at]!) * share),
    Math.round(map[at + 1]! + (map[at + 4]! - map[at + 1]!) * share),
    Math.round(map[at + 2]! + (map[at + 5]! - map[at + 2]!) * share),
    255,
  );
}

/** Its first or its last colour. */
export function mapEnd(map: Colormap, end: 0 | 1): Color {
  const [red, green, blue] = map.subarray(3 * end * (colormapSize - 1)) as unknown as number[];
  return (red! << 16) | (green! << 8) | blue!;
}

const denseSize = 4096;
const dense = new WeakMap<Colormap, Uint32Array>();

/**
 * The map at so many values of t from 0 to 1 that colours next to each other differ by at most 1 of 255: the nearest entry is
 * as good as the colour itself, on a CPU as on a GPU.
 */
export function denseColormap(map: Colormap): Uint32Array {
  let colors = dense.get(map);
  if (colors === undefined) {
    colors = Uint32Array.from({length: denseSize}, (_, i) => colorAt(map, i / (denseSize - 1)));
    dense.set(map, colors);
  }
  return colors;
}

/**
 * A smooth map along colours at equal distances, by a uniform cubic B-spline through the first and the last of them
 * (https://en.wikipedia.org/wiki/B-spline#Cubic_B-Splines).
 */
function spline(colors: readonly string[]): (t: number) => string {
  const channels = colors.map(cssChannels);
  const last = channels.length - 1;
  return (t) => {
    const first = Math.min(Math.floor(t * last), last - 1);
    const u = t * last - first;
    const mixed = [0, 1, 2].map((channel) => {
      const b = channels[first]![channel]!;
      const c = channels[first + 1]![channel]!;
      // Beyond an end the line through the two colours at it goes on.
      const a = channels[first - 1]?.[channel] ?? 2 * b - c;
      const d = channels[first + 2]?.[channel] ?? 2 * c - b;
      const sum =
        (1 - u) ** 3 * a +
        (3 * u ** 3 - 6 * u ** 2 + 4) * b +
        (-3 * u ** 3 + 3 * u ** 2 + 3 * u + 1) * c +
        u ** 3 * d;
      return clamp(Math.round(sum / 6), 0, 255);
    });
    return `rgb(${mixed.join()})`;
  };
}

/** d3 gives `#rrggbb` or `rgb(r, g, b)`. */
function cssChannels(css: string): number[] {
  const channels = css.startsWith('#')
    ? [1, 3, 5].map((at) => Number.parseInt(css.slice(at, at + 2), 16))
    : (css.match(/\d+/g) ?? []).map(Number);
  if (channels.length !== 3) {
    throw new Error(`got colour ${css}, want #rrggbb or rgb(r, g, b)`);
  }
  return channels;
}
