// SPDX-License-Identifier: Apache-2.0
/** Patterns are drawn in device pixels, so they look the same at any zoom, but stay in place on the picture when it is moved. */
import type {DrawnOutline} from './scene.js';
import type {View} from './view.js';

/** Diagonal stripes of this many pixels mark pixels without a value. */
export const stripeWidth = 4;
/** Of every `dashPeriod` pixels along the diagonal, a dashed outline shows the first `dashLength`. */
export const dashPeriod = 8;
export const dashLength = 5;
/** Of every `turnPeriod` pixels along a fine solid outline, `turnLength` are white and the others black. */
export const turnPeriod = 8;
export const turnLength = 4;
/** The checkerboard behind transparent pictures. */
export const checkSize = 8;
export const checkColors = [0xffffff, 0xdcdcdc] as const;

/** A multiple of every period, so that what is added to a coordinate keeps it from being negative and changes no pattern. */
const commonPeriod = 16;

/** What to add to device pixels' coordinates to fix patterns to the picture. */
export function anchorOf(view: View): {readonly x: number; readonly y: number} {
  return {x: phase(view.x * view.scale), y: phase(view.y * view.scale)};
}

function phase(offset: number): number {
  const pixels = Math.round(offset) % commonPeriod;
  return pixels < 0 ? pixels + commonPeriod : pixels;
}

export function onStripe(x: number, y: number): boolean {
  return (Math.floor((x + y) / stripeWidth) & 1) === 1;
}

export function onDash(x: number, y: number): boolean {
  return (x + y) % dashPeriod < dashLength;
}

export function checkColor(x: number, y: number): number {
  return checkColors[(Math.floor(x / checkSize) + Math.floor(y / checkSize)) & 1]!;
}

/** A solid outline is a line of the first in one of the second, so that it is seen on any fill. */
export const outlineColor = 0xffffff;
export const outlineRimColor = 0x000000;

/** Along a fine solid outline white and black take turns, whichever way it goes: each step to one of the eight pixels around changes the phase. */
export function onWhite(x: number, y: number): boolean {
  return (x + 2 * y + turnLength * Math.floor(y / turnPeriod)) % turnPeriod < turnLength;
}

type Line = Pick<DrawnOutline, 'dashed' | 'width' | 'fine'>;

/** How much wider the rim is than the line, on either side. */
export function rimOf({dashed, width, fine = false}: Line): number {
  return dashed || fine ? 0 : Math.max(1, Math.floor(width / 2));
}

/** With its rim, an outline may cover so many pixels of a picture across. */
const mostCovered = 4;

/** Whether an outline would hide small things of a picture of which each device pixel shows `density` pixels. */
export function coversTooMuch(line: Line, density: number): boolean {
  return (line.width + 2 * rimOf(line)) * density > mostCovered;
}

/** Of an outline that is drawn fine. */
export function fineWidth(width: number): number {
  return Math.max(1, Math.round(width / 2));
}

/** An outline of this width compares a pixel with those so far before and after it. */
export function outlineReach(width: number): {readonly before: number; readonly after: number} {
  return {before: Math.floor(width / 2), after: Math.ceil(width / 2)};
}
