// SPDX-License-Identifier: Apache-2.0
/** Which records are not what they were when the page was told of them. */
import type {RunSeries, RunStep, TagSeries} from '../api/types.js';

/**
 * The records that answers of `series` told of. A step that goes when a training is started again may come back later, and an
 * answer may be about some runs only: so each run is compared with what was told of it last, however long ago.
 */
export class ToldRecords {
  readonly #tags = new Map<string, Map<string, RunSeries>>();

  /** Takes an answer about `asked` runs (empty: all); returns the records told of before that are gone or were written again. */
  take(asked: readonly string[], {tag, runs}: TagSeries): readonly RunStep[] {
    const told = this.#tags.get(tag) ?? new Map<string, RunSeries>();
    this.#tags.set(tag, told);
    const changed: RunStep[] = [];
    for (const run of asked.length > 0 ? asked : told.keys()) {
      const before = told.get(run);
      if (before !== undefined) {
        changed.push(...changedSteps(before, runs[run]).map((step) => ({run, step})));
      }
      told.delete(run);
    }
    for (const [run, series] of Object.entries(runs)) {
      told.set(run, series);
    }
    return changed;
  }
}

/** The steps of `before` that `after` does not have, or that were written at another time. */
function changedSteps(before: RunSeries, after: RunSeries | undefined): readonly string[] {
  if (before === after) {
    return [];
  }
  const times = new Map(after?.steps.map((step, i) => [step, after.wallTimes[i]]));
  return before.steps.filter(
    (step, i) => !times.has(step) || !Object.is(times.get(step), before.wallTimes[i]),
  );
}
