// SPDX-License-Identifier: Apache-2.0
/**
 * Which pictures the page needs now, and which it will probably need next: a pure function of what
 * is visible. The session asks; `PictureLoader` fetches.
 */
import type {RunStep, Step} from '../api/types.js';
import type {RunAtStep, TagModel} from './data.js';
import type {VisibleFilm, VisibleSamples} from './intents.js';
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
  const ahead = inputs.mayPrefetch
    ? stepsAhead(timeline.steps, timeline.index, inputs.direction, inputs.view)
    : [];
  return {
    demands: inputs.wanted.flatMap((model) =>
      demandOf(inputs, model, firstVisible(inputs, model), (run) => run.step).map((demand) => ({
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
    film !== null &&
    film.tag === view.open?.tag &&
    film.samples.some((sample) => visibleSamplesOf(inputs, film.tag).includes(sample));
  return isShown ? [{...film, isVisible: true}] : [];
}

function demandsAhead(
  inputs: DemandInputs,
  ahead: readonly (readonly Step[])[],
): readonly Demand[] {
  return ahead.flatMap((steps) =>
    inputs.wanted.flatMap((model) => {
      const samples = visibleSamplesOf(inputs, model.tag);
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
function visibleSamplesOf({view, visibleSamples}: DemandInputs, tag: string): readonly string[] {
  if (view.open === null) {
    return visibleSamples.get(tag)?.samples ?? [];
  }
  return view.open.tag === tag ? [view.open.sample] : [];
}

/**
 * The visible samples. Until the page is laid out, those that are sure to be: the first of the first tag, unless what is not
 * there yet of samples may change which they are.
 */
function firstVisible(inputs: DemandInputs, {tag, rows}: TagModel): readonly string[] {
  const {view, page, visibleSamples, hasScores} = inputs;
  if (visibleSamples.size > 0 || view.open !== null) {
    return visibleSamplesOf(inputs, tag);
  }
  if (tag !== page.tags.tags.find(({absent}) => !absent)?.tag) {
    return [];
  }
  const isTableNeeded = needsTable(view.sort, view.sampleFilter);
  return isTableNeeded && !hasScores(tag) ? [] : rows.slice(0, FIRST_SAMPLES).map(({id}) => id);
}

/** The parts that are in sight, unless the page measures the pictures. */
function partsOf(
  {view, visibleSamples}: DemandInputs,
  {tag, existing}: TagModel,
): Pick<Demand, 'parts'> {
  const isMeasured = existing !== undefined && view.measured.length > 0;
  const parts = view.open === null && !isMeasured ? visibleSamples.get(tag)?.parts : undefined;
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
  const {view, visibleSamples} = inputs;
  const named = namedRuns(view);
  const visible = view.open === null ? visibleSamples.get(model.tag)?.runs : undefined;
  const runs = model.runs.filter(
    ({run}) => named.includes(run) || (visible?.includes(run) ?? true),
  );
  const at = neededRecords({...model, runs}, view, stepOf);
  return at.length === 0 ? [] : [{tag: model.tag, at, samples, ...partsOf(inputs, model)}];
}
