// SPDX-License-Identifier: Apache-2.0
/**
 * The queries of requests, each short enough for the proxies in front of a TensorBoard.
 *
 * nginx takes request lines of up to 8 KiB by default and answers 414 to longer ones. What does not fit into one request
 * is spread over several, whose answers are merged.
 */
import type {Digest, RunStep} from './types.js';

/** Characters of an address, host included. A proxy may add a path of its own, so some are left to spare. */
export const MAX_ADDRESS = 7600;

/** The most digests that one request names. */
export const MAX_HAVE = 512;

/** What a parameter adds to a query. */
function costOf(key: string, value: string): number {
  return new URLSearchParams([[key, value]]).toString().length + 1;
}

/** What all requests about a tag say: the tag, and where it comes from. */
export type Subject = readonly (readonly [key: string, value: string])[];

function costOfAll(subject: Subject): number {
  return subject.reduce((sum, [key, value]) => sum + costOf(key, value), 0);
}

/** Parts values into groups of at least one, in order, each of which adds at most `room` characters to a query. */
export function grouped(
  key: string,
  values: readonly string[],
  room: number,
): readonly (readonly string[])[] {
  const groups: string[][] = [[]];
  let left = room;
  for (const value of values) {
    const cost = costOf(key, value);
    if (cost > left && groups.at(-1)!.length > 0) {
      groups.push([]);
      left = room;
    }
    groups.at(-1)!.push(value);
    left -= cost;
  }
  return groups;
}

/** Queries of `series` and `samples`: of one tag, for some runs each. */
export function tagQueries(
  subject: Subject,
  runs: readonly string[],
  room: number,
): readonly string[] {
  return grouped('run', runs, room - costOfAll(subject)).map((some) =>
    new URLSearchParams([
      ...subject.map(([key, value]) => [key, value]),
      ...pairs('run', some),
    ]).toString(),
  );
}

/** Some of the steps that a request of `frames` asks for. */
export interface FramesPart {
  readonly at: readonly RunStep[];
  /** Of these steps, one query for each group of samples. */
  readonly queries: readonly string[];
}

/** The parts of one request of `frames`. */
export function framesQueries(
  subject: Subject,
  at: readonly RunStep[],
  samples: readonly string[],
  have: readonly Digest[],
  room: number,
): readonly FramesPart[] {
  const left = room - costOfAll(subject);
  const sampleGroups = grouped('sample', samples, Math.floor(left / 2));
  const widest = Math.max(
    ...sampleGroups.map((group) => group.reduce((sum, id) => sum + costOf('sample', id), 0)),
  );
  const atGroups = grouped('at', at.map(spelled), left - widest);
  let first = 0;
  return atGroups.map((steps) => {
    const some = at.slice(first, first + steps.length);
    first += steps.length;
    return {
      at: some,
      queries: sampleGroups.map((ids) => {
        const query = [...subject, ...pairs('at', steps), ...pairs('sample', ids)];
        return withKnown(
          new URLSearchParams(query.map(([key, value]) => [key, value])),
          have.slice(0, MAX_HAVE),
          room,
        );
      }),
    };
  });
}

/** A query with as many of the digests as fit. */
function withKnown(query: URLSearchParams, have: readonly Digest[], room: number): string {
  let spare = room - query.toString().length;
  for (const digest of have) {
    spare -= costOf('have', digest);
    if (spare < 0) {
      break;
    }
    query.append('have', digest);
  }
  return query.toString();
}

function spelled({step, run}: RunStep): string {
  return `${step}:${run}`;
}

function pairs(key: string, values: readonly string[]): [string, string][] {
  return values.map((value) => [key, value]);
}
