// SPDX-License-Identifier: Apache-2.0
/** What keys and buttons do to the panes of a sample: zooms, and a cross-hair that keys move. */
import {clamp} from '../clamp.js';
import type {Size} from '../pixels/raster.js';
import {FIT, type Zoom} from '../store/view.js';
import {
  clampZoom,
  isFit,
  magnification,
  magnify,
  panBy,
  zoomAbout,
  type Point,
} from './viewport.js';

/** CSS pixels per picture pixel at which three channels can be read. */
export const READING_SIZE = 48;
/** CSS pixels per press of an arrow key. */
const PAN_STEP = 48;
const KEY_ZOOM = 1.5;

/** What a pane shows of a frame. */
export interface PanePlace {
  readonly zoom: Zoom;
  readonly pane: Size;
  readonly frame: Size;
}

export type ZoomTarget = 'fit' | 'actual' | 'values' | 'in' | 'out';

export function zoomTo(
  target: ZoomTarget,
  {zoom, pane, frame}: PanePlace,
  devicePixelRatio: number,
): Zoom {
  const middle = {x: pane.width / 2, y: pane.height / 2};
  switch (target) {
    case 'fit':
      return FIT;
    case 'actual':
      return magnify(zoom, 1 / devicePixelRatio, pane, frame);
    case 'values':
      return magnify(zoom, READING_SIZE, pane, frame);
    case 'in':
      return zoomAbout(zoom, KEY_ZOOM, middle, pane, frame);
    case 'out': {
      const out = zoomAbout(zoom, 1 / KEY_ZOOM, middle, pane, frame);
      return out.scale <= 1 ? FIT : out;
    }
  }
}

/** What a key asks for; a part that is absent stays as it is. */
export interface PaneKeyEffect {
  readonly zoom?: Zoom;
  /** In the frame; `null` takes it away. */
  readonly crossHair?: Point | null;
}

const ZOOM_KEYS: Readonly<Record<string, ZoomTarget>> = {
  '+': 'in',
  '=': 'in',
  '-': 'out',
  0: 'fit',
  9: 'actual',
  8: 'values',
};

const ARROWS: Readonly<Record<string, Point>> = {
  ArrowLeft: {x: -1, y: 0},
  ArrowRight: {x: 1, y: 0},
  ArrowUp: {x: 0, y: -1},
  ArrowDown: {x: 0, y: 1},
};

/** `null` for a key that does nothing here. `crossHair` is the one that keys move, `null` while there is none. */
export function paneKeyEffect(
  {key, shiftKey}: Pick<KeyboardEvent, 'key' | 'shiftKey'>,
  place: PanePlace,
  crossHair: Point | null,
  devicePixelRatio: number,
): PaneKeyEffect | null {
  const {zoom, pane, frame} = place;
  const target = ZOOM_KEYS[key];
  if (target !== undefined) {
    return pane.width === 0 ? {} : {zoom: zoomTo(target, place, devicePixelRatio)};
  }
  // Caps Lock makes a capital of it, without Shift.
  if (key.toLowerCase() === 'h' && !shiftKey) {
    return {
      crossHair: crossHair === null ? {x: zoom.x * frame.width, y: zoom.y * frame.height} : null,
    };
  }
  if (key === 'Escape') {
    return crossHair === null ? null : {crossHair: null};
  }
  const arrow = ARROWS[key];
  if (arrow === undefined) {
    return null;
  }
  if (crossHair !== null) {
    return movedCrossHair(crossHair, arrow, shiftKey ? 10 : 1, place);
  }
  if (!shiftKey || isFit(zoom)) {
    return null;
  }
  return {zoom: panBy(zoom, -arrow.x * PAN_STEP, -arrow.y * PAN_STEP, pane, frame)};
}

/** By whole picture pixels, within the frame; the place pointed at stays visible. */
function movedCrossHair(
  from: Point,
  arrow: Point,
  by: number,
  {zoom, pane, frame}: PanePlace,
): PaneKeyEffect {
  const x = clamp(Math.floor(from.x) + arrow.x * by, 0, frame.width - 1) + 0.5;
  const y = clamp(Math.floor(from.y) + arrow.y * by, 0, frame.height - 1) + 0.5;
  const perPixel = magnification(zoom, pane, frame);
  const dx = overshoot(x - zoom.x * frame.width, pane.width / 2 / perPixel);
  const dy = overshoot(y - zoom.y * frame.height, pane.height / 2 / perPixel);
  const crossHair = {x, y};
  if (dx === 0 && dy === 0) {
    return {crossHair};
  }
  const moved = {...zoom, x: zoom.x + dx / frame.width, y: zoom.y + dy / frame.height};
  return {crossHair, zoom: clampZoom(moved, pane, frame)};
}

/** How far a place, so far from the centre, lies outside of the visible part on either side of it, with one pixel to spare. */
function overshoot(distance: number, half: number): number {
  return Math.max(Math.abs(distance) - half + 1, 0) * Math.sign(distance);
}
