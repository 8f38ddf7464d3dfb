// SPDX-License-Identifier: Apache-2.0
/**
 * Numbers that say what they are of, and text with such numbers in it. Every number on the page is made here and shown by
 * `controls/scoped-number.ts`, so that a test can read its scope and recompute it.
 */
import type {Metric, Step} from '../api/types.js';
import {
  formatChange,
  formatCount,
  formatMetric,
  formatNumber,
  formatPercent,
  plural,
} from './numbers.js';

/** What a number is. */
export type Quantity =
  /** A metric of one sample, or of a class. */
  | 'value'
  /** What the caller says of a sample, by the name `noun`. */
  | 'attribute'
  /** A hyperparameter of a run, by the name `noun`. */
  | 'hyperparameter'
  /** A metric's mean over the samples of a record. */
  | 'mean'
  /** By how much `run` is ahead of `against`. */
  | 'lead'
  /** By how much a metric changed since the step `since`. */
  | 'change'
  /** How many there are of a `noun`. */
  | 'count'
  /** By how much `run` is apart from `against`, as `noun`. */
  | 'distance'
  /** A part of all, 0 to 1, of a `noun`. */
  | 'share'
  /** The ends of what a `noun` spans. */
  | 'low'
  | 'high'
  | 'step'
  /** A step less the step asked for. */
  | 'offset'
  /** The threshold at which `metric` is best. */
  | 'best threshold'
  /** What the viewer chose, such as a threshold, as `noun`. */
  | 'setting';

/** What a number is of. What does not apply is absent. */
export interface NumberScope {
  readonly what: Quantity;
  readonly tag?: string;
  readonly run?: string;
  /** Of a range: the runs that it spans, at `step` or the step of each that is nearest to it; without a step, at all. */
  readonly runs?: readonly string[];
  /** What a lead is over, and a distance from: a run, with its step where that is another, or a picture's name. */
  readonly against?: string;
  readonly againstStep?: Step;
  readonly step?: Step;
  readonly since?: Step;
  /** The one sample it is of. */
  readonly sample?: string;
  /** It is of a set: how many samples, where that is known, or else all that were measured. */
  readonly samples?: number | 'all';
  /** Id of a class; in a confusion, of the true one. */
  readonly class?: number;
  readonly predicted?: number;
  readonly metric?: string;
  /** It is of the samples that share this value of an attribute: as text, or a range of numbers; `null` without one. */
  readonly slice?: {
    readonly attribute: string;
    readonly value: string | number | boolean | null | readonly [number, number];
  };
  /** Heatmaps are masks of where they are at least this. */
  readonly threshold?: number;
  /** The picture, by the name it has where the number stands: `Ground truth`, or a run's. */
  readonly picture?: string;
  /** What is counted, is a share, spans a range or was set. */
  readonly noun?: string;
}

/** A number as it is written, and in full. */
export interface ScopedNumber {
  readonly text: string;
  /** Empty where it was not measured. Steps may exceed what a `number` holds. */
  readonly value: string;
  readonly scope: NumberScope;
}

/** Text with numbers in it. */
export type Phrase = readonly (string | ScopedNumber)[];

const FORMATS: Partial<Record<Quantity, (value: number) => string>> = {
  change: formatChange,
  count: formatCount,
  share: formatPercent,
};

/** A number in the one format of what it is. */
export function scopedNumber(value: Metric | undefined, scope: NumberScope): ScopedNumber {
  const isMissing = value === null || value === undefined;
  const format = FORMATS[scope.what];
  return {
    text: isMissing || format === undefined ? formatMetric(value) : format(value),
    value: isMissing ? '' : String(value),
    scope,
  };
}

/** How many there are of something, which the text around it names. */
export function countOf(
  value: number,
  noun: string,
  scope: Omit<NumberScope, 'what' | 'noun'> = {},
): ScopedNumber {
  return scopedNumber(value, {...scope, what: 'count', noun});
}

/** `3 samples`: the number and its noun. */
export function scopedCount(
  value: number,
  noun: string,
  scope: Omit<NumberScope, 'what' | 'noun'> = {},
): Phrase {
  return [countOf(value, plural(noun), scope), ` ${plural(noun, value)}`];
}

/** A number with a word around it that belongs to it, such as `×16`. */
export function scopedText(text: string, value: Metric | Step, scope: NumberScope): ScopedNumber {
  return {text, value: value === null ? '' : String(value), scope};
}

/** What the viewer chose, in the one format. */
export function settingNumber(value: number, noun: string): ScopedNumber {
  return scopedText(formatNumber(value), value, {what: 'setting', noun});
}

/** Text with numbers and other phrases in it: ``phrase`leads by ${lead}` ``. */
export function phrase(
  strings: TemplateStringsArray,
  ...parts: readonly (string | ScopedNumber | Phrase)[]
): Phrase {
  return strings
    .flatMap((text, i) => [text, ...(parts[i] === undefined ? [] : [parts[i]].flat())])
    .filter((part) => part !== '');
}

/** Phrases with something between them. */
export function joinPhrases(phrases: readonly Phrase[], separator: string): Phrase {
  return phrases.flatMap((one, i) => (i === 0 ? one : [separator, ...one]));
}

/** The words alone. */
export function phraseText(of: Phrase): string {
  return of.map((part) => (typeof part === 'string' ? part : part.text)).join('');
}

/** The same phrase, whose numbers are of `place` too. */
export function withScope(of: Phrase, place: Omit<NumberScope, 'what'>): Phrase {
  return of.map((part) =>
    typeof part === 'string' ? part : {...part, scope: {...place, ...part.scope}},
  );
}
