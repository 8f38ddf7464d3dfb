// SPDX-License-Identifier: Apache-2.0
/**
 * Which pixels of a raster each pixel of the canvas shows. Both painters use it, so that they
 * agree.
 */
import {nearestIndices} from './align.js';
import type {Size} from './raster.js';
import type {Placement, View} from './view.js';
import {clamp} from '../clamp.js';

/** At most so many samples per axis and device pixel; a picture shrunk further is sampled, not averaged over every pixel. */
const maxSamples = 64;

/** Samples per axis that smoothing takes, for pixels of up to so many device pixels and for larger ones: that many shades from one to the next. */
const smoothing = {upTo: 8, samples: 8, samplesBeyond: 16} as const;

/** Where a canvas meets the frame: device pixels [left, right) x [top, bottom) have their centre inside. */
export interface Bounds {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** For `samples` points in each device pixel of an axis, the index of the raster's pixel there; -1 outside of the frame. */
export type AxisMap = Int32Array;

export interface GridMap {
  readonly columns: AxisMap;
  readonly rows: AxisMap;
}

/** The points at which a canvas is painted. */
export interface Sampling {
  /** Per axis and pixel. */
  readonly samples: number;
  readonly canvas: Size;
  /** What to add to a pixel's coordinates to fix a pattern to the picture. */
  readonly anchor: {readonly x: number; readonly y: number};
}

/** A layer at the canvas's resolution: R, G, B, A of each pixel, premultiplied, 0 to 255 in steps of 1/256. */
export type LayerBuffer = Uint16Array;

/** The alpha of an opaque pixel there. */
export const fullAlpha = 255 * 256;

export function boundsOf(frame: Size, view: View, canvas: Size): Bounds {
  const [left, right] = insideRange(frame.width, view.x, view.scale, canvas.width);
  const [top, bottom] = insideRange(frame.height, view.y, view.scale, canvas.height);
  return {left, right, top, bottom};
}

/** How many samples per axis it takes to meet every pixel of the finest grid once, within bounds. All layers are sampled alike. */
export function commonSamples(place: Placement, layers: readonly {readonly grid: Size}[]): number {
  const {mostSamples = maxSamples, smooth = false} = place;
  const densities = layers.map(({grid}) => densityOf(place, grid));
  const wanted = Math.ceil(Math.max(1, ...densities) - 1e-6);
  return Math.min(Math.max(wanted, smooth ? smoothSamples(densities) : 1), mostSamples);
}

function smoothSamples(densities: readonly number[]): number {
  const coarsest = Math.min(...densities);
  if (coarsest >= 1) {
    return 1;
  }
  return 1 / coarsest <= smoothing.upTo ? smoothing.samples : smoothing.samplesBeyond;
}

/** Pixels of a grid on each device pixel, on the axis that has more. */
export function densityOf({frame, view}: Placement, grid: Size): number {
  return Math.max(grid.width / frame.width, grid.height / frame.height) / view.scale;
}

/**
 * The pixels of a grid that is stretched over the frame, at `samples` x `samples` points of every device pixel. Smoothed, the points of
 * a device pixel that is smaller than one of the grid are spread over the size of that: their mean is that of the pixels around,
 * by how near they are.
 */
export function mapGrid(
  {frame, view, smooth = false}: Placement,
  canvas: Size,
  grid: Size,
  samples: number,
): GridMap {
  const {x, y, scale} = view;
  const axis = (length: number, origin: number, count: number, pixels: number): AxisMap => {
    const spread = smooth ? Math.max(1, (scale * length) / pixels) : 1;
    return mapAxis(length, origin, scale, count, pixels, samples, spread);
  };
  return {
    columns: axis(frame.width, x, canvas.width, grid.width),
    rows: axis(frame.height, y, canvas.height, grid.height),
  };
}

/** Equal where the same pixels are seen at the same places, however finely they are sampled. */
export function placeKey({frame, view, smooth = false}: Placement, canvas: Size): string {
  const {width, height} = canvas;
  return [frame.width, frame.height, view.x, view.y, view.scale, width, height, smooth].join(' ');
}

/** The same points in a raster that is aligned to the grid, as `alignTo` does. */
export function mapAligned(map: GridMap, grid: Size, raster: Size): GridMap {
  return {
    columns: realign(map.columns, grid.width, raster.width),
    rows: realign(map.rows, grid.height, raster.height),
  };
}

/** The frame coordinate of a point of a device pixel, `offset` (0 to 1) from its start. */
function toFrame(origin: number, scale: number, pixel: number, offset: number): number {
  return origin + (pixel + offset) / scale;
}

function insideRange(
  frame: number,
  origin: number,
  scale: number,
  count: number,
): [start: number, end: number] {
  const inside = (pixel: number) => {
    const position = toFrame(origin, scale, pixel, 0.5);
    return position >= 0 && position < frame;
  };
  let start = 0;
  while (start < count && !inside(start)) {
    start++;
  }
  let end = start;
  while (end < count && inside(end)) {
    end++;
  }
  return [start, end];
}

function mapAxis(
  frame: number,
  origin: number,
  scale: number,
  count: number,
  grid: number,
  samples: number,
  spread: number,
): AxisMap {
  const map = new Int32Array(count * samples).fill(-1);
  const [start, end] = insideRange(frame, origin, scale, count);
  for (let pixel = start; pixel < end; pixel++) {
    for (let sample = 0; sample < samples; sample++) {
      const offset = 0.5 + spread * ((sample + 0.5) / samples - 0.5);
      const position = toFrame(origin, scale, pixel, offset);
      const index = Math.floor((position * grid) / frame);
      // Other points of a pixel whose centre is inside may lie just outside.
      map[pixel * samples + sample] = clamp(index, 0, grid - 1);
    }
  }
  return map;
}

function realign(map: AxisMap, grid: number, raster: number): AxisMap {
  if (grid === raster) {
    return map;
  }
  const nearest = nearestIndices(raster, grid);
  return map.map((index) => (index < 0 ? -1 : nearest[index]!));
}
