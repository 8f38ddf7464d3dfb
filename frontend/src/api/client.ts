// SPDX-License-Identifier: Apache-2.0
/**
 * The routes of `http_api.md` as an interface, and the client that asks a server. Only the
 * stores and exports call it.
 */
import {framesQueries, MAX_ADDRESS, tagQueries, type Subject} from './addresses.js';
import {readCatalog, readHparams, readTagCounts, readTagSamples, readTagSeries} from './answers.js';
import {parseBundle} from './bundle.js';
import {
  mergeCounts,
  mergeRuns,
  mergeSamples,
  mergeSteps,
  samplesWithoutRoom,
  sameRecord,
  unreadable,
  withParts,
  withSamples,
} from './merging.js';
import {
  ROLES,
  type Frame,
  type Bundle,
  type Catalog,
  type Digest,
  type Hparams,
  type Role,
  type Step,
  type TagCounts,
  type TagSamples,
  type TagSeries,
} from './types.js';

export interface FramesQuery {
  readonly tag: string;
  /** Exact steps of runs, 1 to 512. */
  readonly at: readonly {readonly step: Step; readonly run: string}[];
  /** Empty: all. */
  readonly samples: readonly string[];
  /** Blobs to leave out. */
  readonly have: readonly Digest[];
  /** Whose blobs are sent; absent, those of all. Of the others all else is told. */
  readonly parts?: readonly Role[];
}

/** The routes of `http_api.md`. */
export interface Api {
  /** `rules` is a rule file for pictures that are no records, or empty; it holds for all that is asked from then on. */
  tags(signal: AbortSignal, rules?: string): Promise<Catalog>;
  /** Of all runs with pictures. */
  hparams(signal: AbortSignal): Promise<Hparams>;
  /** No `runs`: all that have the tag. */
  series(tag: string, runs: readonly string[], signal: AbortSignal): Promise<TagSeries>;
  samples(tag: string, runs: readonly string[], signal: AbortSignal): Promise<TagSamples>;
  /**
   * Pixels by class over all samples of exact steps of runs, 1 to 512, and of each of `samples`. The last steps may be left out.
   */
  counts(
    tag: string,
    at: FramesQuery['at'],
    samples: readonly string[],
    signal: AbortSignal,
  ): Promise<TagCounts>;
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

/** Answers whose parsed form is kept, so that one that did not change is the same object. */
const KEPT_ANSWERS = 256;

/** Asks a server below `base`. */
export class HttpApi implements Api {
  /** Tags whose pictures are no records. */
  #existing: ReadonlySet<string> = new Set();
  #rules = '';
  readonly #answers = new Map<string, {readonly etag: string; readonly answer: unknown}>();

  readonly #merged = new Map<
    string,
    {readonly parts: readonly unknown[]; readonly answer: unknown}
  >();

  constructor(
    private readonly base: URL,
    private readonly fetch: typeof globalThis.fetch,
  ) {}

  async tags(signal: AbortSignal, rules = ''): Promise<Catalog> {
    const query = rules === '' ? '' : `?${new URLSearchParams({rules}).toString()}`;
    const catalog = await this.#json(`tags${query}`, readCatalog, signal);
    this.#rules = rules;
    this.#existing = existingTags(catalog);
    return catalog;
  }

  hparams(signal: AbortSignal): Promise<Hparams> {
    return this.#json('hparams', readHparams, signal);
  }

  /** What requests about a tag begin with. */
  #subject(tag: string): Subject {
    return [
      ['tag', tag],
      ...(this.#existing.has(tag) ? ([['source', 'images']] as const) : []),
      ...(this.#existing.has(tag) && this.#rules !== '' ? ([['rules', this.#rules]] as const) : []),
    ];
  }

  series(tag: string, runs: readonly string[], signal: AbortSignal): Promise<TagSeries> {
    return this.#ofRuns('series', tag, runs, readTagSeries, signal);
  }

  samples(tag: string, runs: readonly string[], signal: AbortSignal): Promise<TagSamples> {
    return this.#ofRuns('samples', tag, runs, readTagSamples, signal);
  }

  async counts(
    tag: string,
    at: FramesQuery['at'],
    samples: readonly string[],
    signal: AbortSignal,
  ): Promise<TagCounts> {
    const groups = framesQueries(this.#subject(tag), at, samples, [], this.#room('counts?'));
    const answers = await settled(
      groups
        .flatMap(({queries}) => queries)
        .map((query) => this.#json(`counts?${query}`, readTagCounts, signal)),
    );
    return {counts: mergeCounts(answers.flatMap((answer) => answer?.counts ?? []))};
  }

  frames(query: FramesQuery, signal: AbortSignal): Promise<Bundle> {
    return this.#frames(query, signal, true);
  }

  async #frames(
    {tag, at, samples, have, parts}: FramesQuery,
    signal: AbortSignal,
    completes: boolean,
  ): Promise<Bundle> {
    const subject = [...this.#subject(tag), ...blobsOf(parts)];
    const groups = framesQueries(subject, at, samples, have, this.#room('frames?'));
    const answers = await settled(
      groups.map(async ({at: asked, queries}) => {
        const bundles = await Promise.all(queries.map((query) => this.#bundle(query, signal)));
        const bundle = mergeSamples(bundles as [Bundle, ...Bundle[]]);
        return completes
          ? this.#completed(bundle, {tag, at: asked, samples, have, ...(parts && {parts})}, signal)
          : bundle;
      }),
    );
    return mergeSteps(
      groups.map(({at: asked}, i) => ({
        asked,
        answer: answers[i] ?? unreadable(asked, `none of the runs has the tag ${tag}`),
      })),
    );
  }

  /** With the pictures of the first frame that the answer had no room for. What can't be had any more keeps what the answer says of it. */
  async #completed(bundle: Bundle, query: FramesQuery, signal: AbortSignal): Promise<Bundle> {
    const [frame] = bundle.frames;
    const left = frame === undefined ? [] : samplesWithoutRoom(frame);
    if (frame === undefined || left.length === 0) {
      return bundle;
    }
    try {
      const rest = await this.#rest(frame, left, query, signal);
      // A record that was written again meanwhile is another one.
      return rest !== undefined && rest.frames[0]?.wallTime === frame.wallTime
        ? withSamples(bundle, left, rest)
        : await this.#frames(query, signal, false);
    } catch (error) {
      if (signal.aborted) {
        throw error;
      }
      return bundle;
    }
  }

  /** What a frame lacks: without the samples that it has, or else each half of them, or one in parts. */
  async #rest(
    frame: Frame,
    left: readonly string[],
    query: FramesQuery,
    signal: AbortSignal,
  ): Promise<Bundle | undefined> {
    const ask = (samples: readonly string[]) =>
      this.frames({...query, at: [frame], samples}, signal);
    if (left.length < (frame.samples?.length ?? 0)) {
      return ask(left);
    }
    if (left.length > 1) {
      const middle = Math.ceil(left.length / 2);
      const first = await ask(left.slice(0, middle));
      return sameRecord([first, await ask(left.slice(middle))]);
    }
    const subject = [...this.#subject(query.tag), ...blobsOf(query.parts)];
    const parts: Bundle[] = [];
    for (const part of ROLES) {
      const ofPart: Subject = [...subject, ['part', part]];
      const room = this.#room('frames?');
      const [group] = framesQueries(ofPart, [frame], left, query.have, room);
      parts.push(await this.#bundle(group!.queries[0]!, signal));
    }
    return withParts(sameRecord(parts as [Bundle, ...Bundle[]]));
  }

  async #bundle(query: string, signal: AbortSignal): Promise<Bundle> {
    const response = await this.#get(`frames?${query}`, signal);
    return parseBundle(new Uint8Array(await response.arrayBuffer()));
  }

  async #ofRuns<T extends {readonly runs: object}>(
    route: string,
    tag: string,
    runs: readonly string[],
    read: (value: unknown) => T,
    signal: AbortSignal,
  ): Promise<T> {
    const queries = tagQueries(this.#subject(tag), runs, this.#room(`${route}?`));
    const answers = await settled(
      queries.map((query) => this.#json(`${route}?${query}`, read, signal)),
    );
    return this.#merge(
      `${route} ${queries.join(' ')}`,
      answers.filter((answer) => answer !== null),
    );
  }

  /** Merges answers; the same answers make the same object. */
  #merge<T extends {readonly runs: object}>(key: string, parts: readonly T[]): T {
    if (parts.length === 1) {
      return parts[0]!;
    }
    const before = this.#merged.get(key);
    if (
      before?.parts.length === parts.length &&
      parts.every((part, i) => part === before.parts[i])
    ) {
      return before.answer as T;
    }
    const answer = mergeRuns(parts);
    keep(this.#merged, key, {parts, answer});
    return answer;
  }

  /** Characters that a query may have. */
  #room(route: string): number {
    return MAX_ADDRESS - new URL(route, this.base).href.length;
  }

  async #json<T>(path: string, read: (value: unknown) => T, signal: AbortSignal): Promise<T> {
    const response = await this.#get(path, signal);
    const etag = response.headers.get('ETag');
    const known = this.#answers.get(path);
    // A path has one reader, so what was kept under it is a T.
    if (etag !== null && known?.etag === etag) {
      void response.body?.cancel();
      return known.answer as T;
    }
    const answer = read(await response.json());
    if (etag !== null) {
      keep(this.#answers, path, {etag, answer});
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

/** All parts are sent unless some are named. */
function blobsOf(parts: FramesQuery['parts']): Subject {
  return parts === undefined || parts.length === ROLES.length
    ? []
    : parts.map((part) => ['blob', part] as const);
}

/** The tags whose pictures are no records; no record has their names. */
export function existingTags({tags}: Catalog): ReadonlySet<string> {
  return new Set(
    tags.filter(({series}) => series.some(({source}) => source !== undefined)).map(({tag}) => tag),
  );
}

/** The tags whose pictures are no records, and whose pairs another rule makes now, or makes otherwise. */
export function changedPairs(before: Catalog, after: Catalog): ReadonlySet<string> {
  const known = pairDefinitions(before);
  return new Set(
    [...pairDefinitions(after)]
      .filter(([tag, definition]) => known.get(tag) !== definition)
      .map(([tag]) => tag),
  );
}

function pairDefinitions(catalog: Catalog): ReadonlyMap<string, string> {
  const existing = existingTags(catalog);
  return new Map(
    catalog.tags
      .filter(({tag}) => existing.has(tag))
      .map(({tag, series}) => [
        tag,
        JSON.stringify(series.map(({kind, source}) => [kind, source?.rule, source?.asRule])),
      ]),
  );
}

function keep<V>(answers: Map<string, V>, key: string, answer: V): void {
  answers.set(key, answer);
  const [oldest] = answers.keys();
  if (answers.size > KEPT_ANSWERS && oldest !== undefined) {
    answers.delete(oldest);
  }
}

/**
 * The answers to the parts of a request; `null` where a part names only runs that are not there.
 *
 * Throws what a part threw, unless that is a 404 which not all parts got: a whole request passes over runs that are not there.
 */
async function settled<T>(parts: readonly Promise<T>[]): Promise<readonly (T | null)[]> {
  const results = await Promise.allSettled(parts);
  const failed = results.filter((result) => result.status === 'rejected');
  const fatal =
    failed.find(({reason}) => !(reason instanceof RequestError && reason.status === 404)) ??
    (failed.length === parts.length ? failed[0] : undefined);
  if (fatal !== undefined) {
    throw fatal.reason;
  }
  return results.map((result) => (result.status === 'fulfilled' ? result.value : null));
}

/** What the server says is wrong, unless it is a page of HTML or too long to be a sentence. */
async function sentence(response: Response): Promise<string> {
  const text = (await response.text()).trim();
  const isSentence = text.length > 0 && text.length < 400 && !text.startsWith('<');
  return isSentence
    ? text
    : `TensorBoard answered ${response.status} ${response.statusText}`.trim();
}
