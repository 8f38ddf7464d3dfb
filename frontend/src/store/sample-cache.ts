// SPDX-License-Identifier: Apache-2.0
/**
 * Keeps fetched samples and their PNGs, up to a limit. The session fills it; components read it
 * as a `SampleSource`.
 */
import {ROLES, type Bundle, type Digest, type Role, type RunStep, type Step} from '../api/types.js';
import {entryOf, hasFailedPicture, picturesOf, type Bytes, type CacheEntry} from './cache-entry.js';
import type {SampleAtStep, SampleSource} from './data.js';
import {isLacking, lackingParts, withoutParts} from './parts.js';
import {PENDING, ready, type Resource} from './resource.js';

/** Samples of a tag in records of runs. */
export interface SamplesAt {
  readonly tag: string;
  readonly at: readonly RunStep[];
  readonly samples: readonly string[];
  /** The parts whose bytes are meant; absent, all. */
  readonly parts?: readonly Role[];
}

/** Bytes of a picture that something shows and that are not there. */
interface Need {
  readonly tag: string;
  readonly at: RunStep;
  readonly sample: string;
  readonly parts: ReadonlySet<Role>;
}

/** Bytes of PNGs kept, or all that is wanted where that is more: some 5,000 masks of 512 x 256. */
const KEPT_BYTES = 96 * 2 ** 20;
/** Entries kept, with or without pictures. */
const KEPT_ENTRIES = 50_000;

/**
 * The samples that were fetched, and their blobs: each blob once, however many samples share it. Those used least recently
 * are dropped, but none that is wanted. Of a sample that is kept all is known, and those bytes are there that were asked for.
 */
export class SampleCache implements SampleSource {
  // The map's order is the order of last use.
  readonly #entries = new Map<string, CacheEntry>();
  readonly #blobs = new Map<Digest, {readonly blob: Bytes; uses: number}>();
  readonly #shownLast = new Map<string, SampleAtStep>();
  /** The step that is waited for, of what is shown and not there. */
  readonly #awaited = new Map<string, Step>();
  /** The last one last. */
  readonly #needs = new Map<string, Need>();
  #wanted: readonly SamplesAt[] = [];
  #bytes = 0;
  #needed: () => void = () => undefined;

  constructor(
    private readonly keptBytes = KEPT_BYTES,
    private readonly keptEntries = KEPT_ENTRIES,
  ) {}

  /** Replaces what is kept however large it is. Dropped, it would be fetched again, without end. */
  keep(wanted: readonly SamplesAt[]): void {
    this.#wanted = wanted;
    this.#evict();
  }

  /** Whether all that is kept is within the bounds. */
  hasRoom(): boolean {
    return this.#bytes <= this.keptBytes && this.#entries.size <= this.keptEntries;
  }

  get(
    tag: string,
    run: string,
    step: Step,
    sample: string,
    isPinned = false,
  ): Resource<SampleAtStep | null> {
    const key = keyOf(tag, run, step, sample);
    const entry = this.#entries.get(key);
    const place = keyOf(tag, run, sample);
    if (entry === undefined) {
      if (isPinned) {
        return PENDING;
      }
      this.#awaited.set(place, step);
      const stale = this.#shownLast.get(place);
      return stale === undefined ? PENDING : {state: 'pending', stale};
    }
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    if (entry.error !== null) {
      return {state: 'error', message: entry.error};
    }
    if (entry.sample !== null && !isPinned) {
      this.#shownLast.set(place, entry.sample);
      this.#awaited.delete(place);
    }
    return ready(entry.sample);
  }

  peek(tag: string, run: string, step: Step, sample: string): SampleAtStep | undefined {
    return this.#entries.get(keyOf(tag, run, step, sample))?.sample ?? undefined;
  }

  blob(digest: Digest): Bytes | undefined {
    return this.#blobs.get(digest)?.blob;
  }

  /** Calls `needed` whenever something is needed that was not before; returns itself. */
  follow(needed: () => void): this {
    this.#needed = needed;
    return this;
  }

  need(tag: string, {run, step}: RunStep, sample: string, part: Role): void {
    const key = keyOf(tag, run, step, sample);
    const parts = this.#needs.get(key)?.parts ?? new Set();
    if (parts.has(part) || !isLacking(this.#entries.get(key)?.sample?.[part])) {
      return;
    }
    this.#needs.delete(key);
    this.#needs.set(key, {tag, at: {run, step}, sample, parts: new Set([...parts, part])});
    this.#needed();
  }

  /** What is needed of that which is wanted and is not there, the last first; each of one record. */
  get needs(): readonly SamplesAt[] {
    if (this.#needs.size === 0) {
      return [];
    }
    const wanted = new Set(this.#wanted.flatMap(keysOf));
    const byRecord = new Map<string, {need: Need; samples: string[]; parts: Set<Role>}>();
    for (const [key, need] of [...this.#needs].reverse()) {
      const {sample, parts} = need;
      // What is dropped is needed again by whoever shows it once it is there.
      if (lackingParts(this.#entries.get(key)?.sample, [...parts]).length === 0) {
        this.#needs.delete(key);
      } else if (wanted.has(key)) {
        const record = byRecord.get(recordOf(key)) ?? {need, samples: [], parts: new Set()};
        record.samples.push(sample);
        parts.forEach((part) => record.parts.add(part));
        byRecord.set(recordOf(key), record);
      }
    }
    return [...byRecord.values()].map(({need: {tag, at}, samples, parts}) => ({
      tag,
      at: [at],
      samples,
      parts: [...parts],
    }));
  }

  /** Which parts, of those given, are still to be fetched of a sample. */
  lacks(
    tag: string,
    {run, step}: RunStep,
    sample: string,
    parts: readonly Role[] = ROLES,
  ): readonly Role[] {
    const entry = this.#entries.get(keyOf(tag, run, step, sample));
    return entry === undefined ? parts : lackingParts(entry.sample, parts);
  }

  /**
   * Blobs of these samples that an answer can leave out: ground truths and inputs that were shown at another step, and what is
   * there of these records.
   */
  shared({tag, at, samples, parts = ROLES}: SamplesAt): ReadonlyMap<Digest, Bytes> {
    const shared = new Map<Digest, Bytes>();
    const add = (sample: SampleAtStep | null | undefined, part: Role): void => {
      const picture = sample?.[part];
      if (picture?.blob !== undefined) {
        shared.set(picture.digest, picture.blob);
      }
    };
    for (const run of new Set(at.map((record) => record.run))) {
      for (const sample of samples) {
        const shown = this.#shownLast.get(keyOf(tag, run, sample));
        parts.filter((part) => part !== 'prediction').forEach((part) => add(shown, part));
      }
    }
    for (const {run, step} of at) {
      for (const sample of samples) {
        const entry = this.#entries.get(keyOf(tag, run, step, sample));
        parts.forEach((part) => add(entry?.sample, part));
      }
    }
    return shared;
  }

  /**
   * Takes the frames of an answer to a request for `samples` (empty: all); `held` are the blobs the answer could leave out, and
   * `parts` those whose blobs it could not.
   */
  put(
    tag: string,
    bundle: Bundle,
    samples: readonly string[],
    held: ReadonlyMap<Digest, Bytes>,
    parts: readonly Role[] = ROLES,
  ): void {
    // Copies, because a view would keep its whole answer alive for as long as any part of it is kept.
    const copies = new Map<Digest, Bytes>();
    const blobOf = (digest: Digest): Bytes | undefined => {
      const known = this.#blobs.get(digest)?.blob ?? held.get(digest) ?? copies.get(digest);
      if (known !== undefined) {
        return known;
      }
      const copy = bundle.blobs.get(digest)?.slice();
      if (copy !== undefined) {
        copies.set(digest, copy);
      }
      return copy;
    };
    for (const frame of bundle.frames) {
      const found = new Map((frame.samples ?? []).map((sample) => [sample.id, sample]));
      for (const id of samples.length > 0 ? samples : found.keys()) {
        const key = keyOf(tag, frame.run, frame.step, id);
        const sample = found.get(id);
        if (frame.error !== undefined) {
          this.#set(key, {sample: null, error: frame.error, digests: []});
        } else if (sample === undefined) {
          this.#set(key, {sample: null, error: null, digests: []});
        } else {
          const entry = entryOf(frame, sample, blobOf, parts);
          this.#set(key, entry);
          this.#showInstead(keyOf(tag, frame.run, id), entry.sample);
        }
      }
    }
    this.#evict();
  }

  fail({tag, at, samples, parts = ROLES}: SamplesAt, message: string): void {
    for (const {run, step} of at) {
      for (const sample of samples) {
        const key = keyOf(tag, run, step, sample);
        const known = this.#entries.get(key);
        if (known === undefined) {
          this.#set(key, {sample: null, error: message, digests: []});
        } else if (lackingParts(known.sample, parts).length > 0) {
          this.#set(key, {...known, sample: withoutParts(known.sample!, parts, message)});
        }
      }
    }
  }

  /** Forgets failures, so that they are fetched again. */
  forgetFailures(): void {
    for (const [key, entry] of this.#entries) {
      const isFailed = entry.error !== null || hasFailedPicture(entry.sample);
      if (isFailed) {
        this.#drop(key, entry);
      }
    }
  }

  /** Forgets what these records showed, because they are gone or were written again. */
  forget(tag: string, records: readonly RunStep[]): void {
    const gone = new Set(records.map(({run, step}) => keyOf(tag, run, step)));
    for (const [key, entry] of this.#entries) {
      if (gone.has(recordOf(key))) {
        this.#drop(key, entry);
      }
    }
  }

  /** Forgets all of some tags. */
  forgetTags(tags: ReadonlySet<string>): void {
    for (const [key, entry] of this.#entries) {
      if (tags.has(tagOf(key))) {
        this.#drop(key, entry);
      }
    }
    // Nor does it stand in for what comes: under another rule the panes may be others.
    for (const place of this.#shownLast.keys()) {
      if (tags.has(tagOf(place))) {
        this.#shownLast.delete(place);
      }
    }
  }

  /** Shows what came of a step that was passed by, where it is nearer to the one awaited than what is shown. */
  #showInstead(place: string, sample: SampleAtStep | null): void {
    const awaited = this.#awaited.get(place);
    const shown = this.#shownLast.get(place);
    if (
      sample !== null &&
      !hasFailedPicture(sample) &&
      awaited !== undefined &&
      shown !== undefined &&
      stepsApart(sample.step, awaited) < stepsApart(shown.step, awaited)
    ) {
      this.#shownLast.set(place, sample);
    }
  }

  #set(key: string, entry: CacheEntry): void {
    const old = this.#entries.get(key);
    for (const picture of picturesOf(entry.sample)) {
      if (picture.blob === undefined) {
        continue;
      }
      const held = this.#blobs.get(picture.digest);
      if (held === undefined) {
        this.#blobs.set(picture.digest, {blob: picture.blob, uses: 1});
        this.#bytes += picture.blob.length;
      } else {
        held.uses += 1;
      }
    }
    if (old !== undefined) {
      this.#drop(key, old);
    }
    this.#entries.set(key, entry);
  }

  #drop(key: string, entry: CacheEntry): void {
    this.#entries.delete(key);
    for (const digest of entry.digests) {
      const held = this.#blobs.get(digest);
      if (held === undefined) {
        continue;
      }
      held.uses -= 1;
      if (held.uses > 0) {
        continue;
      }
      this.#blobs.delete(digest);
      this.#bytes -= held.blob.length;
    }
  }

  #evict(): void {
    if (this.hasRoom()) {
      return;
    }
    const wanted = new Set(this.#wanted.flatMap(keysOf));
    for (const [key, entry] of this.#entries) {
      if (this.hasRoom()) {
        break;
      }
      if (!wanted.has(key)) {
        this.#drop(key, entry);
      }
    }
    this.#forgetShown(new Set(this.#wanted.flatMap(placesOf)));
  }

  /** What was shown last and is dropped stays only where it stands in for what is wanted. */
  #forgetShown(places: ReadonlySet<string>): void {
    for (const [place, {run, step, id}] of this.#shownLast) {
      const key = keyOf(tagOf(place), run, step, id);
      if (!places.has(place) && !this.#entries.has(key)) {
        this.#shownLast.delete(place);
      }
    }
  }
}

function keysOf({tag, at, samples}: SamplesAt): readonly string[] {
  return at.flatMap(({run, step}) => samples.map((sample) => keyOf(tag, run, step, sample)));
}

function placesOf({tag, at, samples}: SamplesAt): readonly string[] {
  return at.flatMap(({run}) => samples.map((sample) => keyOf(tag, run, sample)));
}

function tagOf(key: string): string {
  return key.slice(0, key.indexOf('\0'));
}

function keyOf(...parts: readonly string[]): string {
  return parts.join('\0');
}

/** What stands before the sample in a key: tag, run and step. */
function recordOf(key: string): string {
  const run = key.indexOf('\0') + 1;
  const step = key.indexOf('\0', run) + 1;
  return key.slice(0, key.indexOf('\0', step));
}

function stepsApart(a: Step, b: Step): bigint {
  const apart = BigInt(a) - BigInt(b);
  return apart < 0n ? -apart : apart;
}
