// SPDX-License-Identifier: Apache-2.0
/** Which records the page measures, the most urgent first: a pure function of what is shown. */
import {recordKey} from '../api/record-key.js';
import type {RunStep, TagKind} from '../api/types.js';
import {clamp} from '../clamp.js';
import {spread} from '../spread.js';
import type {TagModel} from './data.js';
import type {VisibleSamples} from './intents.js';
import {needsScores} from './ranking.js';
import {distinctRecords, neededRecords} from './sides.js';
import {nearestStep} from './steps.js';
import type {ViewState} from './view.js';

/** A record whose samples are to be measured. */
export interface MeasureDemand {
  readonly tag: string;
  readonly at: RunStep;
  readonly kind: TagKind;
  readonly samples: readonly string[];
  /** Of the chosen metrics those that the kind has: at least one. */
  readonly ids: readonly string[];
}

/** The metrics that can be measured of pictures of a kind. */
export type MeasuresOf = (kind: TagKind) => readonly {readonly id: string}[];

export interface MeasureInputs {
  /** Tags in sight. */
  readonly wanted: readonly TagModel[];
  readonly view: Pick<
    ViewState,
    'measured' | 'open' | 'sort' | 'sampleFilter' | 'rankedAt' | 'a' | 'b'
  >;
  readonly visibleSamples: ReadonlyMap<string, VisibleSamples>;
  readonly measuresOf: MeasuresOf;
}

/** Steps of a run that curves are drawn through. */
const CURVE_STEPS = 64;
/** Pairs of a tag that are measured for curves, of all its runs. */
const CURVE_PAIRS = 256;

/**
 * Of each tag all samples at the steps that are shown, ranked and compared; then a few at the other steps, for curves. What the kind
 * of a run has none of the chosen metrics of is not wanted.
 */
export function measureDemands(inputs: MeasureInputs): readonly MeasureDemand[] {
  const existing =
    inputs.view.measured.length === 0
      ? []
      : inputs.wanted.filter((model) => model.existing !== undefined && !model.collapsed);
  const tags = existing.map((model) => demandsOf(model, inputs));
  return [...tags.flatMap(({shown}) => shown), ...tags.flatMap(({curves}) => curves)];
}

function demandsOf(
  model: TagModel,
  inputs: MeasureInputs,
): Record<'shown' | 'curves', readonly MeasureDemand[]> {
  const {view, visibleSamples} = inputs;
  const samples = samplesOf(model, view, visibleSamples.get(model.tag)?.samples ?? []);
  const measurable = measurableRuns(model, inputs);
  const demands = (records: readonly RunStep[], some: typeof samples): readonly MeasureDemand[] =>
    records.flatMap((at) => {
      const facts = measurable.get(at.run);
      return facts === undefined ? [] : {tag: model.tag, at, samples: some, ...facts};
    });
  const shown = recordsShown(model, view);
  const curves = curveRecords(
    model.runs.filter(({run}) => measurable.has(run)),
    shown,
  );
  const few = samples.slice(0, Math.max(1, Math.floor(CURVE_PAIRS / curves.length)));
  return {shown: demands(shown, samples), curves: demands(curves, few)};
}

/** By run, those whose kind has some of the chosen metrics. */
function measurableRuns(
  {runs, named}: TagModel,
  {view, measuresOf}: MeasureInputs,
): ReadonlyMap<string, Pick<MeasureDemand, 'kind' | 'ids'>> {
  return new Map(
    [...runs, ...named].flatMap(({run, kind}) => {
      const known = measuresOf(kind);
      const ids = view.measured.filter((id) => known.some((measure) => measure.id === id));
      return ids.length === 0 ? [] : [[run, {kind, ids}] as const];
    }),
  );
}

/** The open one first, then those in sight. */
function samplesOf(
  {tag, allRows}: TagModel,
  {open}: MeasureInputs['view'],
  inSight: readonly string[],
): readonly string[] {
  const ids = new Set(allRows.map(({id}) => id));
  const first = [...(open?.tag === tag ? [open.sample] : []), ...inSight];
  return [...new Set([...first.filter((id) => ids.has(id)), ...ids])];
}

/** Each once: those that panes show, also of runs that are off, then those that samples are ranked or compared at. */
function recordsShown(model: TagModel, view: MeasureInputs['view']): readonly RunStep[] {
  const {sort, sampleFilter, rankedAt} = view;
  const orders = [sort.by, sort.then?.by];
  const isByChange = orders.includes('regressed') || orders.includes('improved');
  const others = [
    ...(needsScores(sort, sampleFilter) && rankedAt !== null ? [rankedAt] : []),
    ...(isByChange && model.since !== null ? [model.since] : []),
  ];
  return distinctRecords([
    ...neededRecords(model, view, ({step}) => step),
    ...model.runs.flatMap(({run, step, steps}) =>
      others.map((one) => ({run, step: nearestStep(steps, one) ?? step})),
    ),
  ]);
}

/** At other steps, no more than pairs are measured for curves; of each run two, and not more than a curve has room for. */
function curveRecords(runs: TagModel['runs'], shown: readonly RunStep[]): readonly RunStep[] {
  const known = new Set(shown.map(recordKey));
  const ofEach = clamp(Math.floor(CURVE_PAIRS / runs.length), 2, CURVE_STEPS);
  return runs
    .flatMap(({run, steps}) => spread(steps, ofEach).map((step) => ({run, step})))
    .filter((record) => !known.has(recordKey(record)))
    .slice(0, CURVE_PAIRS);
}
