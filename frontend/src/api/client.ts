// SPDX-License-Identifier: Apache-2.0

import {readCatalog, readTagSamples, readTagSeries} from './answers.js';
import {parseBundle} from './bundle.js';
import type {Bundle, Catalog, Digest, Step, TagSamples, TagSeries} from './wire.js';

export interface FramesQuery {
  readonly tag: string;
  /** Exact steps of runs, 1 to 512. */
  readonly at: readonly {readonly step: Step; readonly run: string}[];
  /** Empty: all. */
  readonly samples: readonly string[];
  /** Blobs to leave out. */
  readonly have: readonly Digest[];
}

/** The routes of `http_api.md`. */
export interface Api {
  tags(signal: AbortSignal): Promise<Catalog>;
  /** No `runs`: all that have the tag. */
  series(tag: string, runs: readonly string[], signal: AbortSignal): Promise<TagSeries>;
  samples(tag: string, runs: readonly string[], signal: AbortSignal): Promise<TagSamples>;
  frames(query: FramesQuery, signal: AbortSignal): Promise<Bundle>;
}

/** The server answered with an error, or not at all. The message is a sentence for the user. */
export class RequestError extends Error {
  override readonly name = 'RequestError';

  constructor(
    message: string,
    /** 0: no answer came. */
    readonly status: number,
  ) {
    super(message);
  }
}

/** The addresses of requests; `have` is cut where a request line would get longer than servers take (64 KiB). */
export const MAX_HAVE = 512;

export function framesQuery({tag, at, samples, have}: FramesQuery): string {
  const query = new URLSearchParams({tag});
  for (const {step, run} of at) {
    query.append('at', `${step}:${run}`);
  }
  for (const sample of samples) {
    query.append('sample', sample);
  }
  for (const digest of have.slice(0, MAX_HAVE)) {
    query.append('have', digest);
  }
  return query.toString();
}

/** Answers whose parsed form is kept, so that one that did not change is the same object. */
const KEPT_ANSWERS = 256;

/** Asks a server below `base`. */
export class HttpApi implements Api {
  readonly #answers = new Map<string, {readonly etag: string; readonly answer: unknown}>();

  constructor(
    private readonly base: URL,
    private readonly fetch: typeof globalThis.fetch,
  ) {}

  tags(signal: AbortSignal): Promise<Catalog> {
    return this.#json('tags', readCatalog, signal);
  }

  series(tag: string, runs: readonly string[], signal: AbortSignal): Promise<TagSeries> {
    return this.#json(`series?${tagQuery(tag, runs)}`, readTagSeries, signal);
  }

  samples(tag: string, runs: readonly string[], signal: AbortSignal): Promise<TagSamples> {
    return this.#json(`samples?${tagQuery(tag, runs)}`, readTagSamples, signal);
  }

  async frames(query: FramesQuery, signal: AbortSignal): Promise<Bundle> {
    const response = await this.#get(`frames?${framesQuery(query)}`, signal);
    return parseBundle(new Uint8Array(await response.arrayBuffer()));
  }

  async #json<T>(path: string, read: (value: unknown) => T, signal: AbortSignal): Promise<T> {
    const response = await this.#get(path, signal);
    const etag = response.headers.get('ETag');
    const known = this.#answers.get(path);
    // A path has one reader, so what was kept under it is a T.
    if (etag !== null && known?.etag === etag) {
      return known.answer as T;
    }
    const answer = read(await response.json());
    if (etag !== null) {
      this.#answers.set(path, {etag, answer});
    }
    const [oldest] = this.#answers.keys();
    if (this.#answers.size > KEPT_ANSWERS && oldest !== undefined) {
      this.#answers.delete(oldest);
    }
    return answer;
  }

  async #get(path: string, signal: AbortSignal): Promise<Response> {
    let response: Response;
    try {
      response = await this.fetch(new URL(path, this.base), {signal});
    } catch (error) {
      if (signal.aborted) {
        throw error;
      }
      throw new RequestError('TensorBoard does not answer. Is it still running?', 0);
    }
    if (!response.ok) {
      throw new RequestError(await sentence(response), response.status);
    }
    return response;
  }
}

function tagQuery(tag: string, runs: readonly string[]): string {
  const query = new URLSearchParams({tag});
  for (const run of runs) {
    query.append('run', run);
  }
  return query.toString();
}

/** What the server says is wrong, unless it is a page of HTML or too long to be a sentence. */
async function sentence(response: Response): Promise<string> {
  const text = (await response.text()).trim();
  const isSentence = text.length > 0 && text.length < 400 && !text.startsWith('<');
  return isSentence
    ? text
    : `TensorBoard answered ${response.status} ${response.statusText}`.trim();
}
