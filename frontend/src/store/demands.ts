// SPDX-License-Identifier: Apache-2.0
/**
 * Which pictures the page needs now, and which it will probably need next: a pure function of what
 * is visible. The session asks; `PictureLoader` fetches.
 */
import type {RunStep, Step} from '../api/types.js';
import {choicesOf, layoutOf, sizeOf} from '../layouts/registry.js';
import type {RunAtStep, TagModel} from './data.js';
import type {VisibleFilm, VisibleSamples} from './intents.js';
import {oneRun} from './one-run.js';
import type {Page} from './page.js';
import type {Demand} from './pictures.js';
import {FIRST_SAMPLES, stepsAhead, type Direction} from './prefetch.js';
import {needsTable} from './ranking.js';
import {distinctRecords, namedRuns, neededRecords} from './sides.js';
import {nearestStep} from './steps.js';
import type {ViewState} from './view.js';

export interface DemandInputs {
  /** Tags whose pictures are wanted. */
  readonly wanted: readonly TagModel[];
  readonly view: ViewState;
  readonly page: Page;
  /** By tag; empty until the page has been laid out. */
  readonly visibleSamples: ReadonlyMap<string, VisibleSamples>;
  readonly visibleFilm: VisibleFilm | null;
  /** Whether the metrics of a tag's samples are there, by which samples may be sorted. */
  readonly hasScores: (tag: string) => boolean;
  readonly direction: Direction;
  readonly mayPrefetch: boolean;
}

export interface PictureDemands {
  readonly demands: readonly Demand[];
  /** Wanted once all demands are met. */
  readonly prefetches: readonly Demand[];
}

/** Of a page that is hidden. */
export const NO_DEMANDS: PictureDemands = {demands: [], prefetches: []};

export function pictureDemands(inputs: DemandInputs): PictureDemands {
  const {timeline} = inputs.page;
  const ahead =
    inputs.mayPrefetch && isLaidOut(inputs)
      ? stepsAhead(timeline.steps, timeline.index, inputs.direction, inputs.view)
      : [];
  return {
    demands: inputs.wanted.flatMap((model) =>
      demandOf(inputs, model, visibleSamplesOf(inputs, model), (run) => run.step).map((demand) => ({
        ...demand,
        ahead: samplesAhead(inputs, model.tag),
        next:
          inputs.direction === 0 ? [] : recordsAt(inputs, model, demand.samples, ahead[0] ?? []),
      })),
    ),
    // The film strip is visible too, but large pictures come first.
    prefetches: [
      ...filmDemands(inputs),
      ...demandsAhead(inputs, ahead),
      ...(inputs.mayPrefetch && !inputs.view.playing ? rowsAhead(inputs) : []),
    ],
  };
}

function filmDemands(inputs: DemandInputs): readonly Demand[] {
  const {visibleFilm: film, view} = inputs;
  const isShown =
    film !== null && film.tag === view.open?.tag && film.samples.includes(view.open.sample);
  return isShown ? [{...film, isVisible: true}] : [];
}

function demandsAhead(
  inputs: DemandInputs,
  ahead: readonly (readonly Step[])[],
): readonly Demand[] {
  return ahead.flatMap((steps) =>
    inputs.wanted.flatMap((model) => {
      const samples = visibleSamplesOf(inputs, model);
      const at = recordsAt(inputs, model, samples, steps);
      return at.length === 0 ? [] : [{tag: model.tag, at, samples, ...partsOf(inputs, model)}];
    }),
  );
}

/** What scrolling on will show. */
function rowsAhead(inputs: DemandInputs): readonly Demand[] {
  return inputs.wanted.flatMap((model) =>
    demandOf(inputs, model, samplesAhead(inputs, model.tag), (run) => run.step),
  );
}

function samplesAhead({view, visibleSamples}: DemandInputs, tag: string): readonly string[] {
  return view.open === null ? (visibleSamples.get(tag)?.ahead ?? []) : [];
}

function recordsAt(
  inputs: DemandInputs,
  model: TagModel,
  samples: readonly string[],
  steps: readonly Step[],
): readonly RunStep[] {
  const demands = steps.flatMap((step) =>
    demandOf(inputs, model, samples, (run) => nearestStep(run.steps, step)),
  );
  return distinctRecords(demands.flatMap(({at}) => at));
}

/** The full view hides the cards behind it. */
function visibleSamplesOf(inputs: DemandInputs, model: TagModel): readonly string[] {
  const {open} = inputs.view;
  if (open === null) {
    return inSight(inputs, model)?.samples ?? [];
  }
  return open.tag === model.tag ? [open.sample] : [];
}

/** What is in sight of a tag, where there is no full view. Until the page is laid out, what is sure to be. */
function inSight(inputs: DemandInputs, model: TagModel): VisibleSamples | undefined {
  return isLaidOut(inputs) ? inputs.visibleSamples.get(model.tag) : sureInSight(inputs, model);
}

function isLaidOut({view, visibleSamples}: DemandInputs): boolean {
  return visibleSamples.size > 0 || view.open !== null;
}

/** The first samples of the first tag, unless what is not there yet of samples may change which they are. */
function sureInSight(
  {view, page, hasScores}: DemandInputs,
  model: TagModel,
): VisibleSamples | undefined {
  const {tag, rows, runs} = model;
  const isFirst = tag === page.tags.tags.find(({absent}) => !absent)?.tag;
  const mayChange = needsTable(view.sort, view.sampleFilter) && !hasScores(tag);
  if (!isFirst || mayChange) {
    return undefined;
  }
  const {sureTiles, showsOneRun} = layoutOf(view, tag, runs.length);
  const run = showsOneRun
    ? oneRun(model, choicesOf(view, tag).run, view.reference)?.run
    : undefined;
  return {
    tag,
    samples: rows.slice(0, sureTiles?.[sizeOf(view, tag)] ?? FIRST_SAMPLES).map(({id}) => id),
    ...(run !== undefined && {runs: [run]}),
    ...(sureTiles && {parts: ['prediction']}),
  };
}

/** The parts that are in sight, unless the page measures the pictures. */
function partsOf(inputs: DemandInputs, model: TagModel): Pick<Demand, 'parts'> {
  const {view} = inputs;
  const isMeasured = model.existing !== undefined && view.measured.length > 0;
  const parts = view.open === null && !isMeasured ? inSight(inputs, model)?.parts : undefined;
  return parts === undefined ? {} : {parts};
}

function demandOf(
  inputs: DemandInputs,
  model: TagModel,
  samples: readonly string[],
  stepOf: (run: RunAtStep) => Step | null,
): readonly Demand[] {
  if (samples.length === 0 || model.collapsed) {
    return [];
  }
  const {view} = inputs;
  const named = namedRuns(view);
  const visible = view.open === null ? inSight(inputs, model)?.runs : undefined;
  const runs = model.runs.filter(
    ({run}) => named.includes(run) || (visible?.includes(run) ?? true),
  );
  const at = neededRecords({...model, runs}, view, stepOf);
  return at.length === 0 ? [] : [{tag: model.tag, at, samples, ...partsOf(inputs, model)}];
}
