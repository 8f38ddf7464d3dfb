// SPDX-License-Identifier: Apache-2.0
/** The text of a filter of samples: words, and conditions such as `iou<0.7`, `weather:rain` and `brightness>=0.3`. */
import type {Attribute, Metric} from '../api/types.js';
import type {Attributes} from './attributes.js';

/** What a sample is told by. */
export interface Described {
  readonly sample: string;
  readonly caption: string | undefined;
  readonly attributes: Attributes;
  /** Of each run, at the step shown, by name; undefined while they are not known: then conditions on them leave nothing out. */
  readonly metrics: Iterable<Readonly<Record<string, Metric>>> | undefined;
}

/** What can be named in a condition: as it is written, or else in any case. An attribute goes before a metric of its name. */
export interface FilterNames {
  /** Undefined while they are not known: what may name one is left out. */
  readonly attributes: readonly string[] | undefined;
  readonly metrics: readonly string[];
}

export interface TextFilter {
  /** Lower case; each must be in the id, the caption or an attribute's text. */
  readonly words: readonly string[];
  readonly conditions: readonly Condition[];
  /** What of the text can't be understood, and is left out; `null` when all can. */
  readonly problem: string | null;
}

export interface Condition {
  readonly of: 'attribute' | 'metric';
  readonly name: string;
  readonly compare: Comparison;
  /** Any of them; `<` and the like have one. */
  readonly values: readonly string[];
}

type Comparison = ':' | '<' | '<=' | '>' | '>=';

const SIGNS: Readonly<Record<string, Comparison>> = {
  ':': ':',
  '=': ':',
  '==': ':',
  '<': '<',
  '<=': '<=',
  '≤': '<=',
  '>': '>',
  '>=': '>=',
  '≥': '>=',
};
// Within quotes a quote is written twice.
const TERM =
  /(?:"((?:[^"]|"")+)"|([^\s":<>=≤≥]+))(?:(:|==?)|\s*(<=|>=|<|>|≤|≥)\s*)(?:"((?:[^"]|"")*)"|(\S*))/g;
const WORD = /"((?:[^"]|"")+)"|\S+/g;
/** Names that a message lists at most. */
const LISTED = 6;

/**
 * `weather:rain,snow` is either; quotes hold names, values and words with spaces. What names nothing of `names` is a word where it
 * has a colon or an equals sign, as ids and captions have them too.
 */
export function parseTextFilter(text: string, names: FilterNames): TextFilter {
  const conditions: Condition[] = [];
  const problems: string[] = [];
  const rest = text.replace(TERM, (term: string, ...groups: (string | undefined)[]) => {
    const [quotedName, plainName, equal, unequal, quotedValue, plain = ''] = groups;
    const wanted = unquoted(quotedName) ?? plainName ?? '';
    const whole = unquoted(quotedValue);
    const subject = subjectNamed(wanted, names);
    if (subject === undefined) {
      if (equal !== undefined) {
        return names.attributes === undefined ? '' : term;
      }
      problems.push(`“${wanted}” is no metric or attribute here${listed(names)}`);
      return '';
    }
    const values = (whole === undefined ? plain.split(',') : [whole]).filter((one) => one !== '');
    const condition = {...subject, compare: SIGNS[equal ?? unequal ?? ':']!, values};
    const problem = problemOf(condition);
    if (problem !== null) {
      problems.push(problem);
    } else if (values.length > 0) {
      // While it is being typed, `weather:` asks for nothing yet.
      conditions.push(condition);
    }
    return '';
  });
  const words = [...rest.matchAll(WORD)].map(
    ([word, inner]) => unquoted(inner) ?? word.replaceAll('"', ''),
  );
  const stray = words.find((word) => /^[<>≤≥]/.test(word));
  if (stray !== undefined) {
    problems.push(`“${stray}” lacks the name of a metric or attribute before it`);
  }
  return {
    words: words.filter((word) => word !== '' && word !== stray).map((word) => word.toLowerCase()),
    conditions,
    problem: problems[0] ?? null,
  };
}

function unquoted(inner: string | undefined): string | undefined {
  return inner?.replaceAll('""', '"');
}

/** Of a text as it is typed, or as the page writes it, with a true minus. */
function numberOf(text: string): number {
  return Number(text.replace('\u2212', '-'));
}

function subjectNamed(
  wanted: string,
  {attributes = [], metrics}: FilterNames,
): Pick<Condition, 'of' | 'name'> | undefined {
  const subjects = [
    ...attributes.map((name) => ({of: 'attribute' as const, name})),
    ...metrics.map((name) => ({of: 'metric' as const, name})),
  ];
  const folded = wanted.toLowerCase();
  return (
    subjects.find(({name}) => name === wanted) ??
    subjects.find(({name}) => name.toLowerCase() === folded)
  );
}

function listed({attributes = [], metrics}: FilterNames): string {
  const names = [...new Set([...metrics, ...attributes])];
  const more = names.length > LISTED ? ', …' : '';
  return names.length === 0 ? '' : `; known are ${names.slice(0, LISTED).join(', ')}${more}`;
}

function problemOf({of, name, compare, values}: Condition): string | null {
  const [first] = values;
  if (compare === ':') {
    return of === 'metric' && first !== undefined
      ? `A metric takes <, <=, > or >=, as in ${quoted(name)}<0.7`
      : null;
  }
  if (first !== undefined && (values.length > 1 || Number.isNaN(numberOf(first)))) {
    return `“${values.join(',')}” is no number, as in ${quoted(name)}${compare}0.7`;
  }
  return null;
}

/**
 * Whether a sample has all words and meets all conditions, those on metrics by one and the same run; one that lacks what is asked for
 * does not.
 */
export function passes({words, conditions}: TextFilter, described: Described): boolean {
  const {sample, caption = '', attributes, metrics} = described;
  const texts = [
    sample,
    caption,
    ...Object.values(attributes).filter((one) => typeof one === 'string'),
  ];
  return (
    words.every((word) => texts.some((one) => one.toLowerCase().includes(word))) &&
    meets(attributes, conditions, 'attribute') &&
    (metrics === undefined ||
      conditions.every(({of}) => of !== 'metric') ||
      [...metrics].some((ofRun) => meets(ofRun, conditions, 'metric')))
  );
}

function meets(
  values: Readonly<Record<string, Attribute | null>>,
  conditions: readonly Condition[],
  kind: Condition['of'],
): boolean {
  return conditions.every(
    ({of, name, compare, values: wanted}) => of !== kind || isMet(values[name], compare, wanted),
  );
}

function isMet(
  is: Attribute | null | undefined,
  compare: Comparison,
  values: readonly string[],
): boolean {
  return is !== null && is !== undefined && values.some((value) => holds(is, compare, value));
}

function holds(is: Attribute, compare: Comparison, value: string): boolean {
  if (compare === ':') {
    return typeof is === 'number'
      ? is === numberOf(value)
      : String(is).toLowerCase() === value.toLowerCase();
  }
  const number = numberOf(value);
  if (typeof is !== 'number' || Number.isNaN(number)) {
    return false;
  }
  switch (compare) {
    case '<':
      return is < number;
    case '<=':
      return is <= number;
    case '>':
      return is > number;
    case '>=':
      return is >= number;
  }
}

/** A name or a value as it is typed. */
export function quoted(text: string): string {
  return /^[^\s":<>=≤≥,]+$/.test(text) ? text : `"${text.replaceAll('"', '""')}"`;
}

/** The conditions that numbers from `low` on have up to `high`, or with it: `depth>=0.25 depth<7`. */
export function rangeText(name: string, low: number, high: number, isWithHigh: boolean): string {
  return `${quoted(name)}>=${low} ${quoted(name)}${isWithHigh ? '<=' : '<'}${high}`;
}

/** A condition as it is typed: `"time of day":"late night"`. */
export function conditionText(name: string, value: Attribute): string {
  return `${quoted(name)}:${quoted(String(value))}`;
}
