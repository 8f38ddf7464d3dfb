// SPDX-License-Identifier: Apache-2.0
/** Reading of JSON whose shape is not yet known. Everything throws an `AnswerError` that says where and what was wrong. */
import type {Attribute} from './types.js';

export type Json = Readonly<Record<string, unknown>>;

/** The server sent something that is not what `http_api.md` says. */
export class AnswerError extends Error {
  override readonly name = 'AnswerError';
}

function shown(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

function wrong(at: string, value: unknown, want: string): never {
  throw new AnswerError(
    `The server's answer is not understood: got ${shown(value)} as ${at}, want ${want}`,
  );
}

export function readObject(value: unknown, at: string): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return wrong(at, value, 'an object');
  }
  return value as Json;
}

export function readList<T>(
  value: unknown,
  at: string,
  item: (value: unknown, at: string) => T,
): readonly T[] {
  if (!Array.isArray(value)) {
    return wrong(at, value, 'a list');
  }
  return value.map((element: unknown, index) => item(element, `${at}[${index}]`));
}

/** The object becomes one without a prototype, so that a key such as `__proto__` is data like any other. */
export function readRecord<T>(
  value: unknown,
  at: string,
  item: (value: unknown, at: string) => T,
): Readonly<Record<string, T>> {
  const record = Object.create(null) as Record<string, T>;
  for (const [key, element] of Object.entries(readObject(value, at))) {
    record[key] = item(element, `${at}.${key}`);
  }
  return record;
}

export function readText(value: unknown, at: string): string {
  return typeof value === 'string' ? value : wrong(at, value, 'text');
}

export function readStep(value: unknown, at: string): string {
  return typeof value === 'string' && /^-?(0|[1-9]\d*)$/.test(value)
    ? value
    : wrong(at, value, 'a step in decimal');
}

export function readNumber(value: unknown, at: string): number {
  switch (value) {
    case 'NaN':
      return NaN;
    case 'Infinity':
      return Infinity;
    case '-Infinity':
      return -Infinity;
    default:
      return typeof value === 'number' ? value : wrong(at, value, 'a number');
  }
}

/** A list of metrics. There may be millions, so a name for the place of each is only made when one is wrong. */
export function readMetrics(value: unknown, at: string): readonly (number | null)[] {
  if (!Array.isArray(value)) {
    return wrong(at, value, 'a list');
  }
  const isPlain = value.every((element) => element === null || typeof element === 'number');
  // JSON.parse already gives the right type, unless a number is written as text.
  return isPlain ? (value as (number | null)[]) : readList(value, at, readMetric);
}

/** A text, a bool or a number; `null` is none. */
export function readAttribute(value: unknown, at: string): Attribute | null {
  return value === null || typeof value === 'string' || typeof value === 'boolean'
    ? value
    : readNumber(value, at);
}

export function readMetric(value: unknown, at: string): number | null {
  return value === null ? null : readNumber(value, at);
}

/** A whole number from 0 to `limit`. */
export function readCount(value: unknown, at: string, limit = Number.MAX_SAFE_INTEGER): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > limit) {
    return wrong(
      at,
      value,
      limit === Number.MAX_SAFE_INTEGER ? 'a whole number' : `a whole number from 0 to ${limit}`,
    );
  }
  return value;
}

export function readOneOf<const T>(value: unknown, at: string, choices: readonly T[]): T {
  const choice = choices.find((candidate) => candidate === value);
  return (
    choice ??
    wrong(at, value, `one of ${choices.map((candidate) => JSON.stringify(candidate)).join(', ')}`)
  );
}

export function readRange(value: unknown, at: string): readonly [number, number] {
  const [low, high, ...more] = readList(value, at, readNumber);
  if (low === undefined || high === undefined || more.length > 0) {
    return wrong(at, value, 'two numbers');
  }
  return [low, high];
}

/** The member read, or nothing at all where it is absent, so that it can be spread. */
export function optional<K extends string, T>(
  object: Json,
  key: K,
  at: string,
  item: (value: unknown, at: string) => T,
): Partial<Record<K, T>> {
  const value = object[key];
  return value === undefined || value === null
    ? {}
    : ({[key]: item(value, `${at}.${key}`)} as Record<K, T>);
}
