// SPDX-License-Identifier: Apache-2.0

/** A dip is a place worse than its surroundings by at least this share of the curve's range. */
const DEPTH = 0.12;

/**
 * Places of a curve where the metric was worse than before and after. The worst place of a dip counts, and a curve that
 * ends in a fall ends in a dip.
 */
export function dipsOf(y: readonly number[], lowerIsBetter: boolean): readonly number[] {
  const goodness = lowerIsBetter ? y.map((value) => -value) : y;
  const depth = DEPTH * (Math.max(...goodness) - Math.min(...goodness));
  if (!(depth > 0)) return [];
  const dips: number[] = [];
  let peak = -Infinity;
  let worst = 0;
  let isFalling = false;
  for (const [i, value] of goodness.entries()) {
    if (isFalling) {
      if (value < goodness[worst]!) worst = i;
      else if (value >= goodness[worst]! + depth) {
        dips.push(worst);
        isFalling = false;
        peak = value;
      }
    } else if (value <= peak - depth) {
      isFalling = true;
      worst = i;
    }
    if (!isFalling) peak = Math.max(peak, value);
  }
  if (isFalling) dips.push(worst);
  return dips;
}
