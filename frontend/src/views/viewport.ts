// SPDX-License-Identifier: Apache-2.0
/**
 * The geometry of zoom: between picture pixels, fractions of the frame and CSS pixels of a pane.
 */
import type {View} from '../pixels/view.js';
import type {Size} from '../pixels/raster.js';
import {FIT, type Zoom} from '../store/view.js';
import {clamp} from '../clamp.js';

/** A place in a pane, in CSS pixels from its top left corner. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A pane's point p at scale 1 is seen at k p + (x, y). */
export interface Transform {
  readonly k: number;
  readonly x: number;
  readonly y: number;
}

/** CSS pixels per picture pixel at the deepest zoom. */
export const DEEPEST = 64;

/** CSS pixels that a side of a pane may be off because browsers lay out in whole device pixels. */
const ROUNDING = 1.5;

/** CSS pixels per picture pixel at which the whole frame is just seen. */
export function fitScale(pane: Size, frame: Size): number {
  const across = pane.width / frame.width;
  const down = pane.height / frame.height;
  const least = Math.min(across, down);
  const gap = Math.max(pane.width - least * frame.width, pane.height - least * frame.height);
  // A hairline of ground beside a picture that should fill its pane looks like a part of it.
  const shape = Math.max(frame.width / frame.height, frame.height / frame.width);
  return gap > ROUNDING * shape ? least : Math.max(across, down);
}

/** The least and the greatest scale. A picture smaller than its pane can be shrunk to 1:1. */
export function scaleExtent(
  pane: Size,
  frame: Size,
  devicePixelRatio: number,
): readonly [number, number] {
  const fit = fitScale(pane, frame);
  return [Math.min(1, 1 / (fit * devicePixelRatio)), Math.max(1, DEEPEST / fit)];
}

/** CSS pixels per picture pixel. */
export function magnification(zoom: Zoom, pane: Size, frame: Size): number {
  return zoom.scale * fitScale(pane, frame);
}

/** The zoom at which a picture pixel is `size` CSS pixels wide, about the same centre. */
export function magnify(zoom: Zoom, size: number, pane: Size, frame: Size): Zoom {
  return clampZoom({...zoom, scale: size / fitScale(pane, frame)}, pane, frame);
}

/** Keeps the scale under the deepest, and the frame over the pane's middle: centred where it is smaller than the pane. */
export function clampZoom(zoom: Zoom, pane: Size, frame: Size): Zoom {
  const fit = fitScale(pane, frame);
  const scale = Math.min(zoom.scale, Math.max(1, DEEPEST / fit));
  return {
    scale,
    x: clampCentre(zoom.x, pane.width / (frame.width * fit * scale)),
    y: clampCentre(zoom.y, pane.height / (frame.height * fit * scale)),
  };
}

/** `seen` is the part of the frame that the pane can show, 1 or more when all of it. */
function clampCentre(centre: number, seen: number): number {
  return seen >= 1 ? 0.5 : clamp(centre, seen / 2, 1 - seen / 2);
}

/** Zooms by `factor` about the point `at`. */
export function zoomAbout(zoom: Zoom, factor: number, at: Point, pane: Size, frame: Size): Zoom {
  const old = transformOf(zoom, pane, frame);
  const [, deepest] = scaleExtent(pane, frame, 1);
  const k = Math.min(old.k * factor, deepest);
  const grown = k / old.k;
  return clampZoom(
    zoomOf({k, x: at.x - (at.x - old.x) * grown, y: at.y - (at.y - old.y) * grown}, pane, frame),
    pane,
    frame,
  );
}

/** Pans the picture by `dx` CSS pixels to the right and `dy` down. */
export function panBy(zoom: Zoom, dx: number, dy: number, pane: Size, frame: Size): Zoom {
  const {k, x, y} = transformOf(zoom, pane, frame);
  return clampZoom(zoomOf({k, x: x + dx, y: y + dy}, pane, frame), pane, frame);
}

export function transformOf(zoom: Zoom, pane: Size, frame: Size): Transform {
  const fit = fitScale(pane, frame);
  return {
    k: zoom.scale,
    x: pane.width / 2 - zoom.scale * (pane.width / 2 + (zoom.x - 0.5) * frame.width * fit),
    y: pane.height / 2 - zoom.scale * (pane.height / 2 + (zoom.y - 0.5) * frame.height * fit),
  };
}

export function zoomOf({k, x, y}: Transform, pane: Size, frame: Size): Zoom {
  const fit = fitScale(pane, frame);
  return {
    scale: k,
    x: 0.5 + ((pane.width / 2 - x) / k - pane.width / 2) / (frame.width * fit),
    y: 0.5 + ((pane.height / 2 - y) / k - pane.height / 2) / (frame.height * fit),
  };
}

/** What a canvas over the whole pane shows; a canvas has `devicePixelRatio` pixels per CSS pixel. */
export function viewOf(zoom: Zoom, pane: Size, frame: Size, devicePixelRatio: number): View {
  const perPixel = magnification(zoom, pane, frame);
  return {
    x: zoom.x * frame.width - pane.width / 2 / perPixel,
    y: zoom.y * frame.height - pane.height / 2 / perPixel,
    scale: perPixel * devicePixelRatio,
  };
}

/** The pixels of a canvas over the whole pane. */
export function canvasSize({width, height}: Size, devicePixelRatio: number): Size {
  return {
    width: Math.round(width * devicePixelRatio),
    height: Math.round(height * devicePixelRatio),
  };
}

/** The place in the frame, in picture pixels, that is seen at `at`. */
export function frameAt(at: Point, zoom: Zoom, pane: Size, frame: Size): Point {
  const {x, y, scale} = viewOf(zoom, pane, frame, 1);
  return {x: x + at.x / scale, y: y + at.y / scale};
}

/** Where in the pane a place in the frame is seen. */
export function paneAt(place: Point, zoom: Zoom, pane: Size, frame: Size): Point {
  const {x, y, scale} = viewOf(zoom, pane, frame, 1);
  return {x: (place.x - x) * scale, y: (place.y - y) * scale};
}

/** The visible part of the frame, as fractions of it, within 0 to 1. */
export function seenPart(
  zoom: Zoom,
  pane: Size,
  frame: Size,
): {x: number; y: number; width: number; height: number} {
  const {x, y, scale} = viewOf(zoom, pane, frame, 1);
  const left = Math.max(0, x / frame.width);
  const top = Math.max(0, y / frame.height);
  const right = Math.min(1, (x + pane.width / scale) / frame.width);
  const bottom = Math.min(1, (y + pane.height / scale) / frame.height);
  return {x: left, y: top, width: right - left, height: bottom - top};
}

export function isFit(zoom: Zoom): boolean {
  return zoom.scale === FIT.scale && zoom.x === FIT.x && zoom.y === FIT.y;
}
