// SPDX-License-Identifier: Apache-2.0
/** Scores of slices: the samples that share an attribute, and how each run does on them. */
import type {Attribute} from '../api/types.js';
import {conditionText, rangeText} from './text-filter.js';
import type {SampleRow} from './data.js';

export interface Slice {
  readonly attribute: string;
  /** What its samples share; `null` where they lack the attribute. */
  readonly value: Attribute | SliceRange | null;
  /** The samples in it, in the order of the rows. */
  readonly samples: readonly string[];
  readonly scores: readonly SliceScore[];
}

/** Of a number: from `low` up to `high`, which belongs to the next slice unless `isLast`. */
export interface SliceRange {
  readonly low: number;
  readonly high: number;
  readonly isLast: boolean;
}

export interface SliceScore {
  readonly run: string;
  /** Over those of its samples that have a finite value; `null` without any. */
  readonly mean: number | null;
  /** How many these are. */
  readonly measured: number;
}

/** Numbers with more values than this are cut into quarters of the samples. */
const MOST_VALUES = 8;
const QUARTERS = 4;

/** The slices of one attribute, ordered by value, those without it last. Their samples together are all of `rows`. */
export function slicesOf(
  rows: readonly SampleRow[],
  attribute: string,
  runs: readonly string[],
  metric: string,
): readonly Slice[] {
  const groups = group(rows, attribute);
  return groups.map(({value, members}) => ({
    attribute,
    value,
    samples: members.map(({id}) => id),
    scores: runs.map((run) => scoreOf(members, run, metric)),
  }));
}

interface Group {
  readonly value: Slice['value'];
  readonly members: readonly SampleRow[];
}

function group(rows: readonly SampleRow[], attribute: string): readonly Group[] {
  const valueOf = ({attributes}: SampleRow): Attribute | null => attributes[attribute] ?? null;
  // A number, a text and a bool that are written alike are different values.
  const distinct = [...new Set(rows.map(valueOf))];
  const numbers = distinct.filter((value) => typeof value === 'number');
  const ranges = numbers.length > MOST_VALUES ? quarters(rows.map(valueOf)) : [];
  const inRange = (value: number, {low, high, isLast}: SliceRange): boolean =>
    value >= low && (value < high || (isLast && value <= high));
  const others = distinct.filter((value) => ranges.length === 0 || typeof value !== 'number');
  const groups: readonly Group[] = [
    ...ranges.map((range) => ({
      value: range,
      members: rows.filter((row) => {
        const value = valueOf(row);
        return typeof value === 'number' && inRange(value, range);
      }),
    })),
    ...others
      .toSorted(compareAttributes)
      .map((value) => ({value, members: rows.filter((row) => valueOf(row) === value)})),
  ];
  return groups.filter(({members}) => members.length > 0);
}

function quarters(values: readonly (Attribute | null)[]): readonly SliceRange[] {
  const numbers = values.filter((value) => typeof value === 'number').sort((a, b) => a - b);
  const bounds = Array.from(
    {length: QUARTERS + 1},
    (_, i) => numbers[Math.min(Math.floor((i * numbers.length) / QUARTERS), numbers.length - 1)]!,
  );
  // Many equal numbers can leave a quarter empty.
  const edges = [...new Set(bounds)];
  return edges.slice(1).map((high, i) => ({low: edges[i]!, high, isLast: i === edges.length - 2}));
}

const collator = new Intl.Collator(undefined, {numeric: true});

function compareAttributes(a: Attribute | null, b: Attribute | null): number {
  if (a === null || b === null) {
    return Number(a === null) - Number(b === null);
  }
  return typeof a === 'number' && typeof b === 'number'
    ? a - b
    : collator.compare(String(a), String(b));
}

function scoreOf(members: readonly SampleRow[], run: string, metric: string): SliceScore {
  const values = members.flatMap(({metrics}) => {
    const value = metrics.get(run)?.[metric];
    return typeof value === 'number' && Number.isFinite(value) ? [value] : [];
  });
  const measured = values.length;
  const mean = measured === 0 ? null : values.reduce((sum, value) => sum + value, 0) / measured;
  return {run, mean, measured};
}

/** The text of the filter that leaves its samples; `null` where none does, as for those without the attribute. */
export function sliceFilter({attribute, value}: Pick<Slice, 'attribute' | 'value'>): string | null {
  if (value === null || value === '') {
    return null;
  }
  return typeof value === 'object'
    ? rangeText(attribute, value.low, value.high, value.isLast)
    : conditionText(attribute, value);
}
