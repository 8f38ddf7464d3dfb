// SPDX-License-Identifier: Apache-2.0
/** Sorts and filters the samples of a tag by their scores. */
import type {Metric, RunSamples, Step} from '../api/types.js';
import {meetsConditions, parseTextFilter, type AttributesOf} from './attributes.js';
import {nearestIndex} from './steps.js';
import type {Order, SampleFilter} from './view.js';

/** One metric of one tag over steps and samples, for the runs that are compared. */
export interface ScoreTable {
  readonly runs: readonly RunSamples[];
  readonly metric: string;
  readonly lowerIsBetter: boolean;
}

/** A finite score, or `null`. */
export type SortValue = number | null;

/** The scores of each sample, one per run, at each run's step nearest to `step`. */
export function scoresAt(
  {runs, metric}: ScoreTable,
  step: Step,
): ReadonlyMap<string, readonly SortValue[]> {
  const scores = new Map<string, SortValue[]>();
  runs.forEach((run, place) => {
    const column = nearestIndex(run.steps, step);
    const table = run.metrics[metric];
    run.samples.forEach((sample, row) => {
      let ofSample = scores.get(sample);
      if (ofSample === undefined) {
        ofSample = runs.map(() => null);
        scores.set(sample, ofSample);
      }
      ofSample[place] = finite(table?.[row]?.[column]);
    });
  });
  return scores;
}

function finite(value: Metric | undefined): SortValue {
  return value !== null && value !== undefined && Number.isFinite(value) ? value : null;
}

export interface Ranking {
  readonly by: Order;
  readonly table: ScoreTable;
  readonly at: Step;
  /** What `regressed` and `improved` compare with. */
  readonly since: Step;
}

/**
 * The samples in order. Of several runs the one that puts a sample highest counts. Samples without a score come last, and
 * equals stay in the order given.
 */
export function ranked(
  samples: readonly string[],
  {by, table, at, since}: Ranking,
): readonly string[] {
  if (by === 'dataset') {
    return samples;
  }
  if (by === 'id') {
    return [...samples].sort(collator.compare);
  }
  const now = scoresAt(table, at);
  const before = by === 'regressed' || by === 'improved' ? scoresAt(table, since) : now;
  const sign = table.lowerIsBetter ? -1 : 1;
  const keys = new Map(
    samples.map((sample) => [
      sample,
      urgency(by, now.get(sample) ?? [], before.get(sample) ?? [], sign),
    ]),
  );
  return [...samples].sort((a, b) => {
    const keyA = keys.get(a) ?? null;
    const keyB = keys.get(b) ?? null;
    if (keyA === null || keyB === null) {
      return Number(keyA === null) - Number(keyB === null);
    }
    return keyB - keyA;
  });
}

const collator = new Intl.Collator(undefined, {numeric: true});

/** The higher, the earlier. */
function urgency(
  by: Exclude<Order, 'dataset' | 'id'>,
  now: readonly SortValue[],
  before: readonly SortValue[],
  sign: 1 | -1,
): SortValue {
  switch (by) {
    case 'worst':
      return highest(now.map((score) => (score === null ? null : -sign * score)));
    case 'best':
      return highest(now.map((score) => (score === null ? null : sign * score)));
    case 'regressed':
    case 'improved': {
      const direction = by === 'improved' ? sign : -sign;
      return highest(
        now.map((score, run) => {
          const old = before[run] ?? null;
          return score === null || old === null ? null : direction * (score - old);
        }),
      );
    }
    case 'runs': {
      const known = now.filter((score) => score !== null);
      return known.length < 2 ? null : Math.max(...known) - Math.min(...known);
    }
  }
}

function highest(scores: readonly SortValue[]): SortValue {
  const known = scores.filter((score) => score !== null);
  return known.length === 0 ? null : Math.max(...known);
}

/** What a filter's text is looked for in. */
export interface Described {
  readonly captionOf: (sample: string) => string | undefined;
  readonly attributesOf: AttributesOf;
  readonly attributeNames: readonly string[];
}

/**
 * Samples that the filter lets through: at least one run's score lies in its range, its words are in id or caption, and its
 * conditions hold.
 */
export function filtered(
  samples: readonly string[],
  filter: SampleFilter,
  table: ScoreTable | null,
  at: Step,
  {captionOf, attributesOf, attributeNames}: Described,
): readonly string[] {
  const {words, conditions} = parseTextFilter(filter.text, attributeNames);
  const hasRange = table !== null && (filter.min !== null || filter.max !== null);
  if (words === '' && conditions.length === 0 && !hasRange) {
    return samples;
  }
  const scores = hasRange ? scoresAt(table, at) : null;
  const low = filter.min ?? -Infinity;
  const high = filter.max ?? Infinity;
  return samples.filter((sample) => {
    const hasText =
      words === '' ||
      sample.toLowerCase().includes(words) ||
      (captionOf(sample)?.toLowerCase().includes(words) ?? false);
    const isDescribed = hasText && meetsConditions(conditions, attributesOf(sample));
    if (!isDescribed || scores === null) {
      return isDescribed;
    }
    return (scores.get(sample) ?? []).some(
      (score) => score !== null && score >= low && score <= high,
    );
  });
}
