// SPDX-License-Identifier: Apache-2.0
/**
 * An `Api` that cuts pictures which were logged for the Images dashboard: what the server sends whole is here the samples and
 * parts that it holds. Records pass through.
 */
import {existingTags, type Api, type FramesQuery} from '../api/client.js';
import type {
  Bundle,
  Catalog,
  Frame,
  PictureMetadata,
  RunSamples,
  TagCounts,
  TagSamples,
  TagSeries,
} from '../api/types.js';
import type {Raster} from '../pixels/raster.js';
import {fewColors} from './colors.js';
import {cutFrame, cutIds, cutSeries, wholeIds} from './cut-frames.js';
import {cutsOfStrip, cutsOfTags, ROLES, type Cuts} from './cuts.js';

/** Decodes a whole picture. */
export type Decode = (picture: PictureMetadata, blob: Uint8Array<ArrayBuffer>) => Promise<Raster>;

export class CuttingApi implements Api {
  /** Tags whose pictures are no records. */
  #existing: ReadonlySet<string> = new Set();
  #rules = '';
  /** How the pictures of a tag are cut, by run. */
  readonly #cuts = new Map<string, ReadonlyMap<string, Cuts>>();
  /** The same answer makes the same object. */
  readonly #answers = new WeakMap<TagSeries, TagSeries>();
  readonly #tables = new WeakMap<TagSamples, TagSamples>();

  constructor(
    private readonly inner: Api,
    private readonly decode: Decode,
  ) {}

  async tags(signal: AbortSignal, rules = ''): Promise<Catalog> {
    const catalog = await this.inner.tags(signal, rules);
    this.#existing = existingTags(catalog);
    if (rules !== this.#rules) {
      this.#rules = rules;
      this.#cuts.clear();
    }
    return catalog;
  }

  async series(tag: string, runs: readonly string[], signal: AbortSignal): Promise<TagSeries> {
    const series = await this.inner.series(tag, runs, signal);
    if (!this.#existing.has(tag)) {
      return series;
    }
    const known = this.#answers.get(series);
    if (known !== undefined) {
      return known;
    }
    const cuts = await this.#findCuts(series, signal);
    signal.throwIfAborted();
    this.#cuts.set(tag, new Map([...(this.#cuts.get(tag) ?? []), ...cuts]));
    const answer = {
      ...series,
      runs: mapValues(series.runs, (ofRun, run) => cutSeries(ofRun, cuts.get(run))),
    };
    this.#answers.set(series, answer);
    return answer;
  }

  async samples(tag: string, runs: readonly string[], signal: AbortSignal): Promise<TagSamples> {
    const table = await this.inner.samples(tag, runs, signal);
    const cuts = this.#cuts.get(tag);
    if (!this.#existing.has(tag) || cuts === undefined) {
      return table;
    }
    const known = this.#tables.get(table);
    if (known !== undefined) {
      return known;
    }
    const answer = {
      ...table,
      runs: mapValues(table.runs, (ofRun, run): RunSamples => ({
        ...ofRun,
        samples: cutIds(ofRun.samples, cuts.get(run)),
      })),
    };
    this.#tables.set(table, answer);
    return answer;
  }

  counts(tag: string, at: FramesQuery['at'], signal: AbortSignal): Promise<TagCounts> {
    return this.inner.counts(tag, at, signal);
  }

  async frames(query: FramesQuery, signal: AbortSignal): Promise<Bundle> {
    if (!this.#existing.has(query.tag)) {
      return this.inner.frames(query, signal);
    }
    const cuts = await this.#cutsFor(query, signal);
    const counts = [...new Set([...cuts.values()].map(({samples}) => samples.length))];
    const samples = [...new Set(query.samples.flatMap((id) => wholeIds(id, counts)))];
    const bundle = await this.inner.frames({...query, samples}, signal);
    return {...bundle, frames: bundle.frames.map((frame) => cutFrame(frame, cuts.get(frame.run)))};
  }

  /** The cuts of runs whose series may not have been asked for, as when the rules have changed. */
  async #cutsFor({tag, at}: FramesQuery, signal: AbortSignal): Promise<ReadonlyMap<string, Cuts>> {
    const runs = [...new Set(at.map(({run}) => run))];
    const known = this.#cuts.get(tag);
    if (known === undefined || runs.some((run) => !known.has(run))) {
      await this.series(tag, runs, signal);
    }
    return this.#cuts.get(tag) ?? new Map<string, Cuts>();
  }

  /** Looks at the first sample of each run's last step. */
  async #findCuts({tag, runs}: TagSeries, signal: AbortSignal): Promise<ReadonlyMap<string, Cuts>> {
    const shown = Object.entries(runs).filter(([, {steps}]) => steps.length > 0);
    const at = shown.map(([run, {steps}]) => ({run, step: steps.at(-1)!}));
    const samples = [...new Set(shown.flatMap(([, ofRun]) => ofRun.samples.slice(0, 1)))];
    if (at.length === 0) {
      return new Map();
    }
    const bundle = await this.inner.frames({tag, at, samples, have: []}, signal);
    const found = await Promise.all(
      bundle.frames.map(async (frame): Promise<[string, Cuts] | null> => {
        const cuts = await this.#cutsOf(frame, bundle);
        return cuts === null ? null : [frame.run, cuts];
      }),
    );
    return new Map(found.filter((one) => one !== null));
  }

  /** `null` where the pictures can't be decoded: that is said where they are shown. */
  async #cutsOf(frame: Frame, bundle: Bundle): Promise<Cuts | null> {
    const sample = frame.samples?.[0];
    if (sample === undefined) {
      return null;
    }
    const {strip, grid} = sample;
    const places = strip === undefined ? ROLES.map((role) => sample[role]) : [strip.picture];
    try {
      const rasters = await Promise.all(
        places
          .filter((place) => place !== undefined)
          .map((place) => this.#rasterOf(frame.pictures?.[place], bundle)),
      );
      const cuts =
        strip === undefined ? cutsOfTags(rasters, grid) : cutsOfStrip(rasters[0]!, strip, grid);
      return {...cuts, ...colorsOf(cuts, rasters, frame.pictures?.[0]?.palette !== undefined)};
    } catch {
      return null;
    }
  }

  #rasterOf(picture: PictureMetadata | undefined, {blobs}: Bundle): Promise<Raster> {
    const blob = picture && blobs.get(picture.digest);
    if (blob === undefined) {
      throw new Error(picture?.error ?? 'the picture is not there');
    }
    return this.decode(picture!, blob.slice());
  }
}

/** The colours of ground truth and prediction, where they are few and not classes already. */
function colorsOf(
  {samples}: Cuts,
  rasters: readonly Raster[],
  areClasses: boolean,
): Pick<Cuts, 'colors'> {
  if (areClasses) {
    return {};
  }
  const parts = samples.flatMap((rects) =>
    (['groundTruth', 'prediction'] as const).map((role, i) => {
      const picture = rasters[rasters.length === 1 ? 0 : i]!;
      const {width, height} = picture;
      return {picture, rect: rects[role] ?? {x: 0, y: 0, width, height}};
    }),
  );
  const colors = fewColors(parts);
  return colors === undefined || colors.length < 2 ? {} : {colors};
}

function mapValues<T, U>(
  record: Readonly<Record<string, T>>,
  map: (value: T, key: string) => U,
): Readonly<Record<string, U>> {
  return Object.assign(
    Object.create(null) as Record<string, U>,
    Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value, key)])),
  );
}
