// SPDX-License-Identifier: Apache-2.0
/** The type of figures. */
import {cutName} from '../controls/cut-name.js';

export const FONT = 'Roboto, "Helvetica Neue", Arial, sans-serif';

/** Pixels that a text takes, as the canvas's font has it. */
export type Measure = (text: string) => number;

export function measureIn(context: CanvasRenderingContext2D): Measure {
  return (text) => context.measureText(text).width;
}

/** The text, or what of it fits into `room` pixels. */
export function fitted(measure: Measure, text: string, room: number): string {
  return cutName(text, (shown) => measure(shown) <= room);
}
