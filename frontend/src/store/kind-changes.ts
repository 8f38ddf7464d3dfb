// SPDX-License-Identifier: Apache-2.0
/** Where a run's records changed from one kind to another. */
import type {TagKind, RunSeries, Step} from '../api/types.js';

/** A step from which on a run's records are of another kind than before. */
export interface KindChange {
  readonly run: string;
  readonly step: Step;
  readonly before: TagKind;
  readonly after: TagKind;
}

/** The kind of the record at an index of a run's steps; that of the tag where it is not told: each picture says its own. */
export function kindAt({kinds, kindAt: places}: RunSeries, index: number, ofTag: TagKind): TagKind {
  return kinds?.[places?.[index] ?? 0] ?? ofTag;
}

/** Where a run changed its kind, in order of steps. */
export function kindChanges(run: string, series: RunSeries, ofTag: TagKind): readonly KindChange[] {
  if (series.kinds === undefined) {
    return [];
  }
  return series.steps.flatMap((step, i): KindChange[] => {
    const before = kindAt(series, i - 1, ofTag);
    const after = kindAt(series, i, ofTag);
    const isTold = series.kindAt?.[i - 1] !== null && series.kindAt?.[i] !== null;
    return i === 0 || before === after || !isTold ? [] : [{run, step, before, after}];
  });
}
