// SPDX-License-Identifier: Apache-2.0
/** Colour maps, sampled from d3's once each. */
import {
  interpolateBrBG,
  interpolateCividis,
  interpolateInferno,
  interpolateMagma,
  interpolatePiYG,
  interpolatePlasma,
  interpolatePuOr,
  interpolateRdBu,
  interpolateTurbo,
  interpolateViridis,
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
  RdBu: (t) => interpolateRdBu(1 - t),
  PuOr: interpolatePuOr,
  BrBG: interpolateBrBG,
  PiYG: interpolatePiYG,
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
