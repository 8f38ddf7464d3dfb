// SPDX-License-Identifier: Apache-2.0
/** Steps and offsets as numbers that say what they are of. */
import type {Step} from '../api/types.js';
import {formatOffset, formatStep} from '../store/steps.js';
import {scopedText, type NumberScope, type ScopedNumber} from '../texts/scoped-number.js';

type Place = Omit<NumberScope, 'what' | 'step'>;

export function scopedStep(step: Step, place: Place = {}): ScopedNumber {
  return scopedText(formatStep(step), step, {...place, what: 'step', step});
}

/** How far `step` is from the step asked for. */
export function scopedOffset(offset: bigint, step: Step, place: Place = {}): ScopedNumber {
  return scopedText(formatOffset(offset), String(offset), {...place, what: 'offset', step});
}
