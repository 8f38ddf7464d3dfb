// SPDX-License-Identifier: Apache-2.0
/**
 * What is known of numbers where storing clipped some: the ends of the stored range stand for all that lies beyond them, so
 * that a number there is "at most" or "at least".
 */

/** Empty: the number is as it is. */
export type Bound = '' | '≤' | '≥';

/** Of a difference that can be anything. */
export const UNKNOWN_DIFFERENCE = 'unknown, clipped';

/** Of a level of 0 to `largest`; `clipped` is the share of the picture's pixels that were clipped. */
export function boundOf(level: number, largest: number, clipped = 0): Bound {
  if (clipped === 0) {
    return '';
  }
  return level === 0 ? '≤' : level === largest ? '≥' : '';
}

/** Of b − a; undefined where nothing is known of it. */
export function boundOfDifference(a: Bound, b: Bound): Bound | undefined {
  const ofMinusA = a === '' ? '' : a === '≤' ? '≥' : '≤';
  if (ofMinusA === '' || b === '' || ofMinusA === b) {
    return b === '' ? ofMinusA : b;
  }
  return undefined;
}

export function boundedText(bound: Bound, text: string): string {
  return bound === '' ? text : `${bound} ${text}`;
}

/** `text` is the difference, `bound` what is known of it. */
export function boundedDifference(bound: Bound | undefined, text: string): string {
  return bound === undefined ? UNKNOWN_DIFFERENCE : boundedText(bound, text);
}
