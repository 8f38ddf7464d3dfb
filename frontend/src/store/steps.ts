// SPDX-License-Identifier: Apache-2.0
/** Arithmetic of steps: decimal integers of any size, as text. Lists of steps ascend and hold no step twice. */
import type {Step} from '../api/types.js';
import {clamp} from '../clamp.js';

export function compareSteps(a: Step, b: Step): number {
  // Below 2^53 numbers are exact, and several times as fast as BigInt.
  if (a.length < 16 && b.length < 16) {
    return Number(a) - Number(b);
  }
  const difference = BigInt(a) - BigInt(b);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** What the user typed as a step, with or without separators of thousands; `null` if it is none. */
export function parseStep(text: string): Step | null {
  const digits = text.replace(/[\s\u00a0\u2009\u202f,_']/g, '').replace(/^\u2212/, '-');
  return /^-?\d+$/.test(digits) ? BigInt(digits).toString() : null;
}

/** Thousands set apart by a narrow space; a true minus sign. */
export function formatStep(step: Step | bigint): string {
  const text = step.toString();
  const digits = text.replace(/^-/, '');
  const grouped = digits.length <= 4 ? digits : digits.replace(/\B(?=(\d{3})+$)/g, '\u202f');
  return text.startsWith('-') ? `\u2212${grouped}` : grouped;
}

/** A difference of steps with its sign. */
export function formatOffset(offset: bigint): string {
  return offset > 0n ? `+${formatStep(offset)}` : formatStep(offset);
}

/** Steps that a jump goes: a tenth of all, at least ten. */
export function jumpLength(steps: readonly Step[]): number {
  return Math.max(10, Math.round(steps.length / 10));
}

/** Sorted union. */
export function unionOfSteps(lists: Iterable<readonly Step[]>): readonly Step[] {
  const distinct = new Set(lists);
  const [only] = distinct;
  if (only !== undefined && distinct.size === 1) {
    return only;
  }
  const union = new Set<Step>();
  for (const list of distinct) {
    for (const step of list) {
      union.add(step);
    }
  }
  return [...union].sort(compareSteps);
}

/** Index of the first step that is not below `step`; the length of the list if there is none. */
export function lowerBound(steps: readonly Step[], step: Step): number {
  let low = 0;
  let high = steps.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compareSteps(steps[middle]!, step) < 0) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

/** Index of the step nearest to `step`, the earlier of two that are equally near; -1 in an empty list. */
export function nearestIndex(steps: readonly Step[], step: Step): number {
  const above = lowerBound(steps, step);
  if (above === 0) {
    return steps.length === 0 ? -1 : 0;
  }
  if (above === steps.length) {
    return above - 1;
  }
  const up = BigInt(steps[above]!) - BigInt(step);
  const down = BigInt(step) - BigInt(steps[above - 1]!);
  return up < down ? above : above - 1;
}

export function nearestStep(steps: readonly Step[], step: Step): Step | null {
  return steps[nearestIndex(steps, step)] ?? null;
}

/** The step `by` places further, stopping at the ends. */
export function movedStep(steps: readonly Step[], from: Step, by: number): Step | null {
  const at = lowerBound(steps, from);
  const isIn = steps[at] === from;
  // From between two steps, one place forward is the upper and one back the lower.
  const target = isIn || by < 0 ? at + by : at + by - 1;
  return steps[clamp(target, 0, steps.length - 1)] ?? null;
}

/** Steps as fractions, 0 to 1, of the way from the first to the last. */
export function stepFractions(steps: readonly Step[]): readonly number[] {
  const first = BigInt(steps[0] ?? 0);
  const span = Number(BigInt(steps.at(-1) ?? 0) - first);
  return steps.map((step) => (span === 0 ? 0 : Number(BigInt(step) - first) / span));
}

/** Index of the fraction nearest to `fraction` in an ascending list. */
export function nearestFraction(fractions: readonly number[], fraction: number): number {
  let low = 0;
  let high = fractions.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (fractions[middle]! < fraction) {
      low = middle;
    } else {
      high = middle;
    }
  }
  return high >= 0 && fraction - fractions[low]! > fractions[high]! - fraction ? high : low;
}
