// SPDX-License-Identifier: Apache-2.0
/** Thin parts of a layer that is shrunk, made wide enough to be seen. */
import {pack} from './color.js';
import type {Size} from './raster.js';
import {commonSamples, densityOf, fullAlpha, type Bounds, type LayerBuffer} from './sampling.js';
import type {DrawnLayer, DrawnOutline} from './scene.js';
import type {Placement} from './view.js';

/** Device pixels that the thinnest part is wide. */
const WIDTH = 2;

/** Whether a layer has pixels that are thinner than they should be. */
export function thickens({operation, thick}: DrawnLayer, place: Placement): boolean {
  return thick === true && densityOf(place, operation.grid) > 1 / WIDTH;
}

/**
 * Each pixel with something of the layer has all of its colour, and so have the free ones to the right, below and between: what is
 * thinner than two pixels becomes two wide. What is there is never covered. In GLSL: `NAMEThick` of `shader.ts`.
 */
export function thickened(
  buffer: LayerBuffer,
  {width}: Size,
  {left, right, top, bottom}: Bounds,
): LayerBuffer {
  const out = new Uint16Array(buffer.length);
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const to = 4 * (y * width + x);
      for (const [back, up] of NEIGHBORS) {
        const from = to - 4 * (up * width + back);
        if (x - back >= left && y - up >= top && buffer[from + 3]! > 0) {
          copyWhole(buffer, from, out, to);
          break;
        }
      }
    }
  }
  return out;
}

/** Columns to the left and rows above, the first that has something wins. */
const NEIGHBORS = [
  [0, 0],
  [1, 0],
  [0, 1],
  [1, 1],
] as const;

/** Samples per axis of an outline, which looks at many pixels around each: beyond, the thinnest may be missed. */
const MOST_OUTLINED = 16;

/** How many samples per axis of each pixel an outline takes, so that it misses nothing thin; 1 is the middle alone. */
export function outlineSamples({operation, thick}: DrawnOutline, place: Placement): number {
  return thick === true
    ? Math.min(MOST_OUTLINED, commonSamples({...place, smooth: false}, [operation]))
    : 1;
}

/** The colour of each pixel with something of a layer of one colour, as if that covered it. */
export function wholeColors(buffer: LayerBuffer): Uint32Array {
  const out = new Uint32Array(buffer.length / 4);
  const whole = new Uint16Array(4);
  for (let pixel = 0; pixel < out.length; pixel++) {
    if (buffer[4 * pixel + 3]! > 0) {
      copyWhole(buffer, 4 * pixel, whole, 0);
      const [red, green, blue] = whole;
      out[pixel] = pack(byteOf(red!), byteOf(green!), byteOf(blue!), 255);
    }
  }
  return out;
}

function byteOf(level: number): number {
  return Math.round(level / 256);
}

/** A colour as if it covered its pixel. */
function copyWhole(buffer: LayerBuffer, from: number, out: LayerBuffer, to: number): void {
  const share = fullAlpha / buffer[from + 3]!;
  for (let channel = 0; channel < 3; channel++) {
    out[to + channel] = Math.round(buffer[from + channel]! * share);
  }
  out[to + 3] = fullAlpha;
}
