// SPDX-License-Identifier: Apache-2.0
/** Sorts and filters the samples of a tag by their scores. */
import type {Metric, RunSamples, Step} from '../api/types.js';
import {nearestIndex} from './steps.js';
import {passes, type Described, type TextFilter} from './text-filter.js';
import type {Order, SampleFilter, Sort} from './view.js';

/** The metric of how much of a prediction changed since the record before, 0 to 1 (docs/writing.md). */
export const INSTABILITY = 'instability';

export function hasInstability({metricNames}: {readonly metricNames: readonly string[]}): boolean {
  return metricNames.includes(INSTABILITY);
}

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

/** One key of an order. */
export interface RankingKey {
  readonly by: Order;
  /** Of the runs that count; `null` where there is no metric, and then nothing has a score. */
  readonly table: ScoreTable | null;
}

export interface Ranking {
  /** Each puts in order what is equal by those before it. */
  readonly keys: readonly RankingKey[];
  readonly at: Step;
  /** What `regressed` and `improved` compare with. */
  readonly since: Step;
  readonly flagged: ReadonlySet<string>;
  /** Pixels of the chosen confusion; undefined while none is chosen, or they are not known yet. */
  readonly confused: PixelsBySample | undefined;
}

/** `null`: not known. */
export type PixelsBySample = ReadonlyMap<string, number | null>;

type Comparison = (a: string, b: string) => number;

/**
 * The samples in order. Of several runs the one that puts a sample highest counts. Samples without a score come last, and
 * equals stay in the order given.
 */
export function ranked(samples: readonly string[], ranking: Ranking): readonly string[] {
  const comparisons = ranking.keys.flatMap((key) => comparisonBy(key, ranking) ?? []);
  return comparisons.length === 0
    ? samples
    : [...samples].sort((a, b) => {
        for (const compare of comparisons) {
          const order = compare(a, b);
          if (order !== 0) {
            return order;
          }
        }
        return 0;
      });
}

/** Undefined where it puts nothing in order. */
function comparisonBy(
  {by, table}: RankingKey,
  {at, since, flagged, confused}: Ranking,
): Comparison | undefined {
  switch (by) {
    case 'dataset':
      return undefined;
    case 'id':
      return collator.compare;
    case 'flagged':
      return (a, b) => Number(flagged.has(b)) - Number(flagged.has(a));
    case 'confusion':
      return confused && ((a, b) => (confused.get(b) ?? 0) - (confused.get(a) ?? 0));
    default:
      return table === null ? undefined : comparisonByScore(by, table, at, since);
  }
}

function comparisonByScore(by: ScoredOrder, table: ScoreTable, at: Step, since: Step): Comparison {
  const now = scoresAt(table, at);
  const before = by === 'regressed' || by === 'improved' ? scoresAt(table, since) : now;
  const sign = table.lowerIsBetter ? -1 : 1;
  const scores = new Map<string, SortValue>();
  const scoreOf = (sample: string): SortValue => {
    let score = scores.get(sample);
    if (score === undefined) {
      score = urgency(by, now.get(sample) ?? [], before.get(sample) ?? [], sign);
      scores.set(sample, score);
    }
    return score;
  };
  return (a, b) => {
    const scoreA = scoreOf(a);
    const scoreB = scoreOf(b);
    return scoreA === null || scoreB === null
      ? Number(scoreA === null) - Number(scoreB === null)
      : scoreB - scoreA;
  };
}

const collator = new Intl.Collator(undefined, {numeric: true});

/** Orders that need the scores of the samples. */
type ScoredOrder = Exclude<Order, 'dataset' | 'id' | 'flagged' | 'confusion'>;

const UNSCORED: ReadonlySet<Order> = new Set(['dataset', 'id', 'flagged']);

/** Whether it can't be told before their scores are known which samples are shown, and in which order. */
export function needsScores({by, then}: Sort, filter: Range): boolean {
  return !UNSCORED.has(by) || (then !== null && !UNSCORED.has(then.by)) || hasRange(filter);
}

/** Whether it can't be told before the table of samples is there which are shown, and in which order: texts name metrics and attributes. */
export function needsTable(sort: Sort, filter: SampleFilter): boolean {
  return needsScores(sort, filter) || asksTable(filter);
}

/** Whether a filter may ask for metrics or attributes. */
export function asksTable(filter: SampleFilter): boolean {
  return hasRange(filter) || filter.text.trim() !== '';
}

type Range = Pick<SampleFilter, 'min' | 'max'>;

/** Whether only samples with a score in a range are let through. */
function hasRange({min, max}: Range): boolean {
  return min !== null || max !== null;
}

/** The higher, the earlier. */
function urgency(
  by: ScoredOrder,
  now: readonly SortValue[],
  before: readonly SortValue[],
  sign: 1 | -1,
): SortValue {
  switch (by) {
    case 'worst':
    case 'unstable':
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
    case 'runs':
    case 'lead': {
      const known = now.filter((score) => score !== null).sort((a, b) => sign * (b - a));
      const [best, next] = known;
      const other = by === 'lead' ? next : known.at(-1);
      return best === undefined || next === undefined ? null : Math.abs(best - other!);
    }
  }
}

function highest(scores: readonly SortValue[]): SortValue {
  const known = scores.filter((score) => score !== null);
  return known.length === 0 ? null : Math.max(...known);
}

/** What a filter asks of samples besides their scores. */
export interface FilterInputs {
  readonly text: TextFilter;
  readonly describe: (sample: string) => Described;
  readonly flagged: ReadonlySet<string>;
  /** Only samples with pixels of it are let through. */
  readonly confused: PixelsBySample | undefined;
}

/** Samples that the filter lets through: at least one run's score lies in its range, its text holds, and what is confused is in it. */
export function filtered(
  samples: readonly string[],
  filter: Omit<SampleFilter, 'text'>,
  table: ScoreTable | null,
  at: Step,
  {text, describe, flagged, confused}: FilterInputs,
): readonly string[] {
  const scores = table !== null && hasRange(filter) ? scoresAt(table, at) : null;
  const isAll =
    text.words.length + text.conditions.length === 0 && scores === null && !filter.flagged;
  if (isAll && confused === undefined) {
    return samples;
  }
  const low = filter.min ?? -Infinity;
  const high = filter.max ?? Infinity;
  return samples.filter((sample) => {
    if (!passes(text, describe(sample)) || (filter.flagged && !flagged.has(sample))) {
      return false;
    }
    if (confused !== undefined && !((confused.get(sample) ?? 0) > 0)) {
      return false;
    }
    if (scores === null) {
      return true;
    }
    return (scores.get(sample) ?? []).some(
      (score) => score !== null && score >= low && score <= high,
    );
  });
}
