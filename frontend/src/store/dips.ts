// SPDX-License-Identifier: Apache-2.0

/** A dip is a place worse than its surroundings by at least this share of the curve's range. */
const DEPTH = 0.12;

/** Places of a curve, by index. */
export interface Fall {
  /** Where it was first worse by a dip's depth. */
  readonly onset: number;
  /** Where it was worst. */
  readonly worst: number;
}

/** Where the metric was worse than before, and after or until the end. */
export function fallsOf(y: readonly number[], lowerIsBetter: boolean): readonly Fall[] {
  const goodness = lowerIsBetter ? y.map((value) => -value) : y;
  const depth = DEPTH * (Math.max(...goodness) - Math.min(...goodness));
  if (!(depth > 0)) {
    return [];
  }
  const falls: Fall[] = [];
  let peak = -Infinity;
  let fall: Fall | undefined;
  for (const [i, value] of goodness.entries()) {
    if (fall === undefined) {
      if (value <= peak - depth) {
        fall = {onset: i, worst: i};
      }
      peak = Math.max(peak, value);
    } else if (value < goodness[fall.worst]!) {
      fall = {...fall, worst: i};
    } else if (value >= goodness[fall.worst]! + depth) {
      falls.push(fall);
      fall = undefined;
      peak = value;
    }
  }
  return fall === undefined ? falls : [...falls, fall];
}
