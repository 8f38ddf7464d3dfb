// SPDX-License-Identifier: Apache-2.0
/** Where a number stands among others of its kind. */
import type {Metric} from '../api/types.js';
import {isMeasured} from '../texts/numbers.js';
import type {Tone} from './metric-text.js';

/** `place` is 1 for the best; equal values share the better place. */
export interface Rank {
  readonly place: number;
  readonly of: number;
  readonly isBest: boolean;
  readonly isWorst: boolean;
}

/** Undefined where the value or all others were not measured. */
export function rankOf(
  value: Metric | undefined,
  all: readonly (Metric | undefined)[],
  lowerIsBetter: boolean,
): Rank | undefined {
  const others = all.filter(isMeasured);
  if (!isMeasured(value) || others.length < 2) {
    return undefined;
  }
  const better = others.filter((other) => (lowerIsBetter ? other < value : other > value)).length;
  const worse = others.filter((other) => (lowerIsBetter ? other > value : other < value)).length;
  return {
    place: better + 1,
    of: others.length,
    // Where all are equal none stands out.
    isBest: better === 0 && worse > 0,
    isWorst: worse === 0 && better > 0,
  };
}

/** The best is green and the worst red. */
export function rankTone(rank: Rank | undefined): Tone {
  return rank?.isBest === true ? 'good' : rank?.isWorst === true ? 'bad' : 'plain';
}
