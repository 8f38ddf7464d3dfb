// SPDX-License-Identifier: Apache-2.0
/** What components show, made from the data and the view. A part whose inputs did not change stays the same object. */
import type {CatalogTag, RunSeries, RunStep, Step, TagSeries} from '../api/types.js';
import {classListOf, tagOfClasses} from './class-list.js';
import {withClasses} from './classes.js';
import {confusedRecord, confusedSamples, type ConfusedSamples} from './confused-samples.js';
import type {CountsOfTag} from './counts.js';
import type {DataState, TagModel} from './data.js';
import type {MeasureProgress} from './existing.js';
import {regexpFilter} from './filters.js';
import {shownHparams, sortedRuns} from './hparams.js';
import {once, onceEach, whileSame} from './memoize.js';
import type {Page, RunList, RunRow, TagList} from './page.js';
import {PENDING, latest, type Resource} from './resource.js';
import {runColor, shownRuns} from './runs.js';
import type {CountsBySample} from './sample-counts.js';
import {averagedAt} from './sample-sets.js';
import {nearestIndex, nearestStep, unionOfSteps} from './steps.js';
import {namedRuns, type Side} from './sides.js';
import {hasShownRun, makeTagModel, makeUnknownTagModel} from './tag-model.js';
import {makeDrawing, makeTimeline, sampledTags} from './timeline.js';
import type {ViewState} from './view.js';

export interface Inputs {
  readonly view: ViewState;
  readonly data: DataState;
  /** Order of colours, by run. */
  readonly places: ReadonlyMap<string, number>;
  /** Tags in sight, from the top. */
  readonly visibleTags: readonly string[];
  readonly captions: ReadonlyMap<string, ReadonlyMap<string, string>>;
  readonly tagsWithInput: ReadonlySet<string>;
  readonly countsOf: (tag: string) => CountsOfTag;
  /** Of the first record of each run, where it says what is background. */
  readonly firstCountsOf: (tag: string) => CountsOfTag;
  readonly sampleCountsOf: (tag: string, at: RunStep) => Resource<CountsBySample>;
  readonly progressOf: (tag: string) => MeasureProgress | undefined;
}

const NOTHING: readonly never[] = [];

export class Models {
  page(inputs: Inputs): Page {
    const {view, data, places, visibleTags, captions, countsOf} = inputs;
    const catalog = latest(data.catalog);
    const runs = catalog?.runs ?? NOTHING;
    const chosen = this.#shown(runs, view.runs, view.runOrder, view.reference);
    const shown = this.#sorted(chosen, data.hparams, view.runSort, view.reference);
    const hparams = this.#hparams(data.hparams, shown, view.runSort);
    const named = this.#named(view.a, view.b);
    const matching = this.#matching(catalog?.tags ?? NOTHING, view.tagFilter, view.pinnedTags);
    const steps = this.#steps(matching.tags, data.series, shown);
    const step =
      view.step === null ? (steps.at(-1) ?? null) : (nearestStep(steps, view.step) ?? view.step);
    const tags = this.#tagModels(
      matching.tags.map((logged) => {
        const tag = view.classTags.includes(logged.tag) ? withClasses(logged) : logged;
        const series = data.series.get(tag.tag);
        const pinned = view.pinnedTags.includes(tag.tag);
        const collapsed = view.collapsedTags.includes(tag.tag);
        // Most of many tags were never looked at: theirs do not change with the step.
        const absent = !hasShownRun(tag, runs, shown);
        if (series === undefined) {
          return this.#unknownTagModel(tag.tag, tag, absent, pinned, collapsed);
        }
        return this.#tagModel(
          tag.tag,
          tag,
          absent,
          runs,
          shown,
          places,
          series,
          data.samples.get(tag.tag) ?? PENDING,
          step,
          pinned,
          collapsed,
          view.sort,
          view.sampleFilter,
          view.rankedAt ?? step,
          view.marked,
          // They come with each sample that is seen, and nothing else follows from them.
          view.sampleFilter.text.trim() === '' ? undefined : captions.get(tag.tag),
          view.flags,
          named,
          view.confusion?.tag === tag.tag
            ? this.#confused(inputs, view.rankedAt ?? step)
            : undefined,
          hparams,
          view.background,
          inputs.firstCountsOf(tag.tag),
          inputs.progressOf(tag.tag),
        );
      }),
    );
    const inSight = tags.find(({tag}) => tag === (view.open?.tag ?? visibleTags[0]));
    const focus = inSight ?? tags.find(({runs: ofTag}) => ofTag.length > 0);
    const focusSeries = focus && latest(data.series.get(focus.tag) ?? PENDING);
    const focusSamples = focus && latest(data.samples.get(focus.tag) ?? PENDING);
    const metric = focus?.metric ?? null;
    const sample = view.open?.sample ?? null;
    const lowerIsBetter = metric !== null && (focus?.lowerIsBetter.has(metric) ?? false);
    // The table of samples is of no interest while means are drawn.
    const table = sample === null ? undefined : focusSamples;
    const drawing = this.#drawing(
      steps,
      shown,
      focusSeries,
      table,
      sample,
      metric,
      lowerIsBetter,
      places,
    );
    const sampled = this.#sampled(matching.tags, data.series, shown);
    const timeline = this.#timeline(drawing, sampled, steps, step, view.marked, sample, focus);
    const masks = tagOfClasses(tags, focus);
    return this.#page({
      catalog: data.catalog,
      tags: this.#tagList(tags, catalog?.tags.length ?? 0, matching.error),
      shownRuns: shown,
      hparams,
      runs: this.#runList(runs, shown, places, view.runFilter, focusSeries, metric, step),
      timeline,
      classes: masks === undefined ? null : this.#classes(masks, countsOf(masks.tag)),
      inputs: inputs.tagsWithInput,
      skipped: catalog?.skipped ?? NOTHING,
      kept: catalog?.kept ?? null,
    });
  }

  readonly #page = whileSame<Page>();

  readonly #shown = once(shownRuns);
  readonly #sorted = once(sortedRuns);
  readonly #hparams = once(shownHparams);
  readonly #named = once((a: Side, b: Side) => namedRuns({a, b}));

  readonly #matching = once(
    (tags: readonly CatalogTag[], source: string, pinned: readonly string[]) => {
      const {test, error} = regexpFilter(source);
      const isPinned = new Set(pinned);
      const found = tags.filter(({tag}) => isPinned.has(tag) || test(tag));
      return {
        tags: [
          ...found.filter(({tag}) => isPinned.has(tag)),
          ...found.filter(({tag}) => !isPinned.has(tag)),
        ],
        error,
      };
    },
  );

  readonly #steps = once(
    (
      tags: readonly CatalogTag[],
      series: DataState['series'],
      shown: readonly string[],
    ): readonly Step[] => {
      const lists: (readonly Step[])[] = [];
      for (const {tag} of tags) {
        const ofTag = latest(series.get(tag) ?? PENDING);
        if (ofTag === undefined) {
          continue;
        }
        for (const run of shown) {
          const ofRun = ofTag.runs[run];
          if (ofRun !== undefined) {
            lists.push(ofRun.steps);
          }
        }
      }
      return unionOfSteps(lists);
    },
  );

  #confused(
    {view: {confusion}, data, sampleCountsOf}: Inputs,
    step: Step | null,
  ): ConfusedSamples | undefined {
    if (confusion === null) {
      return undefined;
    }
    const series = latest(data.series.get(confusion.tag) ?? PENDING);
    const at = confusedRecord(confusion, series, step);
    return at === null
      ? undefined
      : this.#confusedSamples(confusion, at.step, sampleCountsOf(confusion.tag, at));
  }

  readonly #confusedSamples = once(confusedSamples);

  readonly #tagModel = onceEach(makeTagModel);
  readonly #unknownTagModel = onceEach(makeUnknownTagModel);

  readonly #tagModels = whileSame<readonly TagModel[]>();

  readonly #tagList = once(
    (tags: readonly TagModel[], total: number, filterError: string | null): TagList => {
      return {tags, total, filterError};
    },
  );

  readonly #runList = once(
    (
      runs: readonly string[],
      shown: readonly string[],
      places: ReadonlyMap<string, number>,
      filter: string,
      series: TagSeries | undefined,
      metric: string | null,
      step: Step | null,
    ): RunList => {
      const {test, error} = regexpFilter(filter);
      const isShown = new Set(shown);
      return {
        rows: runs.filter(test).map((run) => ({
          run,
          color: runColor(places.get(run) ?? 0),
          shown: isShown.has(run),
          ...meanAt(series?.runs[run], metric, step),
          step:
            (step === null ? undefined : nearestStep(series?.runs[run]?.steps ?? [], step)) ?? null,
        })),
        total: runs.length,
        shown: shown.length,
        filterError: error,
      };
    },
  );

  readonly #drawing = once(makeDrawing);
  readonly #sampled = once(sampledTags);
  readonly #timeline = once(makeTimeline);

  readonly #classes = once(classListOf);
}

function meanAt(
  series: RunSeries | undefined,
  metric: string | null,
  step: Step | null,
): Pick<RunRow, 'metric' | 'averaged'> {
  if (series === undefined || metric === null || step === null) {
    return {metric: undefined, averaged: undefined};
  }
  const index = nearestIndex(series.steps, step);
  return {
    metric: series.metrics[metric]?.[index] ?? null,
    averaged: averagedAt(series, metric, index),
  };
}
