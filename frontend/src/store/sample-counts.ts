// SPDX-License-Identifier: Apache-2.0
/** Fetches and keeps the class counts of each sample of a record, by which samples are sorted. */
import type {Api} from '../api/client.js';
import type {ClassCounts, RunStep} from '../api/types.js';
import {errorMessage} from '../error-message.js';
import {PENDING, ready, type Resource} from './resource.js';

/** `null`: it was not counted. */
export type CountsBySample = Readonly<Record<string, ClassCounts | null>>;

/** Records of which they are kept. */
const KEPT = 16;

/** Class counts by sample. One record is asked for at a time; the newest demand is next. */
export class SampleCountsStore {
  readonly #known = new Map<string, Resource<CountsBySample>>();
  #demand: {
    readonly tag: string;
    readonly at: RunStep;
    readonly samples: readonly string[];
  } | null = null;
  #isLoading = false;
  /** Records that were written again since the request on its way was sent. */
  readonly #outdated = new Set<string>();

  constructor(
    private readonly api: Pick<Api, 'counts'>,
    private readonly changed: () => void,
  ) {}

  of(tag: string, at: RunStep): Resource<CountsBySample> {
    return this.#known.get(keyOf(tag, at)) ?? PENDING;
  }

  want(tag: string, at: RunStep, samples: readonly string[]): void {
    this.#demand = {tag, at, samples};
    if (!this.#isLoading) {
      void this.#load();
    }
  }

  /** Forgets these records, because they are gone or were written again; an answer on its way may be of before. */
  forget(tag: string, records: readonly RunStep[]): void {
    for (const record of records) {
      this.#known.delete(keyOf(tag, record));
      this.#outdated.add(keyOf(tag, record));
    }
  }

  /** Forgets failures, so that they are fetched again. */
  forgetFailures(): void {
    for (const [key, {state}] of this.#known) {
      if (state === 'error') {
        this.#known.delete(key);
      }
    }
  }

  async #load(): Promise<void> {
    this.#isLoading = true;
    for (let next = this.#demand; next !== null; next = this.#demand) {
      const {tag, at, samples} = next;
      if (this.#known.has(keyOf(tag, at))) {
        break;
      }
      this.#outdated.clear();
      const found = await this.#ask(tag, at, samples);
      if (this.#outdated.has(keyOf(tag, at))) {
        continue;
      }
      this.#known.set(keyOf(tag, at), found);
      const [oldest] = this.#known.keys();
      if (this.#known.size > KEPT && oldest !== undefined) {
        this.#known.delete(oldest);
      }
      this.changed();
    }
    this.#isLoading = false;
  }

  async #ask(
    tag: string,
    at: RunStep,
    samples: readonly string[],
  ): Promise<Resource<CountsBySample>> {
    try {
      const {signal} = new AbortController();
      const {counts} = await this.api.counts(tag, [at], samples, signal);
      const [record] = counts;
      return record?.error === undefined
        ? ready(record?.each ?? {})
        : {state: 'error', message: record.error};
    } catch (thrown) {
      return {state: 'error', message: errorMessage(thrown)};
    }
  }
}

function keyOf(tag: string, {run, step}: RunStep): string {
  return `${step}:${JSON.stringify([tag, run])}`;
}
