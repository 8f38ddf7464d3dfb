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
  for (const {step, run} of at) query.append('at', `${step}:${run}`);
  for (const sample of samples) query.append('sample', sample);
  for (const digest of have.slice(0, MAX_HAVE)) query.append('have', digest);
  return query.toString();
}

/** Asks a server below `base`. */
export class HttpApi implements Api {
  constructor(
    private readonly base: URL,
    private readonly fetch: typeof globalThis.fetch,
  ) {}

  async tags(signal: AbortSignal): Promise<Catalog> {
    return readCatalog(await this.json('tags', signal));
  }

  async series(tag: string, runs: readonly string[], signal: AbortSignal): Promise<TagSeries> {
    return readTagSeries(await this.json(`series?${tagQuery(tag, runs)}`, signal));
  }

  async samples(tag: string, runs: readonly string[], signal: AbortSignal): Promise<TagSamples> {
    return readTagSamples(await this.json(`samples?${tagQuery(tag, runs)}`, signal));
  }

  async frames(query: FramesQuery, signal: AbortSignal): Promise<Bundle> {
    const response = await this.get(`frames?${framesQuery(query)}`, signal);
    return parseBundle(new Uint8Array(await response.arrayBuffer()));
  }

  private async json(path: string, signal: AbortSignal): Promise<unknown> {
    const response = await this.get(path, signal);
    return response.json() as Promise<unknown>;
  }

  private async get(path: string, signal: AbortSignal): Promise<Response> {
    let response: Response;
    try {
      response = await this.fetch(new URL(path, this.base), {signal});
    } catch (error) {
      if (signal.aborted) throw error;
      throw new RequestError('TensorBoard does not answer. Is it still running?', 0);
    }
    if (!response.ok) throw new RequestError(await sentence(response), response.status);
    return response;
  }
}

function tagQuery(tag: string, runs: readonly string[]): string {
  const query = new URLSearchParams({tag});
  for (const run of runs) query.append('run', run);
  return query.toString();
}

/** What the server says is wrong, unless it is a page of HTML or too long to be a sentence. */
async function sentence(response: Response): Promise<string> {
  const text = (await response.text()).trim();
  const isSentence = text.length > 0 && text.length < 400 && !text.startsWith('<');
  return isSentence ? text : `TensorBoard answered ${response.status} ${response.statusText}`.trim();
}
