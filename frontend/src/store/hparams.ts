// SPDX-License-Identifier: Apache-2.0
/** Hyperparameters of runs: which of them tell runs apart, and runs in the order or the groups that one of them makes. */
import type {Attribute, Hparams} from '../api/types.js';

export const NO_HPARAMS: Hparams = {};

/** How runs are put in order by their hyperparameters. */
export interface RunSort {
  /** The hyperparameter whose values stand together; `null` is none. */
  readonly groupBy: string | null;
  /** The hyperparameter that orders runs, or those of a group. */
  readonly by: string | null;
  readonly descending: boolean;
}

export const UNSORTED: RunSort = {groupBy: null, by: null, descending: false};

/** Runs that stand beside each other because a hyperparameter has one value. */
export interface RunGroup {
  /** `undefined` where they have none. */
  readonly value: Attribute | undefined;
  readonly runs: readonly string[];
}

/** Hyperparameters, as far as the runs shown have them. */
export interface ShownHparams {
  readonly of: Hparams;
  /** Names of those that have several values among the runs, in order. */
  readonly differing: readonly string[];
  /** What the runs are grouped by; `null` where that tells none apart. */
  readonly groupBy: string | null;
  /** What orders the runs. */
  readonly by: string | null;
}

export const NO_SHOWN_HPARAMS: ShownHparams = {
  of: NO_HPARAMS,
  differing: [],
  groupBy: null,
  by: null,
};

function valueOf(hparams: Hparams, run: string, name: string): Attribute | undefined {
  return hparams[run]?.values[name];
}

/** Names of hyperparameters that not all runs agree on. A run of which nothing is known says nothing of them. */
export function differingHparams(hparams: Hparams, runs: readonly string[]): readonly string[] {
  const known = runs.flatMap((run) => {
    const ofRun = hparams[run];
    return ofRun === undefined ? [] : [ofRun.values];
  });
  const names = new Set(known.flatMap((values) => Object.keys(values)));
  const [first, ...others] = known;
  return [...names]
    .filter((name) => others.some((values) => values[name] !== first![name]))
    .sort((a, b) => compareTexts(a, b));
}

/**
 * Runs sorted by a hyperparameter within groups of another, both from low to high unless `descending` turns the order within a
 * group; runs without it stand last. The reference stays first, with its group.
 */
export function sortedRuns(
  runs: readonly string[],
  hparams: Hparams,
  {groupBy, by, descending}: RunSort,
  reference: string | null,
): readonly string[] {
  const within = by === null ? runs : sortedBy(runs, hparams, by, descending);
  const ordered = groupBy === null ? within : sortedBy(within, hparams, groupBy, false);
  if (reference === null || !runs.includes(reference)) {
    return ordered;
  }
  const isBeside = (run: string): boolean =>
    groupBy !== null && valueOf(hparams, run, groupBy) === valueOf(hparams, reference, groupBy);
  const others = ordered.filter((run) => run !== reference);
  return [reference, ...others.filter(isBeside), ...others.filter((run) => !isBeside(run))];
}

function sortedBy(
  runs: readonly string[],
  hparams: Hparams,
  name: string,
  descending: boolean,
): readonly string[] {
  const sign = descending ? -1 : 1;
  return runs.toSorted((left, right) => {
    const a = valueOf(hparams, left, name);
    const b = valueOf(hparams, right, name);
    if (a === undefined || b === undefined) {
      return Number(a === undefined) - Number(b === undefined);
    }
    return sign * compareValues(a, b);
  });
}

/** Numbers stand before bools and bools before texts, where one name has values of several types. */
function compareValues(a: Attribute, b: Attribute): number {
  if (typeof a === 'string' && typeof b === 'string') {
    return compareTexts(a, b);
  }
  if (typeof a === typeof b) {
    return Number(a) - Number(b);
  }
  const types = ['number', 'boolean', 'string'];
  return types.indexOf(typeof a) - types.indexOf(typeof b);
}

const collator = new Intl.Collator('en', {numeric: true});

function compareTexts(a: string, b: string): number {
  return collator.compare(a, b);
}

/** What the page shows of hyperparameters; `runs` are those shown. */
export function shownHparams(
  hparams: Hparams,
  runs: readonly string[],
  sort: RunSort,
): ShownHparams {
  if (hparams === NO_HPARAMS) {
    return NO_SHOWN_HPARAMS;
  }
  const differing = differingHparams(hparams, runs);
  const known = (name: string | null): string | null =>
    name !== null && differing.includes(name) ? name : null;
  return {of: hparams, differing, groupBy: known(sort.groupBy), by: known(sort.by)};
}

/** The groups that runs stand in, in their order; none where they are not grouped. */
export function runGroups(
  {of, groupBy}: ShownHparams,
  runs: readonly string[],
): readonly RunGroup[] {
  const groups: {value: Attribute | undefined; runs: string[]}[] = [];
  for (const run of groupBy === null ? [] : runs) {
    const value = valueOf(of, run, groupBy!);
    const last = groups.at(-1);
    if (last !== undefined && last.value === value) {
      last.runs.push(run);
    } else {
      groups.push({value, runs: [run]});
    }
  }
  return groups;
}
