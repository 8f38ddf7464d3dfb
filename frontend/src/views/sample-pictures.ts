// SPDX-License-Identifier: Apache-2.0
import type {Part, Step, TagKind} from '../api/wire.js';
import {contentKey} from '../decode/stored.js';
import type {HeatmapPicture} from '../kinds/heatmap/picture.js';
import type {Picture} from '../kinds/kind.js';
import type {Raster, Size} from '../pixels/raster.js';
import type {PanePictures} from '../modes/mode.js';
import {modeOf} from '../modes/registry.js';
import type {RunAtStep, Shot, ShotPicture, ShotSource, TagModel} from '../store/data.js';
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

/** One part of one run's sample. */
export interface Subject {
  readonly picture: Picture | undefined;
  readonly stored: ShotPicture | undefined;
  readonly status: Status;
}

export interface RunSubject extends Subject {
  readonly run: RunAtStep;
  readonly shot: Shot | undefined;
  /** What this run's pane can draw on; its truth is the one that this run was judged by. */
  readonly pictures: PanePictures;
}

/** All that the panes of one sample show. */
export interface SamplePictures {
  /** Undefined where no run logged one. */
  readonly input: Subject | undefined;
  readonly truth: Subject;
  readonly runs: readonly RunSubject[];
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
  readonly source: Pick<ShotSource, 'get' | 'blob'>;
  readonly decode: (picture: ShotPicture, blob: Uint8Array<ArrayBuffer>) => Resource<Raster>;
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
      shot: latest(resource) ?? undefined,
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
  const runs = parts.map(({run, shot, truth, input, prediction, earlier}): RunSubject => ({
    ...prediction,
    run,
    shot,
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
    caption: parts.find(({shot}) => shot?.caption !== undefined)?.shot?.caption,
    frame: frameOf(parts.flatMap(({shot}) => [shot?.groundTruth, shot?.prediction])),
    otherTruth: parts
      .filter(({truth}) => truth.stored !== undefined && contentOf(truth) !== shownTruth)
      .map(({run}) => run.run),
  };
}

function contentOf(subject: Subject | undefined): string | undefined {
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
): Subject | undefined {
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
  resource: Resource<Shot | null>,
  part: Part,
  slot = `${part} ${run}`,
): Subject {
  const last = shown.get(slot);
  const shot = latest(resource);
  if (resource.state === 'error') {
    return {picture: undefined, stored: undefined, status: resource};
  }
  if (shot === null || shot === undefined) {
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
  const stored = shot[part];
  if (stored === undefined) {
    return {
      picture: undefined,
      stored,
      status: {state: 'missing', message: `${isolated(run)} logged no ${PART_NAMES[part]} here.`},
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
  const picture = buildPicture(shot.kind ?? kind, part, stored, raster.value);
  if (picture === undefined) {
    const message = `This page doesn't know the kind ${(shot.kind ?? kind).name}: reload it.`;
    return {picture, stored, status: {state: 'error', message}};
  }
  shown.set(slot, picture);
  return {picture, stored, status: resource.state === 'pending' ? LOADING : READY};
}

export const PART_NAMES = {
  input: 'input',
  groundTruth: 'ground truth',
  prediction: 'prediction',
} as const satisfies Record<Part, string>;
