// SPDX-License-Identifier: Apache-2.0
/** Hyperparameters as text: those that tell runs apart where there is little room, all of them in a tooltip. */
import type {Attribute} from '../api/types.js';
import type {ShownHparams} from '../store/hparams.js';
import {isolated} from '../texts/isolated.js';
import {formatNumber} from '../texts/numbers.js';
import {scopedText, type Phrase} from '../texts/scoped-number.js';

/** In a tooltip. */
const MOST_LINES = 30;

/** A hyperparameter that tells a run from others. */
export interface HparamPart {
  readonly name: string;
  readonly value: Phrase;
}

/** Whole numbers are written whole: a batch size of 131072 is no measurement. */
export function hparamText(value: Attribute): string {
  return typeof value === 'number' && !Number.isInteger(value)
    ? formatNumber(value)
    : String(value);
}

/** Those of a run that not all runs shown agree on, the one that orders them first; empty where none is known. */
export function hparamParts({of, differing, by}: ShownHparams, run: string): readonly HparamPart[] {
  const values = of[run]?.values;
  const others = differing.filter((name) => name !== by);
  return [...(by === null ? [] : [by]), ...others].flatMap((name) => {
    const value = values?.[name];
    return value === undefined ? [] : [{name, value: hparamPhrase(value, run, name)}];
  });
}

/** The value of a run, with what it is of where it is a number. */
export function hparamPhrase(value: Attribute, run: string, noun: string): Phrase {
  const text = hparamText(value);
  return typeof value === 'number'
    ? [scopedText(text, value, {what: 'hyperparameter', run, noun})]
    : [text];
}

/** All of a run, a line each, those first that tell it from others; empty where none is known. */
export function hparamTitle({of, differing}: ShownHparams, run: string): string {
  const known = of[run];
  if (known === undefined) {
    return '';
  }
  const {values, omitted = 0, error} = known;
  const names = [
    ...differing.filter((name) => values[name] !== undefined),
    ...Object.keys(values).filter((name) => !differing.includes(name)),
  ];
  const lines = names
    .slice(0, MOST_LINES)
    .map((name) => `${isolated(name)}: ${isolated(hparamText(values[name]!))}`);
  const more = names.length - lines.length + omitted;
  return [
    'Hyperparameters',
    ...lines,
    ...(more > 0 ? [`and ${more} more`] : []),
    ...(error === undefined ? [] : [`can’t be read: ${error}`]),
  ].join('\n');
}

/** A run's name and its hyperparameters, for the tooltip of its header. */
export function runTitle(shown: ShownHparams, run: string): string {
  const hparams = hparamTitle(shown, run);
  return hparams === '' ? run : `${run}\n\n${hparams}`;
}
