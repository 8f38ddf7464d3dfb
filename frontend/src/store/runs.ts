// SPDX-License-Identifier: Apache-2.0

/** Colours and the default choice of runs. */

/** TensorBoard's palette has this many colours; the theme holds them as `--pairs-run-0` and so on. */
export const RUN_COLORS = 7;

/** A sweep of usual size stands in a matrix as a whole; the others are a click away. */
export const DEFAULT_RUNS = 20;

/** Runs from this place on have the colour of another run, and are told apart by a dashed curve. */
export function isDashed(place: number): boolean {
  return Math.floor(place / RUN_COLORS) % 2 === 1;
}

export function runColor(place: number): string {
  return `var(--pairs-run-${place % RUN_COLORS})`;
}

/**
 * The place of each run in the order of colours. As in TensorBoard, a run keeps its place while the page is open, and new
 * runs come after all others. `hostRuns` are all runs of TensorBoard, in its order; empty where the host doesn't tell.
 */
export function runPlaces(
  before: ReadonlyMap<string, number>,
  hostRuns: readonly string[],
  runs: readonly string[],
): ReadonlyMap<string, number> {
  const fresh = [...hostRuns, ...runs].filter((run) => !before.has(run));
  if (fresh.length === 0) {
    return before;
  }
  const places = new Map(before);
  for (const run of fresh) {
    if (!places.has(run)) {
      places.set(run, places.size);
    }
  }
  return places;
}

/** The runs shown: the reference, then those in the order given by hand, then the others. */
export function shownRuns(
  runs: readonly string[],
  chosen: readonly string[] | null,
  order: readonly string[] = [],
  reference: string | null = null,
): readonly string[] {
  const first = reference === null ? order : [reference, ...order];
  if (chosen === null) {
    return ordered(runs.slice(0, DEFAULT_RUNS), first);
  }
  const wanted = new Set(chosen);
  return ordered(
    runs.filter((run) => wanted.has(run)),
    first,
  );
}

/** Runs in the order given by hand, and then those that it does not name. */
function ordered(runs: readonly string[], order: readonly string[]): readonly string[] {
  if (order.length === 0) {
    return runs;
  }
  const isShown = new Set(runs);
  return [...new Set([...order.filter((run) => isShown.has(run)), ...runs])];
}

/** All runs in their order, after one was moved to stand before another; at the end where there is no other. */
export function movedRun(
  runs: readonly string[],
  moved: string,
  before: string | null,
): readonly string[] {
  const others = runs.filter((run) => run !== moved);
  const place = before === null ? others.length : others.indexOf(before);
  return [...others.slice(0, place), moved, ...others.slice(place)];
}
