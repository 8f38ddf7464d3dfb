// SPDX-License-Identifier: Apache-2.0
/** What is known of samples besides their pictures, and conditions on it such as `weather:rain` and `brightness<0.3`. */
import type {Attribute, RunSamples} from '../api/types.js';

export type Attributes = Readonly<Record<string, Attribute>>;

const NONE: Attributes = {};

export type AttributesOf = (sample: string) => Attributes;

/** The attributes of each sample; of several runs that know one, the first tells it. */
export function attributesOf(tables: readonly RunSamples[]): AttributesOf {
  const known = new Map<string, Record<string, Attribute>>();
  for (const {samples, attributes} of tables) {
    for (const [name, column] of Object.entries(attributes)) {
      samples.forEach((sample, i) => {
        const value = column[i];
        if (value !== null && value !== undefined) {
          const ofSample = known.get(sample) ?? {};
          ofSample[name] ??= value;
          known.set(sample, ofSample);
        }
      });
    }
  }
  return (sample) => known.get(sample) ?? NONE;
}

/** The names of all attributes, in order of first appearance. */
export function attributeNames(tables: readonly RunSamples[]): readonly string[] {
  return [...new Set(tables.flatMap(({attributes}) => Object.keys(attributes)))];
}

/** What a filter's text asks for: conditions on attributes, and words that are anywhere in id or caption. */
export interface TextFilter {
  readonly words: string;
  readonly conditions: readonly Condition[];
}

interface Condition {
  readonly name: string;
  readonly compare: Comparison;
  /** Any of them; `<` and the like have one. */
  readonly values: readonly string[];
}

type Comparison = ':' | '<' | '<=' | '>' | '>=';

const TERM = /(?:"([^"]+)"|([^\s":<>=]+))(<=|>=|<|>|:|=)(?:"([^"]*)"|(\S*))/g;

/**
 * Only what names one of `names` is a condition: ids and captions may hold colons. `weather:rain,snow` is either; quotes hold names
 * and values with spaces.
 */
export function parseTextFilter(text: string, names: readonly string[]): TextFilter {
  const byName = new Map(names.map((name) => [name.toLowerCase(), name]));
  const conditions: Condition[] = [];
  const words = text.replace(TERM, (term, quoted, plain, sign: string, whole, value) => {
    const name = byName.get(((quoted ?? plain) as string).toLowerCase());
    if (name === undefined) {
      return term;
    }
    const values = whole === undefined ? (value as string).split(',') : [whole as string];
    const compare = sign === '=' ? ':' : (sign as Comparison);
    // While it is being typed, `weather:` asks for nothing yet.
    if (values.some((one) => one !== '')) {
      conditions.push({name, compare, values: values.filter((one) => one !== '')});
    }
    return '';
  });
  return {words: words.trim().toLowerCase(), conditions};
}

/** Whether a sample meets all conditions; one that lacks an attribute does not. */
export function meetsConditions(conditions: readonly Condition[], attributes: Attributes): boolean {
  return conditions.every(({name, compare, values}) => {
    const attribute = attributes[name];
    return attribute !== undefined && values.some((value) => meets(attribute, compare, value));
  });
}

function meets(attribute: Attribute, compare: Comparison, value: string): boolean {
  if (compare === ':') {
    return typeof attribute === 'number'
      ? attribute === Number(value)
      : String(attribute).toLowerCase() === value.toLowerCase();
  }
  const number = Number(value);
  if (typeof attribute !== 'number' || Number.isNaN(number)) {
    return false;
  }
  switch (compare) {
    case '<':
      return attribute < number;
    case '<=':
      return attribute <= number;
    case '>':
      return attribute > number;
    case '>=':
      return attribute >= number;
  }
}

function quoted(text: string): string {
  return /^[^\s":<>=,]+$/.test(text) ? text : `"${text}"`;
}

/** The conditions that numbers from `low` on have up to `high`, or with it: `depth>=0.25 depth<7`. */
export function rangeText(name: string, low: number, high: number, isWithHigh: boolean): string {
  return `${quoted(name)}>=${low} ${quoted(name)}${isWithHigh ? '<=' : '<'}${high}`;
}

/** A condition as it is typed: `"time of day":"late night"`. */
export function conditionText(name: string, value: Attribute): string {
  return `${quoted(name)}:${quoted(String(value))}`;
}
