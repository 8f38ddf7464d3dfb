// SPDX-License-Identifier: Apache-2.0
/** Finds what is known of a sample, at the step shown and at others. */
import type {RunAtStep, SampleRow, TagModel} from './data.js';

/** A sample that is listed, or that a filter left out; undefined while nothing is known of it. */
export function findRow(
  {allRows}: Pick<TagModel, 'allRows'>,
  sample: string,
): SampleRow | undefined {
  return allRows.find(({id}) => id === sample);
}

export function emptyRow(id: string): SampleRow {
  return {id, metrics: new Map(), absentFrom: [], changes: [], attributes: {}, flagged: false};
}

/** Runs in which the ground truth of a sample changed, at or before the step shown of each. */
export function changedRuns(
  {changes}: Pick<SampleRow, 'changes'>,
  runs: readonly RunAtStep[],
): readonly string[] {
  return runs
    .filter(({run, step}) =>
      changes.some((change) => change.run === run && BigInt(change.step) <= BigInt(step)),
    )
    .map(({run}) => run);
}
