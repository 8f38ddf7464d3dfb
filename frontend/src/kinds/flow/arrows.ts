// SPDX-License-Identifier: Apache-2.0
/** Arrows over magnified flow: the motion of single pixels, as long as it is large. */
import type {Mark, MarkWindow, Span} from '../marks.js';
import {vectorAt, type Vectors} from './draw.js';

/** CSS pixels between arrows, at least: they don't touch, and leave the colours visible. */
const SPACING = 20;
/** Of the space between arrows: the length at `magnitude`. */
const LONGEST = 0.9;
/** Shorter arrows are dots. CSS pixels, as all below. */
const SHORTEST = 3;
const DOT = 1.5;
const HALF_SHAFT = 0.8;
const HEAD = 7;
/** Of the arrow: the longest head; and of the head: half its width. */
const HEAD_SHARE = 0.45;
const HEAD_SLOPE = 0.5;

/**
 * Every so many pixels one arrow, its middle on the pixel that moves so; none where flow is unknown, and none while pixels are
 * smaller than those of the screen. `magnitude` is the motion of the longest arrows, in pixels; those of larger motion are no longer.
 * The arrows of a zoom are among those of twice the zoom, and stay on their pixels while the picture is moved.
 */
export function flowArrows(
  vectors: Vectors,
  magnitude: number,
  {pixel, columns, rows}: MarkWindow,
): readonly Mark[] {
  const side = Math.min(pixel.width, pixel.height);
  if (side < 1) {
    return [];
  }
  const stride = 2 ** Math.max(0, Math.ceil(Math.log2(SPACING / side)));
  const longest = LONGEST * stride * side;
  const marks: Mark[] = [];
  for (const row of places(rows, stride, vectors.raster.height)) {
    for (const column of places(columns, stride, vectors.raster.width)) {
      const vector = vectorAt(vectors, row * vectors.raster.width + column);
      if (vector !== undefined) {
        const length = longest * Math.min(1, Math.hypot(...vector) / magnitude);
        const direction = [vector[0] * pixel.width, vector[1] * pixel.height] as const;
        const outline = length < SHORTEST ? dot : arrow(length, direction);
        marks.push({x: column + 0.5, y: row + 0.5, outline});
      }
    }
  }
  return marks;
}

/** The middles of blocks of `stride` pixels whose arrows may reach into the span. */
function places({from, to}: Span, stride: number, count: number): number[] {
  const first = Math.max(0, Math.floor(from / stride) - 1);
  const last = Math.ceil(to / stride);
  const found: number[] = [];
  for (let block = first; block <= last; block++) {
    const at = block * stride + (stride >> 1);
    if (at < count) {
      found.push(at);
    }
  }
  return found;
}

const dot: Mark['outline'] = Array.from({length: 8}, (_, i) => {
  const turn = (2 * Math.PI * (i + 0.5)) / 8;
  return [DOT * Math.cos(turn), DOT * Math.sin(turn)];
});

/** Around its middle, from the tail along one side to the tip and back. */
function arrow(length: number, [x, y]: readonly [number, number]): Mark['outline'] {
  const size = Math.hypot(x, y);
  const head = Math.min(HEAD, HEAD_SHARE * length);
  const tip = length / 2;
  const neck = tip - head;
  const points = [
    [-tip, HALF_SHAFT],
    [neck, HALF_SHAFT],
    [neck, HEAD_SLOPE * head],
    [tip, 0],
    [neck, -HEAD_SLOPE * head],
    [neck, -HALF_SHAFT],
    [-tip, -HALF_SHAFT],
  ] as const;
  return points.map(([along, across]) => [
    (along * x - across * y) / size,
    (along * y + across * x) / size,
  ]);
}
