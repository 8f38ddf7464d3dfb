// SPDX-License-Identifier: Apache-2.0
import type {Step} from '../../api/wire.js';
import {nearestIndex} from '../../store/steps.js';

/**
 * At most `count` steps of `steps`, evenly spread from the first to the last. The choice does not depend on the step shown, so
 * that a film strip stands still while it is walked along.
 */
export function filmSteps(steps: readonly Step[], count: number): readonly Step[] {
  if (steps.length <= count) {
    return steps;
  }
  if (count < 2) {
    return steps.slice(-1);
  }
  return Array.from(
    {length: count},
    (_, i) => steps[Math.round((i * (steps.length - 1)) / (count - 1))]!,
  );
}

/** The index of the frame that stands for `step`. */
export function filmIndex(frames: readonly Step[], step: Step | null): number {
  return step === null ? -1 : nearestIndex(frames, step);
}
