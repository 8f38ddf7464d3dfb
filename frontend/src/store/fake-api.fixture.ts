// SPDX-License-Identifier: Apache-2.0

import type {Api, FramesQuery} from '../api/client.js';
import {
  ROLES,
  type Bundle,
  type Catalog,
  type Frame,
  type Hparams,
  type TagKind,
  type RunSamples,
  type RunSeries,
  type TagCounts,
  type TagSamples,
  type TagSeries,
} from '../api/types.js';

export interface LoggedRecord {
  readonly step: string;
  /** IoU by sample. */
  readonly scores: Readonly<Record<string, number>>;
  /** Seconds since the epoch. */
  readonly at?: number;
  readonly groundTruth?: string;
  readonly logged?: number;
  /** Whether a small score is a good one; names are listed once one record says so. */
  readonly lower?: boolean;
  /** Whether it holds no counts by class. */
  readonly uncounted?: boolean;
}

/** Records by tag, then by run. */
export type Log = Readonly<Record<string, Readonly<Record<string, readonly LoggedRecord[]>>>>;

const KIND: TagKind = {name: 'mask', classes: [{id: 0, name: 'road'}], ignore: []};

/** A server of `log`, which may be replaced; each frames request waits until it is answered by `answer`, unless `eager`. */
export class FakeApi implements Api {
  readonly framesAsked: FramesQuery[] = [];
  readonly aborted: FramesQuery[] = [];
  readonly countsAsked: FramesQuery['at'][] = [];
  /** By tag, where it is not one class. */
  kinds: Readonly<Record<string, TagKind>> = {};
  hparamsOf: Hparams = {};
  hparamsAsked = 0;
  error: Error | null = null;
  eager = true;
  /** Frames of an answer; the rest is left out. */
  most = Infinity;
  /** Of each picture of a tag; else as many as its digest has characters. */
  blobBytes: Readonly<Record<string, number>> = {};
  readonly #waiting: (() => void)[] = [];

  constructor(public log: Log) {}

  /** Answers the oldest request that waits. */
  answer(): void {
    this.#waiting.shift()?.();
  }

  tags(): Promise<Catalog> {
    if (this.error) {
      return Promise.reject(this.error);
    }
    const runs = [...new Set(Object.values(this.log).flatMap(Object.keys))];
    return Promise.resolve({
      runs,
      tags: Object.entries(this.log).map(([tag, ofTag]) => ({
        tag,
        series: [
          {
            runs: Object.keys(ofTag).map((run) => runs.indexOf(run)),
            description: '',
            kind: this.kinds[tag] ?? KIND,
          },
        ],
      })),
      skipped: [],
      kept: {program: 'TensorBoard', limit: 300, flag: '--samples_per_plugin=pairs=0'},
    });
  }

  hparams(): Promise<Hparams> {
    this.hparamsAsked += 1;
    return this.error ? Promise.reject(this.error) : Promise.resolve(this.hparamsOf);
  }

  series(tag: string): Promise<TagSeries> {
    if (this.error) {
      return Promise.reject(this.error);
    }
    return Promise.resolve({tag, runs: this.#map(tag, seriesOf)});
  }

  samples(tag: string): Promise<TagSamples> {
    if (this.error) {
      return Promise.reject(this.error);
    }
    return Promise.resolve({tag, runs: this.#map(tag, samplesOf)});
  }

  /** One class, of a hundred pixels a sample, of which as many are right as the score says. */
  counts(tag: string, at: FramesQuery['at']): Promise<TagCounts> {
    this.countsAsked.push(at);
    if (this.error) {
      return Promise.reject(this.error);
    }
    const counts = at.slice(0, this.most).map(({run, step}) => {
      const record = this.log[tag]?.[run]?.find((other) => other.step === step);
      const scores = Object.values(record?.scores ?? {});
      const right = Math.round(100 * scores.reduce((sum, score) => sum + score, 0));
      const total = {
        counted: scores.length,
        ids: [0],
        truePositive: [right],
        falsePositive: [0],
        falseNegative: [100 * scores.length - right],
      };
      return {run, step, samples: scores.length, ...(record?.uncounted === true ? {} : {total})};
    });
    return Promise.resolve({counts});
  }

  frames(query: FramesQuery, signal: AbortSignal): Promise<Bundle> {
    this.framesAsked.push(query);
    return new Promise((resolve, reject) => {
      const settle = (): void => (this.error ? reject(this.error) : resolve(this.#bundle(query)));
      signal.addEventListener('abort', () => {
        this.aborted.push(query);
        reject(new DOMException('aborted', 'AbortError'));
      });
      if (this.eager) {
        settle();
      } else {
        this.#waiting.push(settle);
      }
    });
  }

  #map<T>(tag: string, make: (records: readonly LoggedRecord[]) => T): Record<string, T> {
    return Object.fromEntries(
      Object.entries(this.log[tag] ?? {}).map(([run, records]) => [run, make(records)]),
    );
  }

  #bundle({tag, at, samples, have, parts = ROLES}: FramesQuery): Bundle {
    const given = at.slice(0, this.most);
    const blobs = new Map<string, Uint8Array<ArrayBuffer>>();
    const frames = given.map(({run, step}): Frame => {
      const record = this.log[tag]?.[run]?.find((other) => other.step === step);
      if (record === undefined) {
        return {run, step, error: `${run} has no step ${step}`};
      }
      const ids = samples.filter((id) => id in record.scores);
      const digests = ids.flatMap((id) => [
        record.groundTruth ?? `gt-${id}`,
        `${run}-${step}-${id}`,
      ]);
      for (const [i, digest] of digests.entries()) {
        if (!have.includes(digest) && parts.includes(i % 2 === 0 ? 'groundTruth' : 'prediction')) {
          const size = this.blobBytes[tag];
          const blob = size === undefined ? new TextEncoder().encode(digest) : new Uint8Array(size);
          blobs.set(digest, blob);
        }
      }
      return {
        run,
        step,
        samples: ids.map((id, i) => ({
          id,
          groundTruth: 2 * i,
          prediction: 2 * i + 1,
          caption: `caption of ${id} at ${step}`,
        })),
        pictures: digests.map((digest) => ({
          digest,
          width: 1,
          height: 1,
          channels: 1,
          bits: 8,
          layout: 'plain',
        })),
      };
    });
    return {frames, blobs, omitted: at.length - given.length};
  }
}

function seriesOf(records: readonly LoggedRecord[]): RunSeries {
  return {
    steps: records.map(({step}) => step),
    wallTimes: records.map(({at, step}) => at ?? Number(step)),
    logged: records.at(-1)?.logged ?? records.length,
    beforeRestart: [],
    samples: idsOf(records),
    metrics: {iou: records.map(({scores}) => mean(Object.values(scores)))},
    lowerIsBetter: records.some(({lower}) => lower) ? ['iou'] : [],
  };
}

function samplesOf(records: readonly LoggedRecord[]): RunSamples {
  const ids = idsOf(records);
  return {
    steps: records.map(({step}) => step),
    samples: ids,
    metrics: {iou: ids.map((id) => records.map(({scores}) => scores[id] ?? null))},
    changed: {},
    missing: Object.fromEntries(
      ids.map((id) => [
        id,
        new Set([...records.keys()].filter((i) => !(id in records[i]!.scores))),
      ]),
    ),
    attributes: {},
  };
}

function idsOf(records: readonly LoggedRecord[]): readonly string[] {
  return [...new Set(records.flatMap(({scores}) => Object.keys(scores)))];
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
