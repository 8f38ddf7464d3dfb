// SPDX-License-Identifier: Apache-2.0
/** The session ties view, data and pictures together. It touches no DOM: what it needs of the browser comes as `Environment`. */
import {changedPairs, type Api} from '../api/client.js';
import type {SampleSource, TagModel} from './data.js';
import {recordsThatTell} from './backgrounds.js';
import {classesGone} from './class-list.js';
import {copiedLink} from './copied-link.js';
import {CountsStore} from './counts.js';
import {DataStore} from './data-store.js';
import {NO_DEMANDS, pictureDemands} from './demands.js';
import type {Environment} from './environment.js';
import type {VisibleFilm, SessionEffect, VisibleSamples, ViewChange, ViewEvent} from './intents.js';
import {readLink, writeLink, type Params} from './link.js';
import {MeasuredData} from './measured-data.js';
import {MeasuredStore} from './measured-store.js';
import {Models} from './models.js';
import type {Page} from './page.js';
import {PictureLoader} from './pictures.js';
import {directionOf, type Direction} from './prefetch.js';
import {PrefetchHold} from './prefetch-hold.js';
import {reduce, type Scope} from './reducer.js';
import {latest, PENDING} from './resource.js';
import {runPlaces} from './runs.js';
import {SampleCache} from './sample-cache.js';
import {SampleCountsStore} from './sample-counts.js';
import {SeenSamples} from './seen-samples.js';
import {namedRuns} from './sides.js';
import type {ViewState} from './view.js';

/** What the page shows at one moment. */
export interface Snapshot {
  readonly view: ViewState;
  readonly page: Page;
  readonly sampleSource: SampleSource;
  /** Another number when `sampleSource` has something new. */
  readonly revision: number;
  readonly history: DataStore['state']['samples'];
}

/** Tags fetched before it is known which are in sight. */
const FIRST_TAGS = 3;
/** Playback waits this long for the pictures of a step, then goes on. */
const PLAY_PATIENCE_MS = 2000;

/** Holds the view and the data, and keeps them together: intents in, snapshots out. */
export class Session {
  #view: ViewState;
  #page: Page;
  /** The page that listeners got last. */
  #lastSent: Page | undefined;
  readonly #models = new Models();
  readonly #data: DataStore;
  readonly #cache = new SampleCache().follow(() => this.#update());
  readonly #pictures: PictureLoader;
  readonly #counts: CountsStore;
  readonly #firstCounts: CountsStore;
  readonly #sampleCounts: SampleCountsStore;
  readonly #measured: MeasuredStore;
  /** What is known of records besides their pictures. */
  readonly #counted: readonly Pick<MeasuredStore, 'forget' | 'forgetFailures'>[];
  readonly #measuredData = new MeasuredData();
  readonly #seen = new SeenSamples();
  readonly #hold: PrefetchHold;
  readonly #update: () => void;
  readonly #listeners = new Set<(snapshot: Snapshot) => void>();
  #hostRuns: readonly string[] = [];
  #places: ReadonlyMap<string, number> = new Map();
  #visibleTags: readonly string[] = [];
  #visibleSamples: ReadonlyMap<string, VisibleSamples> = new Map();
  #visibleFilm: VisibleFilm | null = null;
  #revision = 0;
  #direction: Direction = 0;
  #stopTicking: (() => void) | undefined;
  #visible = true;
  #isTrusted = false;
  #mayPrefetch = false;

  constructor(
    api: Api,
    private readonly environment: Environment,
    params: Params,
  ) {
    this.#view = readLink(params);
    this.#data = new DataStore(api, {
      changed: () => this.#update(),
      stepsLogged: () => this.#change({type: 'stepsLogged'}),
      rewritten: (tag, records) => {
        this.#pictures.forget(tag, records);
        this.#counted.forEach((store) => store.forget(tag, records));
      },
    });
    this.#counts = new CountsStore(api, () => this.#update());
    this.#firstCounts = new CountsStore(api, () => this.#update());
    this.#sampleCounts = new SampleCountsStore(api, () => this.#update());
    this.#pictures = new PictureLoader(api, this.#cache, () => {
      this.#revision += 1;
      this.#update();
    });
    this.#measured = new MeasuredStore(api, this.#cache, environment.measure, () => this.#update());
    this.#counted = [this.#counts, this.#firstCounts, this.#sampleCounts, this.#measured];
    this.#update = environment.soon(() => this.#refresh());
    this.#hold = new PrefetchHold(environment.afterPaint);
    this.#page = this.#makePage();
  }

  get snapshot(): Snapshot {
    return {
      view: this.#view,
      page: this.#page,
      sampleSource: this.#cache,
      revision: this.#revision,
      history: this.#shownData.samples,
    };
  }

  /** Calls `listener` after every change, until the returned function is called. */
  subscribe(listener: (snapshot: Snapshot) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  start(): void {
    void this.#data.reload(this.#view.rules);
  }

  /** Enables prefetching once the first pictures are shown. */
  enablePrefetch(): void {
    this.#mayPrefetch = true;
    this.#update();
  }

  send(intent: ViewChange | SessionEffect): void {
    switch (intent.type) {
      case 'reload':
        this.#cache.forgetFailures();
        this.#counted.forEach((store) => store.forgetFailures());
        void this.#reload();
        break;
      case 'copyLink':
        this.environment.copyLink(copiedLink(this.#view, this.#page, intent));
        break;
      case 'copy':
        this.environment.copy(intent);
        break;
      default:
        this.#change(intent);
    }
  }

  /** Replaces the view by what a link says. */
  open(params: Params): void {
    this.#isTrusted = true;
    this.#change({type: 'linkOpened', view: readLink(params)});
  }

  setVisibleTags(tags: readonly string[]): void {
    this.#visibleTags = tags;
    this.#update();
  }

  setVisibleSamples(visible: VisibleSamples): void {
    this.#visibleSamples = new Map(this.#visibleSamples).set(visible.tag, visible);
    this.#update();
  }

  setVisibleFilm(film: VisibleFilm): void {
    this.#visibleFilm = film.at.length === 0 ? null : film;
    this.#update();
  }

  setHostRuns(runs: readonly string[]): void {
    this.#hostRuns = runs;
    this.#update();
  }

  /** A hidden page neither plays nor fetches pictures. */
  setPageVisible(visible: boolean): void {
    this.#visible = visible;
    if (!visible) {
      this.#change({type: 'pageHidden'});
    }
    this.#update();
  }

  get params(): Params {
    return writeLink(this.#view);
  }

  get scope(): Scope {
    const {timeline, tags, shownRuns} = this.#page;
    const {open} = this.#view;
    const inSight = tags.tags.find(({tag}) => tag === timeline.tag);
    const seen = new Set(this.#visibleSamples.get(timeline.tag ?? '')?.samples);
    const first = inSight?.rows.find(({id}) => seen.has(id)) ?? inSight?.rows[0];
    return {
      steps: timeline.steps,
      dips: timeline.dips,
      step: timeline.step,
      runs: latest(this.#data.state.catalog)?.runs ?? [],
      shownRuns,
      openRows: tags.tags.find(({tag}) => tag === open?.tag)?.rows.map(({id}) => id) ?? [],
      subject: open ?? (inSight && first ? {tag: inSight.tag, sample: first.id} : null),
      pointed: open,
    };
  }

  #change(change: ViewChange | ViewEvent): void {
    const {playing: wasPlaying, rules} = this.#view;
    if (!this.#reduce(change)) {
      return;
    }
    if (this.#view.rules !== rules) {
      void this.#reload();
    }
    if (this.#view.playing && (!wasPlaying || change.type === 'tick')) {
      this.#tick(0);
    }
    this.environment.saveView(this.params);
    this.#update();
  }

  /** Fetches the catalog; by other rules the same existing pictures are other samples. */
  async #reload(): Promise<void> {
    const before = latest(this.#data.state.catalog);
    await this.#data.reload(this.#view.rules);
    const after = latest(this.#data.state.catalog);
    const changed = before && after ? changedPairs(before, after) : new Set<string>();
    if (changed.size > 0) {
      this.#pictures.stop();
      this.#cache.forgetTags(changed);
      this.#measured.forgetTags(changed);
      this.#update();
    }
  }

  /** Whether the view is another one now. */
  #reduce(change: ViewChange | ViewEvent): boolean {
    const view = reduce(this.#view, change, this.scope);
    if (view === this.#view) {
      return false;
    }
    this.#view = view;
    this.#page = this.#makePage();
    return true;
  }

  #tick(waited: number): void {
    this.#stopTicking?.();
    const period = 1000 / this.#view.playRate;
    this.#stopTicking = this.environment.after(Math.min(period, 1000), () => {
      if (!this.#view.playing) {
        return;
      }
      const total = waited + Math.min(period, 1000);
      if (total < period || (this.#pictures.isBehind && total < PLAY_PATIENCE_MS)) {
        this.#tick(total);
        return;
      }
      this.#change({type: 'tick'});
    });
  }

  #refresh(): void {
    const pageBefore = this.#lastSent ?? this.#page;
    const catalog = latest(this.#data.state.catalog);
    this.#places = runPlaces(this.#places, this.#hostRuns, catalog?.runs ?? []);
    if (catalog !== undefined && !this.#isTrusted) {
      this.#isTrusted = true;
      this.#reduce({type: 'runsKnown', runs: catalog.runs});
    }
    this.#seen.gather(this.#visibleSamples, this.#page.tags.tags, this.#cache);
    this.#page = this.#makePage();
    this.#reduce({
      type: 'dataArrived',
      tags: catalog === undefined ? null : this.#page.tags.tags.map(({tag}) => tag),
    });
    const hasChoice = this.#view.isolatedClass !== null;
    const ids = hasChoice ? classesGone(pageBefore.tags.tags, this.#page.tags.tags) : [];
    if (this.#reduce({type: 'classesGone', ids})) {
      this.environment.saveView(this.params);
    }
    const {timeline} = this.#page;
    this.#direction = directionOf(pageBefore.timeline.index, timeline.index, this.#direction);
    const {step} = pageBefore.timeline;
    if (step !== null && step !== timeline.step && !this.#view.playing) {
      this.#hold.move(this.#update);
    }
    this.#lastSent = this.#page;
    this.#wantData();
    for (const listener of this.#listeners) {
      listener(this.snapshot);
    }
  }

  #makePage(): Page {
    return this.#models.page({
      view: this.#view,
      data: this.#shownData,
      places: this.#places,
      visibleTags: this.#visibleTags,
      captions: this.#seen.captions,
      tagsWithInput: this.#seen.inputs,
      countsOf: (tag) => this.#counts.of(tag),
      firstCountsOf: (tag) => this.#firstCounts.of(tag),
      sampleCountsOf: (tag, at) => this.#sampleCounts.of(tag, at),
      progressOf: (tag) => this.#measured.progress(tag),
    });
  }

  /** With what the page measured itself. */
  get #shownData(): DataStore['state'] {
    return this.#measuredData.of(this.#data.state, this.#view.measured, this.#measured.all);
  }

  #wantData(): void {
    const tags = this.#page.tags.tags;
    const open = this.#view.open?.tag;
    const near = new Set([...(open === undefined ? [] : [open]), ...this.#visibleTags]);
    const wanted =
      near.size > 0
        ? tags.filter(({tag}) => near.has(tag))
        : tags.filter(({collapsed, absent}) => !collapsed && !absent).slice(0, FIRST_TAGS);
    this.#wantPictures(wanted);
    const mayPrefetch = this.#mayPrefetch && !this.#pictures.isBehind;
    if (mayPrefetch) {
      this.#wantCounts();
    }
    this.#wantFirstCounts(wanted);
    this.#wantSampleCounts();
    this.#measured.want(
      {
        wanted,
        view: this.#view,
        visibleSamples: this.#visibleSamples,
        measuresOf: this.environment.measuresOf,
      },
      this.#visible && mayPrefetch,
    );
    this.#wantHparams();
    this.#data.want(
      wanted.map(({tag}) => tag),
      [...new Set([...this.#page.shownRuns, ...namedRuns(this.#view)])],
      mayPrefetch,
    );
  }

  /** The first pictures come first, and while the slider moves those of each step. */
  #wantCounts(): void {
    const {classes} = this.#page;
    if (classes !== null && this.#visible) {
      this.#counts.want(classes.tag, classes.runs);
    }
  }

  /** By these the first pictures already leave their input free. */
  #wantFirstCounts(wanted: readonly TagModel[]): void {
    for (const model of this.#visible ? wanted : []) {
      const records = recordsThatTell(model, this.#data.state.series, this.#view.background);
      if (this.#firstCounts.lacks(model.tag, records)) {
        this.#firstCounts.want(model.tag, records);
        return;
      }
    }
  }

  /** By these samples are chosen and sorted, so pictures do wait for them. */
  #wantSampleCounts(): void {
    const confused = this.#page.tags.tags.find((model) => model.confused !== undefined)?.confused;
    if (confused !== undefined && this.#visible) {
      const {tag, run, step} = confused;
      const series = latest(this.#data.state.series.get(tag) ?? PENDING);
      this.#sampleCounts.want(tag, {run, step}, series?.runs[run]?.samples ?? []);
    }
  }

  /** The first pictures come first, unless the runs stand in an order that they make. */
  #wantHparams(): void {
    const {groupBy, by} = this.#view.runSort;
    if (this.#mayPrefetch || groupBy !== null || by !== null) {
      void this.#data.wantHparams();
    }
  }

  #wantPictures(wanted: readonly TagModel[]): void {
    const {demands, prefetches} = this.#visible
      ? pictureDemands({
          wanted,
          view: this.#view,
          page: this.#page,
          visibleSamples: this.#visibleSamples,
          visibleFilm: this.#visibleFilm,
          hasScores: (tag) => this.#data.state.samples.get(tag)?.state === 'ready',
          direction: this.#direction,
          mayPrefetch: this.#mayPrefetch,
        })
      : NO_DEMANDS;
    this.#pictures.want(demands, prefetches, !this.#hold.holds);
  }
}
