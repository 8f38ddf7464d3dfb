// SPDX-License-Identifier: Apache-2.0
/**
 * An `Api` that cuts pictures which were logged for the Images dashboard: what the server sends whole is here the samples and
 * parts that it holds. Records pass through.
 */
import {changedPairs, existingTags, type Api, type FramesQuery} from '../api/client.js';
import {
  ROLES,
  type Bundle,
  type Catalog,
  type Hparams,
  type Frame,
  type PictureMetadata,
  type RunSamples,
  type RunSeries,
  type TagCounts,
  type TagSamples,
  type TagSeries,
} from '../api/types.js';
import {mapValues} from '../map-values.js';
import type {Raster} from '../pixels/raster.js';
import {fewColors} from './colors.js';
import {cutFrame, cutIds, cutSeries, wholeIds} from './cut-frames.js';
import {cutsOfStrip, cutsOfTags, type Cuts} from './cuts.js';

/** Decodes a whole picture. */
export type Decode = (picture: PictureMetadata, blob: Uint8Array<ArrayBuffer>) => Promise<Raster>;

/** How the pictures of a run are cut. */
interface FoundCuts {
  /** Undefined where its last picture can't be decoded. */
  readonly cuts: Cuts | undefined;
  /** The pictures that were looked at. */
  readonly subject: string;
}

export class CuttingApi implements Api {
  /** Tags whose pictures are no records. */
  #existing: ReadonlySet<string> = new Set();
  #catalog: Catalog | undefined;
  /** By tag and run. */
  readonly #found = new Map<string, ReadonlyMap<string, FoundCuts>>();
  /** The same answer makes the same object, while the rules are the same. */
  #answers = new WeakMap<TagSeries, TagSeries>();
  #tables = new WeakMap<TagSamples, TagSamples>();

  constructor(
    private readonly inner: Api,
    private readonly decode: Decode,
  ) {}

  async tags(signal: AbortSignal, rules = ''): Promise<Catalog> {
    const catalog = await this.inner.tags(signal, rules);
    this.#existing = existingTags(catalog);
    const changed = this.#catalog === undefined ? [] : [...changedPairs(this.#catalog, catalog)];
    this.#catalog = catalog;
    if (changed.length > 0) {
      changed.forEach((tag) => this.#found.delete(tag));
      this.#answers = new WeakMap();
      this.#tables = new WeakMap();
    }
    return catalog;
  }

  hparams(signal: AbortSignal): Promise<Hparams> {
    return this.inner.hparams(signal);
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
    const added = await this.#findCuts(series, signal);
    signal.throwIfAborted();
    const found = new Map([...(this.#found.get(tag) ?? []), ...added]);
    this.#found.set(tag, found);
    const answer = {
      ...series,
      runs: mapValues(series.runs, (ofRun, run) => cutSeries(ofRun, found.get(run)?.cuts)),
    };
    this.#answers.set(series, answer);
    return answer;
  }

  async samples(tag: string, runs: readonly string[], signal: AbortSignal): Promise<TagSamples> {
    const table = await this.inner.samples(tag, runs, signal);
    const found = this.#found.get(tag);
    if (!this.#existing.has(tag) || found === undefined) {
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
        samples: cutIds(ofRun.samples, found.get(run)?.cuts),
      })),
    };
    this.#tables.set(table, answer);
    return answer;
  }

  counts(
    tag: string,
    at: FramesQuery['at'],
    samples: readonly string[],
    signal: AbortSignal,
  ): Promise<TagCounts> {
    return this.inner.counts(tag, at, samples, signal);
  }

  async frames(query: FramesQuery, signal: AbortSignal): Promise<Bundle> {
    if (!this.#existing.has(query.tag)) {
      return this.inner.frames(query, signal);
    }
    const found = await this.#cutsFor(query, signal);
    const counts = [...new Set([...found.values()].map(({cuts}) => cuts?.samples.length ?? 1))];
    const samples = [...new Set(query.samples.flatMap((id) => wholeIds(id, counts)))];
    const bundle = await this.inner.frames({...query, samples}, signal);
    return {
      ...bundle,
      frames: bundle.frames.map((frame) => cutFrame(frame, found.get(frame.run)?.cuts)),
    };
  }

  /** The cuts of runs whose series may not have been asked for, as when the rules have changed. */
  async #cutsFor(
    {tag, at}: FramesQuery,
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, FoundCuts>> {
    const runs = [...new Set(at.map(({run}) => run))];
    const known = this.#found.get(tag);
    if (known === undefined || runs.some((run) => !known.has(run))) {
      await this.series(tag, runs, signal);
    }
    return this.#found.get(tag) ?? new Map<string, FoundCuts>();
  }

  /** Looks at the first sample of the last step of each run, unless that was looked at already. */
  async #findCuts(
    {tag, runs}: TagSeries,
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, FoundCuts>> {
    const known = this.#found.get(tag);
    const found = new Map<string, FoundCuts>();
    let missing = Object.entries(runs).filter(
      ([run, ofRun]) => ofRun.steps.length > 0 && known?.get(run)?.subject !== subjectOf(ofRun),
    );
    // An answer may leave some of them out, as it has a most size.
    while (missing.length > 0) {
      const at = missing.map(([run, {steps}]) => ({run, step: steps.at(-1)!}));
      const samples = [...new Set(missing.flatMap(([, ofRun]) => ofRun.samples.slice(0, 1)))];
      const bundle = await this.inner.frames({tag, at, samples, have: []}, signal);
      if (bundle.frames.length === 0) {
        break;
      }
      await Promise.all(
        bundle.frames.map(async (frame) => {
          const cuts = await this.#cutsOf(frame, bundle);
          found.set(frame.run, {cuts, subject: subjectOf(runs[frame.run]!)});
        }),
      );
      missing = missing.filter(([run]) => !found.has(run));
    }
    return found;
  }

  /** Undefined where the pictures can't be decoded: that is said where they are shown. */
  async #cutsOf(frame: Frame, bundle: Bundle): Promise<Cuts | undefined> {
    const sample = frame.samples?.[0];
    if (sample === undefined) {
      return undefined;
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
      return undefined;
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

/** What tells the last picture of a run from another: a step may be written again. */
function subjectOf({steps, wallTimes, samples}: RunSeries): string {
  return JSON.stringify([steps.at(-1), wallTimes.at(-1), samples[0]]);
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
