// SPDX-License-Identifier: Apache-2.0
/** Fetches the catalog and the series of visible tags, and keeps them up to date. */
import type {Api} from '../api/client.js';
import type {Catalog, RunStep, TagSamples, TagSeries} from '../api/types.js';
import type {DataState} from './data.js';
import {NO_HPARAMS} from './hparams.js';
import {failed, latest, PENDING, ready, refetching, type Resource} from './resource.js';
import {ToldRecords} from './told-records.js';
import {errorMessage} from '../error-message.js';

/** Tags whose series are fetched at once. */
const MAX_TAGS_AT_ONCE = 4;
/** Up to this many runs, all are fetched, so that the rail has the metrics of those that are off too. */
const ALL_RUNS = 64;

export interface DataEvents {
  /** The state was replaced. */
  changed(): void;
  /** The runs that are on will have other steps of a tag than the page knew of; the state is still the one before. */
  stepsLogged(): void;
  /** These records are gone, or were written again. */
  rewritten(tag: string, records: readonly RunStep[]): void;
}

/** The catalog, and the series of the tags that are wanted. */
export class DataStore {
  state: DataState = {catalog: PENDING, series: new Map(), samples: new Map(), hparams: NO_HPARAMS};

  #wantedTags: readonly string[] = [];
  #shownRuns: readonly string[] = [];
  #mayWiden = false;
  /** By tag, the runs that were asked for; empty is all. */
  readonly #askedRuns = new Map<string, readonly string[]>();
  readonly #told = new ToldRecords();
  readonly #loading = new Map<string, AbortController>();
  #catalogLoading: AbortController | undefined;
  #hparamsLoading: AbortController | undefined;

  constructor(
    private readonly api: Api,
    private readonly events: DataEvents,
  ) {}

  /**
   * Fetches the catalog by the rules for pictures that are no records, and again what was fetched of the tags that are wanted.
   * What there is stays until then.
   */
  async reload(rules = ''): Promise<void> {
    this.#catalogLoading?.abort();
    const controller = new AbortController();
    this.#catalogLoading = controller;
    this.#set({catalog: refetching(this.state.catalog)});
    let catalog: Resource<Catalog>;
    try {
      catalog = ready(await this.api.tags(controller.signal, rules));
    } catch (error) {
      if (controller.signal.aborted) {
        return;
      }
      catalog = failed(this.state.catalog, errorMessage(error));
    }
    this.#set({catalog});
    if (catalog.state === 'error') {
      return;
    }
    for (const loading of this.#loading.values()) {
      loading.abort();
    }
    this.#loading.clear();
    this.#askedRuns.clear();
    this.#hparamsLoading?.abort();
    this.#hparamsLoading = undefined;
    this.#loadNext();
  }

  /** Fetches the hyperparameters, once for each catalog: new runs have others. */
  async wantHparams(): Promise<void> {
    if (this.#hparamsLoading !== undefined || latest(this.state.catalog) === undefined) {
      return;
    }
    const controller = new AbortController();
    this.#hparamsLoading = controller;
    const hparams = await settled(this.api.hparams(controller.signal));
    // The page does without those that can't be had.
    if (
      this.#hparamsLoading === controller &&
      hparams.state === 'ready' &&
      hparams.value !== this.state.hparams
    ) {
      this.#set({hparams: isEmpty(hparams.value) ? NO_HPARAMS : hparams.value});
    }
  }

  /**
   * Says which tags' series are needed, the most urgent first. Those of runs that are off, which the rail tells of, are
   * fetched only once `mayWiden`: the first pictures must not wait for them.
   */
  want(tags: readonly string[], shownRuns: readonly string[], mayWiden: boolean): void {
    this.#wantedTags = tags;
    this.#shownRuns = shownRuns;
    this.#mayWiden = mayWiden;
    for (const [tag, loading] of this.#loading) {
      if (tags.includes(tag)) {
        continue;
      }
      loading.abort();
      this.#loading.delete(tag);
      this.#askedRuns.delete(tag);
    }
    this.#loadNext();
  }

  #loadNext(): void {
    const catalog = latest(this.state.catalog);
    if (catalog === undefined) {
      return;
    }
    for (const tag of this.#wantedTags) {
      if (this.#loading.size >= MAX_TAGS_AT_ONCE) {
        return;
      }
      const runs = this.#runsToAsk(catalog, tag);
      if (runs !== null) {
        void this.#load(tag, runs);
      }
    }
  }

  /** Empty: all. `null`: nothing is missing. */
  #runsToAsk(catalog: Catalog, tag: string): readonly string[] | null {
    if (this.#loading.has(tag)) {
      return null;
    }
    const entry = catalog.tags.find((other) => other.tag === tag);
    if (entry === undefined) {
      return null;
    }
    const runs = entry.series.flatMap((series) =>
      series.runs.flatMap((index) => catalog.runs[index] ?? []),
    );
    const shown = runs.filter((run) => this.#shownRuns.includes(run));
    const asked = this.#askedRuns.get(tag);
    if (asked?.length === 0) {
      return null;
    }
    if (runs.length <= ALL_RUNS) {
      const isPart = shown.length > 0 && shown.length < runs.length;
      const isNext =
        latest(this.#seriesOf(tag)) !== undefined && (asked === undefined || this.#mayWiden);
      if (!isPart || isNext) {
        return [];
      }
    }
    if (asked === undefined) {
      return shown.length === 0 ? null : shown;
    }
    const isCovered = shown.every((run) => asked.includes(run));
    return isCovered ? null : [...new Set([...asked, ...shown])];
  }

  async #load(tag: string, runs: readonly string[]): Promise<void> {
    const controller = new AbortController();
    this.#loading.set(tag, controller);
    this.#askedRuns.set(tag, runs);
    this.#setTag(tag, refetching(this.#seriesOf(tag)), refetching(this.#samplesOf(tag)));
    const series = await settled(this.api.series(tag, runs, controller.signal));
    if (this.#loading.get(tag) !== controller) {
      return;
    }
    const changed = series.state === 'ready' ? this.#told.take(runs, series.value) : [];
    if (changed.length > 0) {
      this.events.rewritten(tag, changed);
    }
    if (series.state === 'ready' && this.#hasOtherEnd(tag, series.value)) {
      this.events.stepsLogged();
    }
    this.#setTag(tag, kept(this.#seriesOf(tag), series), this.#samplesOf(tag));
    // Not before: the curves, the slider and the pictures don't wait for the table of all samples.
    const table = await settled(this.api.samples(tag, runs, controller.signal));
    if (this.#loading.get(tag) !== controller) {
      return;
    }
    this.#setTag(tag, this.#seriesOf(tag), kept(this.#samplesOf(tag), table));
    this.#loading.delete(tag);
    this.#loadNext();
  }

  /** What the page learns of a tag for the first time was there before. */
  #hasOtherEnd(tag: string, after: TagSeries): boolean {
    const before = latest(this.#seriesOf(tag));
    return (
      before !== undefined &&
      this.#shownRuns.some(
        (run) => before.runs[run]?.steps.at(-1) !== after.runs[run]?.steps.at(-1),
      )
    );
  }

  #seriesOf(tag: string): Resource<TagSeries> {
    return this.state.series.get(tag) ?? PENDING;
  }

  #samplesOf(tag: string): Resource<TagSamples> {
    return this.state.samples.get(tag) ?? PENDING;
  }

  #setTag(tag: string, series: Resource<TagSeries>, samples: Resource<TagSamples>): void {
    this.#set({
      series: new Map(this.state.series).set(tag, series),
      samples: new Map(this.state.samples).set(tag, samples),
    });
  }

  #set(change: Partial<DataState>): void {
    this.state = {...this.state, ...change};
    this.events.changed();
  }
}

function isEmpty(object: object): boolean {
  return Object.keys(object).length === 0;
}

function kept<T>(before: Resource<T>, after: Resource<T>): Resource<T> {
  return after.state === 'error' ? failed(before, after.message) : after;
}

async function settled<T>(promise: Promise<T>): Promise<Resource<T>> {
  try {
    return ready(await promise);
  } catch (error) {
    return {state: 'error', message: errorMessage(error)};
  }
}
