// SPDX-License-Identifier: Apache-2.0
/** Finds the dips of a metric's curve, which the timeline marks. */

/** A dip is a place worse than its surroundings by at least this share of the curve's range. */
const DEPTH = 0.12;

/**
 * Where a curve fell, by index: the first place that is worse than before by a dip's depth, until it rises by as much again. Means
 * over other samples are not comparable: each of `sets`, the marks of what the places are means over, is followed by itself.
 */
export function fallsOf(
  y: readonly number[],
  lowerIsBetter: boolean,
  sets: readonly (string | undefined)[] = [],
): readonly number[] {
  const goodness = lowerIsBetter ? y.map((value) => -value) : y;
  const depth = DEPTH * (Math.max(...goodness) - Math.min(...goodness));
  if (!(depth > 0)) {
    return [];
  }
  const places = new Map<string | undefined, number[]>();
  for (const i of goodness.keys()) {
    const ofSet = places.get(sets[i]) ?? [];
    ofSet.push(i);
    places.set(sets[i], ofSet);
  }
  return [...places.values()]
    .flatMap((ofSet) => fallsAt(ofSet, goodness, depth))
    .sort((a, b) => a - b);
}

function fallsAt(
  places: readonly number[],
  goodness: readonly number[],
  depth: number,
): readonly number[] {
  const falls: number[] = [];
  let peak = -Infinity;
  let worst: number | undefined;
  for (const i of places) {
    const value = goodness[i]!;
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
