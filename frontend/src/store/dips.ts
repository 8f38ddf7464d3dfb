// SPDX-License-Identifier: Apache-2.0
/** Finds the dips of a metric's curve, which the timeline marks. */

/** A dip is a place worse than its surroundings by at least this share of the curve's range. */
const DEPTH = 0.12;

/** Where a curve fell, by index: the first place that is worse than before by a dip's depth, until it rises by as much again. */
export function fallsOf(y: readonly number[], lowerIsBetter: boolean): readonly number[] {
  const goodness = lowerIsBetter ? y.map((value) => -value) : y;
  const depth = DEPTH * (Math.max(...goodness) - Math.min(...goodness));
  if (!(depth > 0)) {
    return [];
  }
  const falls: number[] = [];
  let peak = -Infinity;
  let worst: number | undefined;
  for (const [i, value] of goodness.entries()) {
    if (worst === undefined) {
      if (value <= peak - depth) {
        falls.push(i);
        worst = value;
      }
      peak = Math.max(peak, value);
    } else if (value < worst) {
      worst = value;
    } else if (value >= worst + depth) {
      worst = undefined;
      peak = value;
    }
  }
  return falls;
}
