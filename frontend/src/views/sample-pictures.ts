// SPDX-License-Identifier: Apache-2.0
/** Gathers the pictures of one sample over all runs, and says why one is not there. */
import type {Role, Step, TagKind} from '../api/types.js';
import {contentKey} from '../decode/stored.js';
import type {HeatmapPicture} from '../kinds/heatmap/picture.js';
import type {Picture} from '../kinds/kind.js';
import type {Raster, Size} from '../pixels/raster.js';
import type {PanePictures} from '../modes/mode.js';
import {modeOf} from '../modes/registry.js';
import type {
  RunAtStep,
  SampleAtStep,
  FetchedPicture,
  SampleSource,
  TagModel,
} from '../store/data.js';
import {latest, type Resource} from '../store/resource.js';
import {formatStep, nearestStep} from '../store/steps.js';
import type {ViewState} from '../store/view.js';
import {isolated} from '../texts/isolated.js';
import {buildPicture} from './picture-building.js';
import {frameOf, isComputed} from './scene-building.js';

/** Why a pane shows what it shows. `loading` may go with the picture of the step before. */
export type Status =
  | {readonly state: 'ready'}
  | {readonly state: 'loading'}
  | {readonly state: 'missing'; readonly message: string}
  | {readonly state: 'error'; readonly message: string};

/** One picture of one run's sample. */
export interface GatheredPicture {
  readonly picture: Picture | undefined;
  readonly stored: FetchedPicture | undefined;
  readonly status: Status;
}

export interface GatheredRun extends GatheredPicture {
  readonly run: RunAtStep;
  readonly sampleAtStep: SampleAtStep | undefined;
  /** What this run's pane can draw on; its truth is the one that this run was judged by. */
  readonly pictures: PanePictures;
}

/** All that the panes of one sample show. */
export interface SamplePictures {
  /** Undefined where no run logged one. */
  readonly input: GatheredPicture | undefined;
  readonly truth: GatheredPicture;
  readonly runs: readonly GatheredRun[];
  readonly caption: string | undefined;
  /** Undefined until a picture's size is known. */
  readonly frame: Size | undefined;
  /** Runs whose ground truth is not the one shown. */
  readonly otherTruth: readonly string[];
}

export interface SampleRequest {
  readonly model: TagModel;
  readonly sample: string;
  readonly view: Pick<ViewState, 'mode' | 'difference' | 'marked'>;
  readonly source: Pick<SampleSource, 'get' | 'blob'>;
  readonly decode: (picture: FetchedPicture, blob: Uint8Array<ArrayBuffer>) => Resource<Raster>;
  /** The picture that each pane showed last, to be shown until the next is there; kept by the caller between calls. */
  readonly shown: Map<string, Picture>;
  /** The similarity of two images, where the view asks for it. */
  readonly similarity?: (truth: Picture, prediction: Picture) => HeatmapPicture | undefined;
}

const READY: Status = {state: 'ready'};
const LOADING: Status = {state: 'loading'};

export function gatherSample(request: SampleRequest): SamplePictures {
  const {model, sample, source, view} = request;
  const comparesSteps =
    modeOf(view).compares && view.difference === 'steps' && view.marked !== null;
  const parts = model.runs.map((run) => {
    const resource = source.get(model.tag, run.run, run.step, sample);
    return {
      run,
      sampleAtStep: latest(resource) ?? undefined,
      input: gatherPart(request, run, run.step, resource, 'input'),
      truth: gatherPart(request, run, run.step, resource, 'groundTruth'),
      prediction: gatherPart(request, run, run.step, resource, 'prediction'),
      earlier: comparesSteps ? gatherEarlier(request, run, view.marked) : undefined,
    };
  });
  const firstInput =
    parts.find(({input}) => input.picture !== undefined) ??
    parts.find(({input}) => input.stored !== undefined);
  const firstTruth =
    parts.find(({truth}) => truth.picture !== undefined) ??
    parts.find(({truth}) => truth.stored !== undefined) ??
    parts[0];
  const rival = parts[0]?.prediction.picture;
  const runs = parts.map(({run, sampleAtStep, truth, input, prediction, earlier}): GatheredRun => ({
    ...prediction,
    run,
    sampleAtStep,
    pictures: {
      input: input.picture ?? firstInput?.input.picture,
      truth: truth.picture ?? firstTruth?.truth.picture,
      prediction: prediction.picture,
      rival,
      earlier: earlier?.picture,
      similarity: similarityOf(
        request,
        truth.picture ?? firstTruth?.truth.picture,
        prediction.picture,
      ),
    },
  }));
  const shownTruth = contentOf(firstTruth?.truth);
  return {
    input: firstInput?.input,
    truth: firstTruth?.truth ?? {picture: undefined, stored: undefined, status: LOADING},
    runs,
    caption: parts.find(({sampleAtStep}) => sampleAtStep?.caption !== undefined)?.sampleAtStep
      ?.caption,
    frame: frameOf(
      parts.flatMap(({sampleAtStep}) => [sampleAtStep?.groundTruth, sampleAtStep?.prediction]),
    ),
    otherTruth: parts
      .filter(({truth}) => truth.stored !== undefined && contentOf(truth) !== shownTruth)
      .map(({run}) => run.run),
  };
}

function contentOf(subject: GatheredPicture | undefined): string | undefined {
  const stored = subject?.stored;
  return stored && (stored.valueDigest ?? contentKey(stored));
}

function similarityOf(
  {view, similarity}: SampleRequest,
  truth: Picture | undefined,
  prediction: Picture | undefined,
): HeatmapPicture | undefined {
  if (!modeOf(view).compares || truth === undefined || prediction?.kind !== truth.kind) {
    return undefined;
  }
  return isComputed(view, truth) ? similarity?.(truth, prediction) : undefined;
}

function gatherEarlier(
  request: SampleRequest,
  run: RunAtStep,
  marked: Step | null,
): GatheredPicture | undefined {
  if (marked === null) {
    return undefined;
  }
  const step = nearestStep(run.steps, marked) ?? run.step;
  const resource = request.source.get(request.model.tag, run.run, step, request.sample);
  return gatherPart(request, run, step, resource, 'prediction', `earlier ${run.run}`);
}

function gatherPart(
  {sample, source, decode, shown}: SampleRequest,
  {run, kind}: {readonly run: string; readonly kind: TagKind},
  step: Step,
  resource: Resource<SampleAtStep | null>,
  role: Role,
  slot = `${role} ${run}`,
): GatheredPicture {
  const last = shown.get(slot);
  const sampleAtStep = latest(resource);
  if (resource.state === 'error') {
    return {picture: undefined, stored: undefined, status: resource};
  }
  if (sampleAtStep === null || sampleAtStep === undefined) {
    return resource.state === 'pending'
      ? {picture: last, stored: undefined, status: LOADING}
      : {
          picture: undefined,
          stored: undefined,
          status: {
            state: 'missing',
            message: `${isolated(run)} has no sample ${isolated(sample)} at step ${formatStep(step)}.`,
          },
        };
  }
  const stored = sampleAtStep[role];
  if (stored === undefined) {
    return {
      picture: undefined,
      stored,
      status: {state: 'missing', message: `${isolated(run)} logged no ${ROLE_NAMES[role]} here.`},
    };
  }
  if (stored.error !== undefined) {
    return {picture: undefined, stored, status: {state: 'error', message: stored.error}};
  }
  const blob = stored.blob ?? source.blob(stored.digest);
  const raster = blob === undefined ? undefined : decode(stored, blob);
  if (raster?.state === 'error') {
    return {
      picture: undefined,
      stored,
      status: {state: 'error', message: `This picture can't be decoded: ${raster.message}.`},
    };
  }
  if (raster?.state !== 'ready') {
    return {picture: last, stored, status: LOADING};
  }
  const picture = buildPicture(sampleAtStep.kind ?? kind, role, stored, raster.value);
  if (picture === undefined) {
    const message = `This page doesn't know the kind ${(sampleAtStep.kind ?? kind).name}: reload it.`;
    return {picture, stored, status: {state: 'error', message}};
  }
  shown.set(slot, picture);
  return {picture, stored, status: resource.state === 'pending' ? LOADING : READY};
}

export const ROLE_NAMES = {
  input: 'input',
  groundTruth: 'ground truth',
  prediction: 'prediction',
} as const satisfies Record<Role, string>;
