// SPDX-License-Identifier: Apache-2.0
/** Where a run's records changed from one kind to another. */
import type {TagKind, RunSeries, Step} from '../api/types.js';

/** A step from which on a run's records are of another kind than before. */
export interface KindChange {
  readonly run: string;
  readonly step: Step;
  /** The last step that is known to be of the kind before, where the kinds of some in between are not told. */
  readonly lastBefore: Step | null;
  readonly before: TagKind;
  readonly after: TagKind;
}

/** The kind of the record at an index of a run's steps; that of the tag where it is not told: each picture says its own. */
export function kindAt({kinds, kindAt: places}: RunSeries, index: number, ofTag: TagKind): TagKind {
  return kinds?.[places?.[index] ?? 0] ?? ofTag;
}

/** Where a run changed its kind, in order of steps; steps whose kind is not told are passed over. */
export function kindChanges(run: string, series: RunSeries, ofTag: TagKind): readonly KindChange[] {
  const {steps, kinds, kindAt: places} = series;
  if (kinds === undefined) {
    return [];
  }
  const told = steps.flatMap((step, i) =>
    places?.[i] === null ? [] : [{i, step, kind: kindAt(series, i, ofTag)}],
  );
  return told.flatMap(({i, step, kind}, n): KindChange[] => {
    const last = told[n - 1];
    if (last === undefined || last.kind === kind) {
      return [];
    }
    const lastBefore = last.i === i - 1 ? null : last.step;
    return [{run, step, lastBefore, before: last.kind, after: kind}];
  });
}
