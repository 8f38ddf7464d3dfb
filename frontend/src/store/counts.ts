// SPDX-License-Identifier: Apache-2.0
/** Fetches and keeps class counts of whole records, for the rail's class list. */
import {errorMessage} from '../error-message.js';
import type {Api} from '../api/client.js';
import {recordKey} from '../api/record-key.js';
import type {ClassCounts, RecordCounts, RunStep} from '../api/types.js';
import {withoutOldest} from './kept-records.js';
import {PENDING, ready, type Resource} from './resource.js';

/** What was counted of a record, over all its samples. */
export interface Counted {
  /** How many samples the record has. */
  readonly samples: number;
  /** `null`: nothing was counted when the record was written. */
  readonly total: ClassCounts | null;
}

/** By run and step of one tag. */
export type CountsOfTag = ReadonlyMap<string, Resource<Counted>>;

/** Records of a tag whose counts are kept, or all that are wanted where these are more. */
const KEPT = 2000;
/** Records of one request. */
const MAX_AT = 512;

export const NO_COUNTS: CountsOfTag = new Map();

/**
 * Pixels by class of the records that the page shows. One request at a time, so that a moving slider doesn't pile them up; when
 * it ends, the newest demand is next.
 */
export class CountsStore {
  readonly #tags = new Map<string, CountsOfTag>();
  #demand: {readonly tag: string; readonly at: readonly RunStep[]} | null = null;
  #isLoading = false;
  /** The request on its way, and the records whose answer does not hold any more. */
  #asked: {readonly tag: string; readonly outdated: Set<string>} | null = null;

  constructor(
    private readonly api: Pick<Api, 'counts'>,
    private readonly changed: () => void,
    private readonly kept = KEPT,
  ) {}

  /** The counts that have arrived; another object when there are more. */
  of(tag: string): CountsOfTag {
    return this.#tags.get(tag) ?? NO_COUNTS;
  }

  /** Whether some of these records were not asked for, or not answered yet. */
  lacks(tag: string, at: readonly RunStep[]): boolean {
    const known = this.of(tag);
    return at.some((one) => !known.has(recordKey(one)));
  }

  want(tag: string, at: readonly RunStep[]): void {
    this.#demand = {tag, at};
    if (!this.#isLoading) {
      void this.#load();
    }
  }

  /** Forgets these records, because they are gone or were written again; an answer on its way may be of before. */
  forget(tag: string, records: readonly RunStep[]): void {
    const gone = new Set(records.map(recordKey));
    if (this.#asked?.tag === tag) {
      gone.forEach((key) => this.#asked?.outdated.add(key));
    }
    this.#keep(
      tag,
      [...this.of(tag)].filter(([key]) => !gone.has(key)),
    );
  }

  /** Forgets failures, so that they are fetched again. */
  forgetFailures(): void {
    for (const [tag, counts] of this.#tags) {
      this.#keep(
        tag,
        [...counts].filter(([, {state}]) => state !== 'error'),
      );
    }
  }

  async #load(): Promise<void> {
    this.#isLoading = true;
    for (let missing = this.#missing(); missing !== null; missing = this.#missing()) {
      const {tag, at} = missing;
      const outdated = new Set<string>();
      this.#asked = {tag, outdated};
      const answered = await this.#ask(tag, at);
      const found = answered.filter(([key]) => !outdated.has(key));
      const all = [...new Map([...this.of(tag), ...found])];
      this.#keep(tag, withoutOldest(all, this.#wanted(tag), this.kept));
      this.changed();
    }
    this.#isLoading = false;
    this.#asked = null;
  }

  #wanted(tag: string): ReadonlySet<string> {
    return new Set(this.#demand?.tag === tag ? this.#demand.at.map(recordKey) : []);
  }

  #missing(): {readonly tag: string; readonly at: readonly RunStep[]} | null {
    if (this.#demand === null) {
      return null;
    }
    const {tag, at} = this.#demand;
    const known = this.of(tag);
    const missing = at.filter((one) => !known.has(recordKey(one))).slice(0, MAX_AT);
    return missing.length === 0 ? null : {tag, at: missing};
  }

  async #ask(
    tag: string,
    at: readonly RunStep[],
  ): Promise<(readonly [string, Resource<Counted>])[]> {
    let error = 'The server sent no counts by class';
    try {
      const {counts} = await this.api.counts(tag, at, [], new AbortController().signal);
      if (counts.length > 0) {
        return counts.map((one) => [recordKey(one), resourceOf(one)]);
      }
    } catch (thrown) {
      error = errorMessage(thrown);
    }
    return at.map((one) => [recordKey(one), {state: 'error', message: error}]);
  }

  #keep(tag: string, counts: readonly (readonly [string, Resource<Counted>])[]): void {
    this.#tags.set(tag, new Map(counts));
  }
}

export function countsAt(counts: CountsOfTag, at: RunStep): Resource<Counted> {
  return counts.get(recordKey(at)) ?? PENDING;
}

function resourceOf({error, samples, total}: RecordCounts): Resource<Counted> {
  return error === undefined
    ? ready({samples: samples ?? 0, total: total ?? null})
    : {state: 'error', message: error};
}
