// SPDX-License-Identifier: Apache-2.0
/** Decides which pictures to request next, and limits how many requests run at once. */
import type {Api} from '../api/client.js';
import {ROLES, type Bundle, type Role, type RunStep} from '../api/types.js';
import {clamp} from '../clamp.js';
import {MAX_HAVE} from '../api/addresses.js';
import {recordKey} from '../api/record-key.js';
import {FIRST_SAMPLES} from './prefetch.js';
import type {SampleCache, SamplesAt} from './sample-cache.js';
import {errorMessage} from '../error-message.js';

/** Samples of runs at steps that should be in the cache. */
export interface Demand extends SamplesAt {
  /** Records of the same samples that will be wanted next. */
  readonly next?: readonly RunStep[];
  /** Samples of the same records that will be wanted next. */
  readonly ahead?: readonly string[];
  /** It is on the page, so that it is fetched however full the cache is. */
  readonly isVisible?: true;
}

interface PictureRequest extends Demand {
  readonly parts: readonly Role[];
  /** `at` and `samples` to look in: they may be hundreds. */
  readonly records: ReadonlySet<string>;
  readonly sampleSet: ReadonlySet<string>;
  readonly controller: AbortController;
  readonly since: number;
}

const MAX_AT = 512;
/** Bytes that a request is to bring: its first picture is decoded once its last has come. */
const BYTES_PER_REQUEST = 4 * 2 ** 20;
/** Pairs of a request, however large they are; where that is not known, the least of them, but at least two samples. */
const PAIRS_PER_REQUEST = {least: 8, most: 512} as const;
/** Pairs of a request that brings the next steps too. */
const PAIRS_WITH_NEXT = 24;
/** What can be drawn is drawn even while the slider moves on: an overtaken request is ended only when it is slow. */
const PATIENCE_MS = 300;
const MAX_REQUESTS = 3;
/** Prefetching leaves room for requests of visible pictures. */
const MAX_PREFETCH_REQUESTS = 2;

/**
 * Fetches visible pictures, then what is needed of their samples besides, then those that will probably be next. Requests are few and large, each of one tag. Never more than
 * three at once, so that a moving slider doesn't pile them up; when one ends, the newest demand is next.
 */
export class PictureLoader {
  #demands: readonly Demand[] = [];
  #prefetches: readonly Demand[] = [];
  #mayPrefetch = true;
  #requests: readonly PictureRequest[] = [];
  /** How many pairs of a tag a request is for. */
  readonly #pairs = new Map<string, number>();
  #retry: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly api: Pick<Api, 'frames'>,
    private readonly cache: SampleCache,
    private readonly changed: () => void,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /**
   * Replaces the demands; `prefetches` are fetched when nothing else is missing, as far as the cache has room for what is not
   * visible, and not before `mayPrefetch`.
   */
  want(demands: readonly Demand[], prefetches: readonly Demand[], mayPrefetch = true): void {
    this.#demands = demands;
    this.#prefetches = prefetches;
    this.#mayPrefetch = mayPrefetch;
    // Where nothing is in sight nothing comes that needs room, and a page that was hidden will show the same again.
    if (demands.length + prefetches.length > 0) {
      this.cache.keep([...demands, ...prefetches]);
    }
    this.#go();
  }

  /**
   * Forgets records that are gone or were written again, and ends requests of them: their answers may be of before. What is
   * wanted of them from then on is for `want` to say.
   */
  forget(tag: string, records: readonly RunStep[]): void {
    this.cache.forget(tag, records);
    const gone = new Set(records.map(recordKey));
    const ended = this.#requests.filter(
      (request) => request.tag === tag && request.at.some((at) => gone.has(recordKey(at))),
    );
    this.#requests = this.#requests.filter((request) => !ended.includes(request));
    for (const {controller} of ended) {
      controller.abort();
    }
  }

  /** Ends all requests. */
  stop(): void {
    this.#demands = [];
    this.#prefetches = [];
    clearTimeout(this.#retry);
    for (const {controller} of this.#requests) {
      controller.abort();
    }
  }

  /** Whether something that is on the page is not there yet. */
  get isBehind(): boolean {
    return [...this.#demands, ...this.cache.needs].some(({tag, at, samples, parts}) =>
      at.some((place) =>
        samples.some((sample) => this.cache.lacks(tag, place, sample, parts).length > 0),
      ),
    );
  }

  /** What may be prefetched now. */
  get #mayCome(): readonly Demand[] {
    const isFull = this.#requests.length >= MAX_PREFETCH_REQUESTS;
    if (this.#prefetches.length === 0 || !this.#mayPrefetch || isFull || this.isBehind) {
      return [];
    }
    return this.cache.hasRoom()
      ? this.#prefetches
      : this.#prefetches.filter(({isVisible}) => isVisible === true);
  }

  #go(): void {
    clearTimeout(this.#retry);
    for (;;) {
      const next =
        this.#missing(this.#demands) ??
        this.#missing(this.cache.needs) ??
        this.#missing(this.#mayCome);
      if (next === null) {
        return;
      }
      if (this.#requests.length >= MAX_REQUESTS && !this.#endOvertaken()) {
        this.#retry = setTimeout(() => this.#go(), PATIENCE_MS);
        return;
      }
      this.#send(next);
    }
  }

  /** A slider that is ahead of its pictures stays so if each step takes a request: one brings the next steps too. */
  #withNext(demand: Demand, next: readonly RunStep[]): Demand {
    const {tag, at, samples} = demand;
    const isOvertaking = this.#requests.some(
      (request) => request.tag === tag && !overlaps({...request, samples}, demand),
    );
    const room = Math.floor(PAIRS_WITH_NEXT / samples.length) - at.length;
    if (!isOvertaking || room <= 0) {
      return demand;
    }
    const missing = this.#missing([{...demand, at: next}])?.at ?? [];
    return {...demand, at: [...at, ...missing.slice(0, room)].slice(0, MAX_AT)};
  }

  /** Ends the oldest request that nothing wants any more and that had its time; whether there was one. */
  #endOvertaken(): boolean {
    const slow = this.#requests.find(
      (request) =>
        this.now() - request.since >= PATIENCE_MS &&
        ![...this.#demands, ...this.#prefetches].some((demand) => overlaps(request, demand)),
    );
    if (slow === undefined) {
      return false;
    }
    this.#requests = this.#requests.filter((request) => request !== slow);
    slow.controller.abort();
    return true;
  }

  /** The first demand's part that is neither held nor under way; `null` when there is none. */
  #missing(demands: readonly Demand[]): Demand | null {
    for (const {tag, at, samples, parts: wanted, next = [], ahead = []} of demands) {
      const coming = this.#requests.filter((request) => request.tag === tag);
      const missing = (place: RunStep, sample: string): readonly Role[] =>
        withoutComing(this.cache.lacks(tag, place, sample, wanted), coming, place, sample);
      const isMissing = (place: RunStep, sample: string) => missing(place, sample).length > 0;
      const all = samples.filter((sample) => at.some((place) => isMissing(place, sample)));
      if (all.length === 0) {
        continue;
      }
      const places = at
        .filter((place) => all.some((sample) => isMissing(place, sample)))
        .slice(0, MAX_AT);
      const most = this.#samplesOf(tag, places.length);
      // Where some are there already, the others come by scrolling, and so do those after them.
      const isScrolling = all.length < samples.length && this.cache.hasRoom();
      const after = isScrolling ? ahead.filter((sample) => isMissing(places[0]!, sample)) : [];
      const some = [...all, ...after].slice(0, most);
      const lacked = new Set(
        places.flatMap((place) => some.flatMap((sample) => missing(place, sample))),
      );
      const parts = ROLES.filter((part) => lacked.has(part));
      return this.#withNext({tag, at: places, samples: some, parts}, next);
    }
    return null;
  }

  /** How many samples of so many records a request is for. */
  #samplesOf(tag: string, records: number): number {
    const pairs = this.#pairs.get(tag);
    return pairs === undefined
      ? Math.max(FIRST_SAMPLES, Math.ceil(PAIRS_PER_REQUEST.least / records))
      : Math.ceil(pairs / records);
  }

  #learn(tag: string, {frames, blobs}: Bundle): void {
    const pairs = frames.reduce((sum, {samples = []}) => sum + samples.length, 0);
    const bytes = [...blobs.values()].reduce((sum, blob) => sum + blob.length, 0);
    if (pairs > 0 && bytes > 0) {
      const fitting = Math.floor((BYTES_PER_REQUEST * pairs) / bytes);
      this.#pairs.set(tag, clamp(fitting, PAIRS_PER_REQUEST.least, PAIRS_PER_REQUEST.most));
    }
  }

  #send(demand: Demand): void {
    const request: PictureRequest = {
      ...demand,
      parts: demand.parts ?? ROLES,
      records: new Set(demand.at.map(recordKey)),
      sampleSet: new Set(demand.samples),
      controller: new AbortController(),
      since: this.now(),
    };
    this.#requests = [...this.#requests, request];
    void this.#fetch(request).then(() => {
      this.#requests = this.#requests.filter((other) => other !== request);
      if (request.controller.signal.aborted) {
        return;
      }
      this.changed();
      this.#go();
    });
  }

  async #fetch(request: PictureRequest): Promise<void> {
    const {tag, at, samples, parts, controller} = request;
    const held = new Map([...this.cache.shared(request)].slice(0, MAX_HAVE));
    try {
      const bundle = await this.api.frames(
        {tag, at, samples, have: [...held.keys()], parts},
        controller.signal,
      );
      if (controller.signal.aborted) {
        return;
      }
      this.cache.put(tag, bundle, samples, held, parts);
      this.#learn(tag, bundle);
      const answered = bundle.frames.length;
      // What was left out is asked for again, unless nothing came: that would never end.
      if (answered === 0 || answered + bundle.omitted < at.length) {
        this.cache.fail(request, 'The server left this step out of its answer');
      }
    } catch (error) {
      if (controller.signal.aborted) {
        return;
      }
      this.cache.fail(request, errorMessage(error));
    }
  }
}

/** The parts that no request brings already. */
function withoutComing(
  parts: readonly Role[],
  coming: readonly PictureRequest[],
  place: RunStep,
  sample: string,
): readonly Role[] {
  return coming.length === 0 || parts.length === 0
    ? parts
    : parts.filter(
        (part) =>
          !coming.some((request) => request.parts.includes(part) && holds(request, place, sample)),
      );
}

function holds({records, sampleSet}: PictureRequest, place: RunStep, sample: string): boolean {
  return sampleSet.has(sample) && records.has(recordKey(place));
}

function overlaps(request: Demand, demand: Demand): boolean {
  return (
    request.tag === demand.tag &&
    request.samples.some((sample) => demand.samples.includes(sample)) &&
    request.at.some(({run, step}) => demand.at.some((at) => at.run === run && at.step === step))
  );
}
