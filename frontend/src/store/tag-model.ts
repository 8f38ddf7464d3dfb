// SPDX-License-Identifier: Apache-2.0
/** What the cards of one tag show, from its series and the tables of its samples. */
import type {
  CatalogTag,
  Metric,
  RunSamples,
  RunStep,
  Step,
  TagKind,
  TagSamples,
  TagSeries,
} from '../api/types.js';
import type {RunAtStep, SampleRow, TagModel} from './data.js';
import type {ConfusedSamples} from './confused-samples.js';
import {existingTag, type MeasureProgress} from './existing.js';
import {NO_SHOWN_HPARAMS, type ShownHparams} from './hparams.js';
import {kindAt, kindChanges} from './kind-changes.js';
import {withBackground} from './backgrounds.js';
import {NO_COUNTS, type CountsOfTag} from './counts.js';
import {attributeNames, attributesOf, type Attributes} from './attributes.js';
import {INSTABILITY, type ScoreTable, asksTable, filtered, ranked} from './ranking.js';
import {PENDING, type Resource, latest, ready} from './resource.js';
import {runColor} from './runs.js';
import {averagedAt} from './sample-sets.js';
import {nearestIndex, unionOfSteps} from './steps.js';
import {parseTextFilter} from './text-filter.js';
import type {ViewState} from './view.js';

const NOTHING: readonly never[] = [];

export function makeTagModel(
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
  flags: ViewState['flags'],
  named: readonly string[],
  confused: ConfusedSamples | undefined,
  hparams: ShownHparams,
  background: ViewState['background'],
  firstCounts: CountsOfTag,
  progress: MeasureProgress | undefined,
): TagModel {
  const series = latest(seriesResource);
  const samples = latest(samplesResource);
  const kinds = kindsByRun(entry, allRuns);
  const atStep = (run: string): RunAtStep[] => {
    const ofRun = series?.runs[run];
    const kindOfTag = kinds.get(run);
    if (ofRun === undefined || kindOfTag === undefined || step === null) {
      return [];
    }
    const index = nearestIndex(ofRun.steps, step);
    const kind = kindAt(ofRun, index, kindOfTag);
    const [first] = ofRun.steps;
    const at = ofRun.steps[index];
    if (first === undefined || at === undefined) {
      return [];
    }
    return [
      {
        run,
        color: runColor(places.get(run) ?? 0),
        // The first record that is kept may have other classes than a later kind.
        kind: withBackground(kind, background, kind === kindOfTag ? firstCounts : NO_COUNTS, {
          run,
          step: first,
        }),
        steps: ofRun.steps,
        step: at,
        offset: at === step ? 0n : BigInt(at) - BigInt(step),
        wallTime: ofRun.wallTimes[index] ?? NaN,
        outdated: ofRun.beforeRestart.includes(at),
        metrics: Object.fromEntries(
          Object.entries(ofRun.metrics).map(([name, means]) => [name, means[index] ?? null]),
        ),
        averaged: Object.fromEntries(
          Object.keys(ofRun.metrics).flatMap((name) => {
            const averaged = averagedAt(ofRun, name, index);
            return averaged === undefined ? [] : [[name, averaged]];
          }),
        ),
      },
    ];
  };
  const runs = shown.flatMap(atStep);
  const changes = runs.flatMap(({run}) => kindChanges(run, series!.runs[run]!, kinds.get(run)!));
  const metricNames = metricNamesOf(runs, series, changes.length > 0);
  const lowerIsBetter = new Set(runs.flatMap(({run}) => series?.runs[run]?.lowerIsBetter ?? []));
  const metric = chosenMetric(sort.metric, metricNames);
  const ids = presentSamples(runs, series, samples);
  const ofRuns = runs.flatMap(({run}) => samples?.runs[run] ?? []);
  const table = (name: string | null, only: string | null = null): ScoreTable | null =>
    name === null || samples === undefined
      ? null
      : {
          runs: only === null ? ofRuns : [samples.runs[only] ?? []].flat(),
          metric: name,
          lowerIsBetter: lowerIsBetter.has(name),
        };
  const flagged = flaggedIn(flags, entry.tag);
  const at = rankedAt ?? step ?? '0';
  const known = attributesOf(ofRuns);
  const names = attributeNames(ofRuns);
  const pixels = confused && latest(confused.pixels);
  const tables = tablesAt(runs, samples);
  const rows = new Map(ids.map((id) => [id, sampleRow(id, tables, known(id), flagged)] as const));
  const text = parseTextFilter(sampleFilter.text, {
    attributes: samples && names,
    metrics: metricNames,
  });
  const filterProblem =
    samples === undefined ? missingTable(samplesResource, sampleFilter) : text.problem;
  const kept = filtered(
    ids,
    sampleFilter,
    table(chosenMetric(sampleFilter.metric ?? sort.metric, metricNames)),
    at,
    {
      text,
      describe: (id) => ({
        sample: id,
        caption: captions?.get(id),
        attributes: known(id),
        metrics: samples && (rows.get(id)?.metrics.values() ?? []),
      }),
      flagged,
      confused: pixels,
    },
  );
  const existing = existingTag(entry, series, shown, progress);
  const since = marked ?? firstStep(runs) ?? at;
  const keys = [sort, ...(sort.then === null ? [] : [sort.then])].map(({by, run}) => ({
    by,
    // A run that is not on puts nothing in order: then all runs count.
    table: table(
      by === 'unstable' ? INSTABILITY : metric,
      runs.some((one) => one.run === run) ? run : null,
    ),
  }));
  const order = ranked(kept, {keys, at, since, flagged, confused: pixels});
  return {
    tag: entry.tag,
    description: descriptionOf(entry),
    absent,
    pinned,
    collapsed,
    runs,
    named: named.filter((run) => !shown.includes(run)).flatMap(atStep),
    kindChanges: changes.length === 0 ? NOTHING : changes,
    step,
    since,
    rows: order.map((id) => rows.get(id)!),
    allRows: [...rows.values()],
    total: ids.length,
    metricNames,
    lowerIsBetter,
    metric,
    hparams,
    attributeNames: names,
    ...(filterProblem !== null && {filterProblem}),
    ...(confused && {confused}),
    ...(existing && {existing}),
    status: statusOf(seriesResource),
  };
}

function missingTable(
  samples: Resource<TagSamples>,
  filter: ViewState['sampleFilter'],
): string | null {
  return samples.state === 'error' && asksTable(filter)
    ? `Samples can’t be filtered by metrics or attributes: ${samples.message}`
    : null;
}

/** Whether a run that is on has the tag, which is known before anything of it was fetched. */
export function hasShownRun(
  {series}: CatalogTag,
  runs: readonly string[],
  shown: readonly string[],
): boolean {
  return series.some((group) => group.runs.some((index) => shown.includes(runs[index] ?? '')));
}

export function makeUnknownTagModel(
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
    named: NOTHING,
    kindChanges: NOTHING,
    step: null,
    since: null,
    rows: NOTHING,
    allRows: NOTHING,
    total: 0,
    metricNames: NOTHING,
    lowerIsBetter: new Set(),
    metric: null,
    hparams: NO_SHOWN_HPARAMS,
    attributeNames: NOTHING,
    status: PENDING,
  };
}

/**
 * What a kind measures, another doesn't: where a run changed its kind, what is measured at the steps shown comes first. The first
 * is chosen until the viewer does, and it is to say how good predictions are.
 */
function metricNamesOf(
  runs: readonly RunAtStep[],
  series: TagSeries | undefined,
  areMixed: boolean,
): readonly string[] {
  const logged = new Set(runs.flatMap(({run}) => Object.keys(series?.runs[run]?.metrics ?? {})));
  const names = [
    ...[...logged].filter((name) => name !== INSTABILITY),
    ...(logged.has(INSTABILITY) ? [INSTABILITY] : []),
  ];
  if (!areMixed) {
    return names;
  }
  const isMeasured = (name: string): boolean => runs.some(({metrics}) => metrics[name] != null);
  const isFirst = (name: string): boolean => name !== INSTABILITY && isMeasured(name);
  return [...names.filter(isFirst), ...names.filter((name) => !isFirst(name))];
}

function descriptionOf(entry: CatalogTag): string {
  return entry.series.find(({description}) => description !== '')?.description ?? '';
}

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
 * Ids in order of first appearance, less those which are known to be in no shown run's record at its step.
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
    const column = table?.steps.indexOf(step) ?? -1;
    for (const id of series?.runs[run]?.samples ?? []) {
      if (table?.missing[id]?.has(column) !== true) {
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

/** The flagged samples of a tag. */
export function flaggedIn(flags: ViewState['flags'], tag: string): ReadonlySet<string> {
  return new Set(flags.flatMap((flag) => (flag.tag === tag ? flag.sample : [])));
}

/** The table of a run, and its column of the step that the run is shown at, or of the nearest to it. */
interface TableAtStep {
  readonly run: string;
  readonly table: RunSamples;
  readonly column: number;
  readonly hasStep: boolean;
}

function tablesAt(
  runs: readonly RunAtStep[],
  samples: TagSamples | undefined,
): readonly TableAtStep[] {
  return runs.flatMap(({run, step}) => {
    const table = samples?.runs[run];
    if (table === undefined) {
      return [];
    }
    const column = nearestIndex(table.steps, step);
    return [{run, table, column, hasStep: table.steps[column] === step}];
  });
}

function sampleRow(
  id: string,
  tables: readonly TableAtStep[],
  attributes: Attributes,
  flagged: ReadonlySet<string>,
): SampleRow {
  const metrics = new Map<string, Readonly<Record<string, Metric>>>();
  const absentFrom: string[] = [];
  const changes: RunStep[] = [];
  for (const {run, table, column, hasStep} of tables) {
    const row = rowsBySample(table).get(id);
    if (hasStep && (row === undefined || table.missing[id]?.has(column) === true)) {
      absentFrom.push(run);
    }
    if (row === undefined) {
      continue;
    }
    metrics.set(
      run,
      Object.fromEntries(
        Object.entries(table.metrics).map(([name, scores]) => [
          name,
          scores[row]?.[column] ?? null,
        ]),
      ),
    );
    const [changed] = table.changed[id] ?? [];
    if (changed !== undefined) {
      changes.push({run, step: changed});
    }
  }
  return {id, metrics, absentFrom, changes, attributes, flagged: flagged.has(id)};
}
