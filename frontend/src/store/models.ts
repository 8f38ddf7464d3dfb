// SPDX-License-Identifier: Apache-2.0

import type {
  Catalog,
  CatalogTag,
  Kept,
  TagKind,
  Metric,
  RunSamples,
  RunSeries,
  Skipped,
  Step,
  TagSamples,
  TagSeries,
} from '../api/wire.js';
import {classListOf, tagOfClasses, type ClassList} from './class-list.js';
import type {CountsOfTag} from './counts.js';
import {fallsOf} from './dips.js';
import type {DataState, RunAtStep, SampleRow, TagModel} from './data.js';
import {regexpFilter} from './filters.js';
import {kindAt, kindChanges} from './kind-changes.js';
import {filtered, ranked, type ScoreTable} from './ranking.js';
import {latest, PENDING, ready, type Resource} from './resource.js';
import {isDashed, runColor, shownRuns} from './runs.js';
import {nearestIndex, nearestStep, stepFractions, unionOfSteps} from './steps.js';
import type {ViewState} from './view.js';

/** What components show, made from the data and the view. A part whose inputs did not change stays the same object. */

export interface RunRow {
  readonly run: string;
  readonly color: string;
  readonly shown: boolean;
  /** Mean of the timeline's metric at `step`; undefined where the run does not have its tag. */
  readonly metric: Metric | undefined;
  /** The run's step nearest to the one shown. */
  readonly step: Step | null;
}

export interface RunList {
  /** Those the filter lets through. */
  readonly rows: readonly RunRow[];
  readonly total: number;
  readonly shown: number;
  readonly filterError: string | null;
}

export interface TagList {
  /** Those the filter lets through, pinned ones first. */
  readonly tags: readonly TagModel[];
  readonly total: number;
  readonly filterError: string | null;
}

export interface Curve {
  readonly run: string;
  readonly color: string;
  readonly dashed: boolean;
  /** The run's first and last step of the tag, whether the metric was measured there or not. */
  readonly ends: readonly [Step, Step];
  /** Where the run has values, ascending. */
  readonly steps: readonly Step[];
  /** Their fractions of the timeline. */
  readonly x: readonly number[];
  readonly y: readonly number[];
}

/** Where a curve fell, to rise again later or not. */
export interface Dip {
  readonly step: Step;
  readonly fraction: number;
  readonly value: number;
  readonly color: string;
}

export interface Timeline {
  readonly steps: readonly Step[];
  /** Places of the steps on the slider, 0 to 1. */
  readonly fractions: readonly number[];
  /** Index of the step shown; -1 while there is none. */
  readonly index: number;
  readonly step: Step | null;
  /** Seconds since the epoch. */
  readonly wallTime: number | null;
  readonly curves: readonly Curve[];
  /** Ascending. */
  readonly dips: readonly Dip[];
  /** The tag whose metric is drawn. */
  readonly tag: string | null;
  /** The sample whose metric is drawn; `null` is the mean. */
  readonly sample: string | null;
  readonly metric: string | null;
  readonly lowerIsBetter: boolean;
  readonly marked: number | null;
  /** The tags on the page of which steps were sampled away, by name, with their worst run. */
  readonly sampled: readonly SampledTag[];
}

/** A tag of which TensorBoard did not keep all steps: of its runs the one that lost most. */
export interface SampledTag {
  readonly tag: string;
  readonly run: string;
  readonly kept: number;
  readonly logged: number;
}

export interface Page {
  readonly catalog: Resource<Catalog>;
  readonly tags: TagList;
  readonly runs: RunList;
  /** Those that are on, whether the list's filter lets them through or not. */
  readonly shownRuns: readonly string[];
  readonly timeline: Timeline;
  /** Classes of the masks of one tag; `null` where there are none on the page. */
  readonly classes: ClassList | null;
  /** All metrics of the tags on the page, for sorting and filtering. */
  readonly metricNames: readonly string[];
  readonly skipped: readonly Skipped[];
  readonly kept: Kept | null;
}

export interface Inputs {
  readonly view: ViewState;
  readonly data: DataState;
  /** Order of colours, by run. */
  readonly places: ReadonlyMap<string, number>;
  /** Tags in sight, from the top. */
  readonly sight: readonly string[];
  readonly captions: ReadonlyMap<string, ReadonlyMap<string, string>>;
  readonly countsOf: (tag: string) => CountsOfTag;
}

const NOTHING: readonly never[] = [];

/** Calls `make` only when an input is another object than last time. */
function once<A extends readonly unknown[], T>(make: (...inputs: A) => T): (...inputs: A) => T {
  let last: {readonly inputs: A; readonly made: T} | undefined;
  return (...inputs) => {
    if (last === undefined || last.inputs.some((input, i) => input !== inputs[i])) {
      last = {inputs, made: make(...inputs)};
    }
    return last.made;
  };
}

/** `once`, for each key of its own. */
function onceEach<A extends readonly unknown[], T>(
  make: (...inputs: A) => T,
): (key: string, ...inputs: A) => T {
  const makers = new Map<string, (...inputs: A) => T>();
  return (key, ...inputs) => {
    let maker = makers.get(key);
    if (maker === undefined) {
      maker = once(make);
      makers.set(key, maker);
    }
    return maker(...inputs);
  };
}

export class Models {
  page({view, data, places, sight, captions, countsOf}: Inputs): Page {
    const catalog = latest(data.catalog);
    const runs = catalog?.runs ?? NOTHING;
    const shown = this.#shown(runs, view.runs);
    const matching = this.#matching(catalog?.tags ?? NOTHING, view.tagFilter, view.pinnedTags);
    const steps = this.#steps(matching.tags, data.series, shown);
    const step =
      view.step === null ? (steps.at(-1) ?? null) : (nearestStep(steps, view.step) ?? view.step);
    const tags = this.#tagModels(
      matching.tags.map((tag) => {
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
          captions.get(tag.tag),
        );
      }),
    );
    const inSight = tags.find(({tag}) => tag === (view.open?.tag ?? sight[0]));
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
    return {
      catalog: data.catalog,
      tags: this.#tagList(tags, catalog?.tags.length ?? 0, matching.error),
      shownRuns: shown,
      runs: this.#runList(runs, shown, places, view.runFilter, focusSeries, metric, step),
      timeline,
      classes: masks === undefined ? null : this.#classes(masks, countsOf(masks.tag)),
      metricNames: this.#metricNames(tags),
      skipped: catalog?.skipped ?? NOTHING,
      kept: catalog?.kept ?? null,
    };
  }

  readonly #shown = once(shownRuns);

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

  readonly #tagModel = onceEach(makeTagModel);
  readonly #unknownTagModel = onceEach(makeUnknownTagModel);

  /** The same list while its models are the same. */
  readonly #tagModels = (() => {
    let last: readonly TagModel[] = [];
    return (models: readonly TagModel[]): readonly TagModel[] => {
      const isSame = models.length === last.length && models.every((model, i) => model === last[i]);
      if (!isSame) {
        last = models;
      }
      return last;
    };
  })();

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
          metric: metricAt(series?.runs[run], metric, step),
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

  readonly #metricNames = once((tags: readonly TagModel[]): readonly string[] => [
    ...new Set(tags.flatMap((tag) => tag.metricNames)),
  ]);
}

function metricAt(
  series: RunSeries | undefined,
  metric: string | null,
  step: Step | null,
): Metric | undefined {
  if (series === undefined || metric === null || step === null) {
    return undefined;
  }
  return series.metrics[metric]?.[nearestIndex(series.steps, step)] ?? null;
}

function makeTagModel(
  entry: CatalogTag,
  absent: boolean,
  allRuns: readonly string[],
  shown: readonly string[],
  places: ReadonlyMap<string, number>,
  seriesResource: Resource<TagSeries>,
  samplesResource: Resource<TagSamples>,
  step: Step | null,
  pinned: boolean,
  collapsed: boolean,
  sort: ViewState['sort'],
  sampleFilter: ViewState['sampleFilter'],
  rankedAt: Step | null,
  marked: Step | null,
  captions: ReadonlyMap<string, string> | undefined,
): TagModel {
  const series = latest(seriesResource);
  const samples = latest(samplesResource);
  const kinds = kindsByRun(entry, allRuns);
  const runs = shown.flatMap((run): RunAtStep[] => {
    const ofRun = series?.runs[run];
    const kindOfTag = kinds.get(run);
    if (ofRun === undefined || kindOfTag === undefined || step === null) {
      return [];
    }
    const index = nearestIndex(ofRun.steps, step);
    const kind = kindAt(ofRun, index, kindOfTag);
    const at = ofRun.steps[index];
    if (at === undefined) {
      return [];
    }
    return [
      {
        run,
        color: runColor(places.get(run) ?? 0),
        kind,
        steps: ofRun.steps,
        step: at,
        offset: at === step ? 0n : BigInt(at) - BigInt(step),
        wallTime: ofRun.wallTimes[index] ?? NaN,
        outdated: ofRun.beforeRestart.includes(at),
        metrics: Object.fromEntries(
          Object.entries(ofRun.metrics).map(([name, means]) => [name, means[index] ?? null]),
        ),
      },
    ];
  });
  const changes = runs.flatMap(({run}) => kindChanges(run, series!.runs[run]!, kinds.get(run)!));
  const metricNames = metricNamesOf(runs, series, changes.length > 0);
  const lowerIsBetter = new Set(runs.flatMap(({run}) => series?.runs[run]?.lowerIsBetter ?? []));
  const metric = chosenMetric(sort.metric, metricNames);
  const ids = presentSamples(runs, series, samples);
  const ofRuns = runs.flatMap(({run}) => samples?.runs[run] ?? []);
  const table = (name: string | null): ScoreTable | null =>
    name === null ? null : {runs: ofRuns, metric: name, lowerIsBetter: lowerIsBetter.has(name)};
  const sortTable = table(metric);
  const at = rankedAt ?? step ?? '0';
  const kept = filtered(
    ids,
    sampleFilter,
    table(chosenMetric(sampleFilter.metric ?? sort.metric, metricNames)),
    at,
    (id) => captions?.get(id),
  );
  const since = marked ?? firstStep(runs) ?? at;
  const isOrder = sort.by === 'dataset' || sort.by === 'id';
  const order =
    sortTable === null && !isOrder
      ? kept
      : ranked(kept, {by: sort.by, table: sortTable ?? NO_TABLE, at, since});
  return {
    tag: entry.tag,
    description: descriptionOf(entry),
    absent,
    pinned,
    collapsed,
    runs,
    kindChanges: changes.length === 0 ? NOTHING : changes,
    step,
    rows: order.map((id) => sampleRow(id, runs, samples)),
    total: ids.length,
    metricNames,
    lowerIsBetter,
    metric,
    status: statusOf(seriesResource),
  };
}

/** Whether a run that is on has the tag, which is known before anything of it was fetched. */
function hasShownRun(
  {series}: CatalogTag,
  runs: readonly string[],
  shown: readonly string[],
): boolean {
  return series.some((group) => group.runs.some((index) => shown.includes(runs[index] ?? '')));
}

function makeUnknownTagModel(
  entry: CatalogTag,
  absent: boolean,
  pinned: boolean,
  collapsed: boolean,
): TagModel {
  return {
    tag: entry.tag,
    description: descriptionOf(entry),
    absent,
    pinned,
    collapsed,
    runs: NOTHING,
    kindChanges: NOTHING,
    step: null,
    rows: NOTHING,
    total: 0,
    metricNames: NOTHING,
    lowerIsBetter: new Set(),
    metric: null,
    status: PENDING,
  };
}

/** What a kind measures, another doesn't: where a run changed its kind, what is measured at the steps shown comes first. */
function metricNamesOf(
  runs: readonly RunAtStep[],
  series: TagSeries | undefined,
  areMixed: boolean,
): readonly string[] {
  const names = [
    ...new Set(runs.flatMap(({run}) => Object.keys(series?.runs[run]?.metrics ?? {}))),
  ];
  if (!areMixed) {
    return names;
  }
  const isMeasured = (name: string): boolean => runs.some(({metrics}) => metrics[name] != null);
  return [...names.filter(isMeasured), ...names.filter((name) => !isMeasured(name))];
}

function descriptionOf(entry: CatalogTag): string {
  return entry.series.find(({description}) => description !== '')?.description ?? '';
}

const NO_TABLE: ScoreTable = {runs: [], metric: '', lowerIsBetter: false};

function firstStep(runs: readonly RunAtStep[]): Step | undefined {
  return unionOfSteps(runs.map(({steps}) => steps.slice(0, 1)))[0];
}

function statusOf(resource: Resource<unknown>): Resource<null> {
  switch (resource.state) {
    case 'ready':
      return ready(null);
    case 'pending':
      return resource.stale === undefined ? PENDING : ready(null);
    case 'error':
      return {state: 'error', message: resource.message};
  }
}

const kindsOfTags = new WeakMap<CatalogTag, ReadonlyMap<string, TagKind>>();

/** A tag belongs to one catalog, and so to one list of runs. */
function kindsByRun(entry: CatalogTag, allRuns: readonly string[]): ReadonlyMap<string, TagKind> {
  const known = kindsOfTags.get(entry);
  if (known !== undefined) {
    return known;
  }
  const kinds = new Map<string, TagKind>();
  for (const {runs, kind} of entry.series) {
    for (const index of runs) {
      const run = allRuns[index];
      if (run !== undefined) {
        kinds.set(run, kind);
      }
    }
  }
  kindsOfTags.set(entry, kinds);
  return kinds;
}

export function chosenMetric(wanted: string | null, names: readonly string[]): string | null {
  return wanted !== null && names.includes(wanted) ? wanted : (names[0] ?? null);
}

/**
 * Ids in order of first appearance, less those which are known to be in no shown run's record at its step: they have scores,
 * but none there.
 */
function presentSamples(
  runs: readonly RunAtStep[],
  series: TagSeries | undefined,
  samples: TagSamples | undefined,
): readonly string[] {
  const ids = new Set(runs.flatMap(({run}) => series?.runs[run]?.samples ?? []));
  if (samples === undefined) {
    return [...ids];
  }
  const present = new Set<string>();
  for (const {run, step} of runs) {
    const table = samples.runs[run];
    const ofRun = series?.runs[run]?.samples ?? [];
    if (table === undefined) {
      for (const id of ofRun) {
        present.add(id);
      }
      continue;
    }
    const column = nearestIndex(table.steps, step);
    const tables = Object.values(table.metrics);
    const rows = rowsBySample(table);
    for (const id of ofRun) {
      const row = rows.get(id);
      const isHere = row === undefined || tables.some((scores) => scores[row]?.[column] != null);
      if (isHere || !tables.some((scores) => scores[row]?.some((score) => score !== null))) {
        present.add(id);
      }
    }
  }
  return [...ids].filter((id) => present.has(id));
}

const rowIndices = new WeakMap<RunSamples, ReadonlyMap<string, number>>();

export function rowsBySample(table: RunSamples): ReadonlyMap<string, number> {
  let rows = rowIndices.get(table);
  if (rows === undefined) {
    rows = new Map(table.samples.map((id, row) => [id, row]));
    rowIndices.set(table, rows);
  }
  return rows;
}

function sampleRow(
  id: string,
  runs: readonly RunAtStep[],
  samples: TagSamples | undefined,
): SampleRow {
  const metrics = new Map<string, Readonly<Record<string, Metric>>>();
  const changed: string[] = [];
  for (const {run, step} of runs) {
    const table = samples?.runs[run];
    const row = table && rowsBySample(table).get(id);
    if (table === undefined || row === undefined) {
      continue;
    }
    const column = nearestIndex(table.steps, step);
    metrics.set(
      run,
      Object.fromEntries(
        Object.entries(table.metrics).map(([name, scores]) => [
          name,
          scores[row]?.[column] ?? null,
        ]),
      ),
    );
    if (table.changed[id]?.some((at) => BigInt(at) <= BigInt(step)) === true) {
      changed.push(run);
    }
  }
  return {id, metrics, changed};
}

interface Drawing {
  readonly fractions: readonly number[];
  readonly curves: readonly Curve[];
  readonly dips: readonly Dip[];
}

function makeDrawing(
  steps: readonly Step[],
  shown: readonly string[],
  series: TagSeries | undefined,
  samples: TagSamples | undefined,
  sample: string | null,
  metric: string | null,
  lowerIsBetter: boolean,
  places: ReadonlyMap<string, number>,
): Drawing {
  const fractions = stepFractions(steps);
  const fractionOf = new Map(steps.map((step, i) => [step, fractions[i]!]));
  const curves: Curve[] = [];
  const dips: Dip[] = [];
  for (const run of metric === null ? [] : shown) {
    const ofRun = series?.runs[run];
    const [first] = ofRun?.steps ?? [];
    const last = ofRun?.steps.at(-1);
    if (ofRun === undefined || metric === null || first === undefined || last === undefined) {
      continue;
    }
    const place = places.get(run) ?? 0;
    const color = runColor(place);
    const points = pointsOf(ofRun, samples?.runs[run], sample, metric).flatMap(({step, value}) => {
      const fraction = fractionOf.get(step);
      return fraction === undefined ? [] : {step, value, fraction};
    });
    const y = points.map(({value}) => value);
    curves.push({
      run,
      color,
      dashed: isDashed(place),
      ends: [first, last],
      steps: points.map(({step}) => step),
      x: points.map(({fraction}) => fraction),
      y,
    });
    for (const fall of fallsOf(y, lowerIsBetter)) {
      dips.push({...points[fall]!, color});
    }
  }
  dips.sort((a, b) => a.fraction - b.fraction);
  return {fractions, curves, dips};
}

function sampledTags(
  tags: readonly CatalogTag[],
  series: DataState['series'],
  shown: readonly string[],
): readonly SampledTag[] {
  return tags.flatMap(({tag}) => {
    const ofTag = latest(series.get(tag) ?? PENDING);
    let worst: SampledTag | undefined;
    for (const run of shown) {
      const {logged = 0, steps = []} = ofTag?.runs[run] ?? {};
      const kept = steps.length;
      if (logged - kept > (worst === undefined ? 0 : worst.logged - worst.kept)) {
        worst = {tag, run, kept, logged};
      }
    }
    return worst ?? [];
  });
}

/** The finite values of a sample, or of the mean where the sample has none of its own. */
function pointsOf(
  series: RunSeries,
  samples: RunSamples | undefined,
  sample: string | null,
  metric: string,
): readonly {readonly step: Step; readonly value: number}[] {
  const row =
    sample === null || samples === undefined ? undefined : rowsBySample(samples).get(sample);
  const steps = row === undefined ? series.steps : samples!.steps;
  const values =
    (row === undefined ? series.metrics[metric] : samples!.metrics[metric]?.[row]) ?? [];
  return steps.flatMap((step, i) => {
    const value = values[i];
    return typeof value === 'number' && Number.isFinite(value) ? {step, value} : [];
  });
}

function makeTimeline(
  drawing: Drawing,
  sampled: Timeline['sampled'],
  steps: readonly Step[],
  step: Step | null,
  marked: Step | null,
  sample: string | null,
  focus: TagModel | undefined,
): Timeline {
  const metric = focus?.metric ?? null;
  const exact = focus?.runs.find(({offset}) => offset === 0n) ?? focus?.runs[0];
  return {
    ...drawing,
    sampled,
    steps,
    index: step === null ? -1 : steps.indexOf(step),
    step,
    wallTime: exact?.wallTime ?? null,
    tag: focus?.tag ?? null,
    sample,
    metric,
    lowerIsBetter: metric !== null && (focus?.lowerIsBetter.has(metric) ?? false),
    marked: marked === null ? null : (drawing.fractions[nearestIndex(steps, marked)] ?? null),
  };
}
