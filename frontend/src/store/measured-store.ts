// SPDX-License-Identifier: Apache-2.0
/** Measures on the page what no record says: metrics of pictures as they were drawn. */
import type {Api} from '../api/client.js';
import {recordKey} from '../api/record-key.js';
import type {Metric, RunStep, TagKind} from '../api/types.js';
import {errorMessage} from '../error-message.js';
import type {SampleAtStep, SampleSource} from './data.js';
import type {MeasureProgress} from './existing.js';
import {withoutOldest} from './kept-records.js';
import {measureDemands, type MeasureDemand, type MeasureInputs} from './measure-demands.js';
import {lackingParts} from './parts.js';
import {latest} from './resource.js';
import {fetchSamples} from './sample-fetching.js';
import {isSameRecord} from './sides.js';

/** A metric of one sample. */
export interface MeasuredMetric {
  /** What was asked for. */
  readonly id: string;
  /** As the page calls it. */
  readonly name: string;
  readonly value: Metric;
  readonly lowerIsBetter: boolean;
}

/** What is to be measured of the two pictures of a sample. */
export interface MeasureRequest {
  readonly ids: readonly string[];
  readonly sample: SampleAtStep;
  /** Of its tag. */
  readonly kind: TagKind;
}

/** Measures those metrics of a request that its kind has; rejects with the reason where a picture can't be had. */
export type Measure = (
  request: MeasureRequest,
  signal: AbortSignal,
) => Promise<readonly MeasuredMetric[]>;

/** What is known of a sample of a record. */
export interface MeasuredSample {
  /** Ids of what was asked for. */
  readonly tried: readonly string[];
  readonly metrics: readonly MeasuredMetric[];
  /** Whether the record does not hold it. */
  readonly isAbsent?: true;
  /** Why it can't be measured. */
  readonly error?: string;
}

/** By sample. */
export type MeasuredOfRecord = ReadonlyMap<string, MeasuredSample>;
/** By `recordKey`. */
export type MeasuredOfTag = ReadonlyMap<string, MeasuredOfRecord>;

interface Batch extends MeasureDemand {
  readonly controller: AbortController;
}

const MEASURED = ['groundTruth', 'prediction'] as const;
/** Samples that are fetched, decoded and measured at once. */
const AT_ONCE = 8;
/** Records of a tag that are kept, or all that are wanted where these are more. */
const KEPT = 500;

const NONE: MeasuredOfTag = new Map();

/**
 * Metrics of pictures, by tag, record and sample. A few samples are measured at once, in the order in which they are wanted; what is
 * not wanted any more is called off.
 */
export class MeasuredStore {
  #tags: ReadonlyMap<string, MeasuredOfTag> = new Map();
  #demands: readonly MeasureDemand[] = [];
  #mayWork = false;
  #batch: Batch | null = null;
  #progress: ReadonlyMap<string, MeasureProgress> = new Map();

  constructor(
    private readonly api: Pick<Api, 'frames'>,
    /** What the page has of samples already. */
    private readonly known: Pick<SampleSource, 'peek'>,
    private readonly measure: Measure,
    private readonly changed: () => void,
    private readonly kept = KEPT,
  ) {}

  /** What was measured, by tag; another object when there is more. */
  get all(): ReadonlyMap<string, MeasuredOfTag> {
    return this.#tags;
  }

  /** Undefined where nothing is wanted of the tag; the same object while it is the same. */
  progress(tag: string): MeasureProgress | undefined {
    return this.#progress.get(tag);
  }

  /** Replaces what is wanted. Unless `mayWork`, nothing is begun or gone on with. */
  want(inputs: MeasureInputs, mayWork: boolean): void {
    this.#demands = measureDemands(inputs);
    this.#mayWork = mayWork;
    if (this.#batch !== null && !this.#isWanted(this.#batch)) {
      this.#batch.controller.abort();
    }
    if (this.#count()) {
      this.changed();
    }
    void this.#work();
  }

  /** Forgets these records, because they are gone or were written again. */
  forget(tag: string, records: readonly RunStep[]): void {
    const gone = new Set(records.map(recordKey));
    if (this.#batch?.tag === tag && gone.has(recordKey(this.#batch.at))) {
      this.#batch.controller.abort();
    }
    this.#keep(
      tag,
      [...this.#of(tag)].filter(([key]) => !gone.has(key)),
    );
  }

  /** Forgets all of some tags, whose pictures are other ones now. */
  forgetTags(tags: ReadonlySet<string>): void {
    if (this.#batch !== null && tags.has(this.#batch.tag)) {
      this.#batch.controller.abort();
    }
    this.#tags = new Map([...this.#tags].filter(([tag]) => !tags.has(tag)));
  }

  /** Forgets failures, so that they are tried again. */
  forgetFailures(): void {
    for (const [tag, records] of this.#tags) {
      this.#keep(
        tag,
        [...records].map(([key, samples]) => [
          key,
          new Map([...samples].filter(([, {error}]) => error === undefined)),
        ]),
      );
    }
  }

  #of(tag: string): MeasuredOfTag {
    return this.#tags.get(tag) ?? NONE;
  }

  async #work(): Promise<void> {
    if (this.#batch !== null) {
      return;
    }
    for (let batch = this.#next(); batch !== null; batch = this.#next()) {
      this.#batch = batch;
      const found = await this.#measureAll(batch);
      this.#batch = null;
      if (!batch.controller.signal.aborted) {
        this.#take(batch, found);
        this.#count();
        this.changed();
      }
    }
  }

  /** Counts how far the measuring is; whether that is new. */
  #count(): boolean {
    const before = this.#progress;
    const tags = new Set(this.#demands.map(({tag}) => tag));
    this.#progress = new Map([...tags].map((tag) => [tag, this.#countOf(tag)]));
    return (
      tags.size !== before.size || [...tags].some((tag) => before.get(tag) !== this.progress(tag))
    );
  }

  #countOf(tag: string): MeasureProgress {
    const samples = this.#demands
      .filter((demand) => demand.tag === tag)
      .flatMap(({at, ids, samples: wanted}) => {
        const record = this.#of(tag).get(recordKey(at));
        return wanted.map((id) => ({ids, known: record?.get(id)}));
      })
      .filter(({known}) => known?.isAbsent !== true);
    const tried = samples.filter(({known, ids}) => isTried(known, ids));
    const errors = tried.flatMap(({known}) => known?.error ?? []);
    const now: MeasureProgress = {
      wanted: samples.length,
      measured: tried.length - errors.length,
      failed: errors.length,
      error: errors[0],
    };
    const before = this.#progress.get(tag);
    return before !== undefined && isSameProgress(before, now) ? before : now;
  }

  #isWanted({tag, at, ids}: Batch): boolean {
    return (
      this.#mayWork &&
      this.#demands.some(
        (demand) =>
          demand.tag === tag &&
          isSameRecord(demand.at, at) &&
          demand.ids.every((id) => ids.includes(id)),
      )
    );
  }

  #next(): Batch | null {
    for (const demand of this.#mayWork ? this.#demands : []) {
      const record = this.#of(demand.tag).get(recordKey(demand.at));
      const samples = demand.samples
        .filter((id) => !isTried(record?.get(id), demand.ids))
        .slice(0, AT_ONCE);
      if (samples.length > 0) {
        return {...demand, samples, controller: new AbortController()};
      }
    }
    return null;
  }

  async #measureAll(batch: Batch): Promise<readonly (readonly [string, MeasuredSample])[]> {
    const {tag, at, samples, ids, controller} = batch;
    const {signal} = controller;
    const held = samples.filter((id) => this.#heldSample(tag, at, id) !== undefined);
    const missing = samples.filter((id) => !held.includes(id));
    const failed = (thrown: unknown): MeasuredSample => ({
      tried: ids,
      metrics: [],
      error: errorMessage(thrown),
    });
    let fetched: SampleSource | undefined;
    try {
      fetched =
        missing.length === 0
          ? undefined
          : await fetchSamples(
              this.api,
              {tag, at: [at], samples: missing},
              {signal, progress: () => undefined},
            );
    } catch (error) {
      return missing.map((id) => [id, failed(error)] as const);
    }
    return Promise.all(
      samples.map(async (id) => {
        try {
          const sample = this.#heldSample(tag, at, id) ?? sampleOf(fetched, tag, at, id);
          return [id, await this.#measured(batch, sample)] as const;
        } catch (error) {
          return [id, failed(error)] as const;
        }
      }),
    );
  }

  async #measured(
    {ids, kind, controller}: Batch,
    sample: SampleAtStep | null,
  ): Promise<MeasuredSample> {
    if (sample === null) {
      return {tried: ids, metrics: [], isAbsent: true};
    }
    return {tried: ids, metrics: await this.measure({ids, sample, kind}, controller.signal)};
  }

  /** With the bytes of what is measured. */
  #heldSample(tag: string, {run, step}: RunStep, id: string): SampleAtStep | undefined {
    const sample = this.known.peek(tag, run, step, id);
    return lackingParts(sample, MEASURED).length === 0 ? sample : undefined;
  }

  #take({tag, at}: Batch, found: readonly (readonly [string, MeasuredSample])[]): void {
    const key = recordKey(at);
    const records = new Map(this.#of(tag));
    const record = new Map([...(records.get(key) ?? []), ...found]);
    // Those used last come last.
    records.delete(key);
    this.#keep(tag, withoutOldest([...records.set(key, record)], this.#wanted(tag), this.kept));
  }

  #wanted(tag: string): ReadonlySet<string> {
    const demands = this.#demands.filter((demand) => demand.tag === tag);
    return new Set(demands.map(({at}) => recordKey(at)));
  }

  #keep(tag: string, records: readonly (readonly [string, MeasuredOfRecord])[]): void {
    this.#tags = new Map(this.#tags).set(tag, new Map(records));
  }
}

export function isTried(sample: MeasuredSample | undefined, ids: readonly string[]): boolean {
  return sample !== undefined && ids.every((id) => sample.tried.includes(id));
}

/** `null`: the record does not hold it. */
function sampleOf(
  source: SampleSource | undefined,
  tag: string,
  {run, step}: RunStep,
  id: string,
): SampleAtStep | null {
  const found = source?.get(tag, run, step, id);
  if (found?.state === 'error') {
    throw new Error(found.message);
  }
  return (found && latest(found)) ?? null;
}

function isSameProgress(one: MeasureProgress, other: MeasureProgress): boolean {
  return (
    one.wanted === other.wanted &&
    one.measured === other.measured &&
    one.failed === other.failed &&
    one.error === other.error
  );
}
