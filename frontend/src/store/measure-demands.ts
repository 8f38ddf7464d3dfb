// SPDX-License-Identifier: Apache-2.0
/** Which records the page measures, the most urgent first: a pure function of what is shown. */
import type {RunStep, Step, TagKind} from '../api/types.js';
import type {RunAtStep, TagModel} from './data.js';
import type {VisibleSamples} from './intents.js';
import {needsScores} from './ranking.js';
import {nearestStep} from './steps.js';
import type {ViewState} from './view.js';

/** A record whose samples are to be measured. */
export interface MeasureDemand {
  readonly tag: string;
  readonly at: RunStep;
  readonly kind: TagKind;
  readonly samples: readonly string[];
}

export interface MeasureInputs {
  /** Tags in sight. */
  readonly wanted: readonly TagModel[];
  readonly view: Pick<ViewState, 'measured' | 'open' | 'sort' | 'sampleFilter' | 'rankedAt'>;
  readonly visibleSamples: ReadonlyMap<string, VisibleSamples>;
}

/** Steps of a run that curves are drawn through. */
const CURVE_STEPS = 64;
/** Pairs of a tag that are measured for curves, but of each of their steps at least one. */
const CURVE_PAIRS = 256;

/** Of each tag all samples at the steps that are shown, ranked and compared; then a few at the other steps, for curves. */
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
  {view, visibleSamples}: MeasureInputs,
): Record<'shown' | 'curves', readonly MeasureDemand[]> {
  const samples = samplesOf(model, view, visibleSamples.get(model.tag)?.samples ?? []);
  const steps = model.runs.map((run) => {
    const shown = stepsShown(run, model, view);
    return {run, shown, others: spread(run.steps).filter((step) => !shown.includes(step))};
  });
  const count = steps.reduce((sum, {others}) => sum + others.length, 0);
  const few = samples.slice(0, Math.max(1, Math.floor(CURVE_PAIRS / count)));
  const demand = ({run, kind}: RunAtStep, step: Step, some: typeof samples): MeasureDemand => ({
    tag: model.tag,
    at: {run, step},
    kind,
    samples: some,
  });
  return {
    shown: steps.flatMap(({run, shown}) => shown.map((step) => demand(run, step, samples))),
    curves: steps.flatMap(({run, others}) => others.map((step) => demand(run, step, few))),
  };
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

/** Each once. */
function stepsShown(
  {step, steps}: RunAtStep,
  {since}: TagModel,
  {sort, sampleFilter, rankedAt}: MeasureInputs['view'],
): readonly Step[] {
  const orders = [sort.by, sort.then?.by];
  const isByChange = orders.includes('regressed') || orders.includes('improved');
  const others = [
    ...(needsScores(sort, sampleFilter) && rankedAt !== null ? [rankedAt] : []),
    ...(isByChange && since !== null ? [since] : []),
  ];
  return [...new Set([step, ...others.map((one) => nearestStep(steps, one) ?? step)])];
}

/** Not more than a curve has room for, the first and the last among them. */
function spread(steps: readonly Step[]): readonly Step[] {
  const last = steps.length - 1;
  return steps.length <= CURVE_STEPS
    ? steps
    : Array.from(
        {length: CURVE_STEPS},
        (_, i) => steps[Math.round((i * last) / (CURVE_STEPS - 1))]!,
      );
}
