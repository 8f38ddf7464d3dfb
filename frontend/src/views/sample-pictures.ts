// SPDX-License-Identifier: Apache-2.0
/** Gathers the pictures of one sample over all runs, and says why one is not there. */
import {ROLES, type Role, type Step, type TagKind} from '../api/types.js';
import {contentKey} from '../decode/stored.js';
import type {ComputedDifference} from '../kinds/computed.js';
import type {Picture} from '../kinds/kind.js';
import type {DecodedRaster, Size} from '../pixels/raster.js';
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
import {
  BEFORE,
  comparedRuns,
  isSameRecord,
  ownPaneOfA,
  referenceRun,
  type Side,
} from '../store/sides.js';
import {formatStep} from '../store/steps.js';
import type {ViewState} from '../store/view.js';
import {isolated} from '../texts/isolated.js';
import {buildPicture, meaningOf} from './picture-building.js';
import {isKnownToDiffer, type Content} from './same-content.js';
import {computedChoice, frameOf} from './scene-building.js';
import type {ShownPicture, ShownPictures, WantedPicture} from './shown-pictures.js';

/** Why a pane shows what it shows. `loading` may go with the picture of the step before. */
export type Status =
  | {readonly state: 'ready'}
  | {readonly state: 'loading'}
  | {readonly state: 'missing'; readonly message: string}
  | {readonly state: 'error'; readonly message: string};

/** One picture of one run's sample. */
export interface GatheredPicture extends Content {
  readonly picture: Picture | undefined;
  readonly status: Status;
  /** The record that it is of. */
  readonly run?: RunAtStep;
}

/** One pane of A or B. */
export interface GatheredRun extends GatheredPicture {
  /** Whose prediction it is; of a ground truth or an input, the run that logged it. */
  readonly run: RunAtStep;
  readonly of: Side['of'];
  /** The step that it stays at, or `BEFORE`; `null` where it is the one shown. */
  readonly pinned: Step | null;
  /** The step of A, where that is the one before; else undefined. */
  readonly before?: Step | undefined;
  readonly sampleAtStep: SampleAtStep | undefined;
  /** That the record does not hold the sample; `null` where it does, or was not read yet. */
  readonly absence: string | null;
  /** What the pane can draw on; its truth is the one that this run was judged by. */
  readonly pictures: PanePictures;
  /** A is the very same. */
  readonly isReference: boolean;
  /** Why A is not there, where it is not. */
  readonly statusOfA: Status;
}

/** All that the panes of one sample show. */
export interface SamplePictures {
  /** Undefined where no run logged one. */
  readonly input: GatheredPicture | undefined;
  readonly truth: GatheredPicture;
  /** A, where it has a pane of its own. */
  readonly reference: GatheredRun | undefined;
  /** B: each run that is on, unless the viewer chose. */
  readonly runs: readonly GatheredRun[];
  readonly caption: string | undefined;
  /** Undefined until a picture's size is known. */
  readonly frame: Size | undefined;
  /** Runs whose ground truth is not the one shown. */
  readonly otherTruth: readonly string[];
  /** Runs whose input is not the one shown. */
  readonly otherInput: readonly string[];
}

export interface SampleRequest {
  readonly model: TagModel;
  readonly sample: string;
  readonly view: Pick<ViewState, 'mode' | 'difference' | 'a' | 'b'>;
  readonly source: Pick<SampleSource, 'get' | 'blob' | 'need'>;
  readonly decode: (
    picture: FetchedPicture,
    blob: Uint8Array<ArrayBuffer>,
    waits: boolean,
  ) => Resource<DecodedRaster>;
  /** Which pictures are shown only on request, and so decoded last, and not asked for; absent: none. */
  readonly waits?: ((role: Role, tag: TagKind) => boolean) | undefined;
  /** What the panes of each run showed last, to be shown until the next is there; kept by the caller between calls. */
  readonly shown: ShownPictures;
  /** A picture that `decode` was asked for before, if it is decoded by now. */
  readonly decoded?: (picture: FetchedPicture) => DecodedRaster | undefined;
  /** The view's difference of two pictures, where that is computed. */
  readonly computed?: (a: Picture, b: Picture) => ComputedDifference | undefined;
}

const READY: Status = {state: 'ready'};
const LOADING: Status = {state: 'loading'};

/** The record of a run at a step, and its three pictures. */
interface GatheredRecord extends Readonly<Record<Role, GatheredPicture>> {
  readonly run: RunAtStep;
  readonly sampleAtStep: SampleAtStep | undefined;
  readonly absence: string | null;
}

export function gatherSample(request: SampleRequest): SamplePictures {
  const {model, view} = request;
  const records = model.runs.map((run) => gatherRecord(request, run, false));
  const others = new Map<string, GatheredRecord>();
  const recordOf = (run: RunAtStep, isPinned: boolean): GatheredRecord => {
    const key = `${isPinned} ${run.step} ${run.run}`;
    const known = records.find((record) => record.run === run) ?? others.get(key);
    const record = known ?? gatherRecord(request, run, isPinned);
    others.set(key, record);
    return record;
  };
  const input = firstShown(records, 'input');
  const truth = firstShown(records, 'groundTruth') ?? records[0]?.groundTruth;
  const common = {input, groundTruth: truth};
  const reference = ownPaneOfA(model, view);
  const runs = comparedRuns(model, view).map((run) => gatherPane(request, run, recordOf, common));
  return {
    input,
    truth: truth ?? {picture: undefined, stored: undefined, status: LOADING},
    reference: reference && {
      ...gatherPane({...request, view: {...view, b: view.a}}, reference, recordOf, common),
      isReference: true,
    },
    runs,
    caption: records.find(({sampleAtStep}) => sampleAtStep?.caption !== undefined)?.sampleAtStep
      ?.caption,
    frame: frameOf([
      ...records.flatMap(({sampleAtStep}) => [sampleAtStep?.groundTruth, sampleAtStep?.prediction]),
      ...runs.map(({stored}) => stored),
    ]),
    otherTruth: runsWithAnother(records, 'groundTruth', truth),
    otherInput: runsWithAnother(records, 'input', input),
  };
}

/** A pinned one stays at its step: what was shown before is no stand-in for it, nor it for what is shown next. */
function gatherRecord(request: SampleRequest, run: RunAtStep, isPinned: boolean): GatheredRecord {
  const {source, model, sample} = request;
  const resource = source.get(model.tag, run.run, run.step, sample, isPinned);
  const part = (role: Role) => ({...gatherPart(request, run, resource, role), run});
  const parts = {
    input: part('input'),
    groundTruth: part('groundTruth'),
    prediction: part('prediction'),
  };
  return {
    run,
    sampleAtStep: latest(resource) ?? undefined,
    absence:
      resource.state === 'ready' && resource.value === null ? absenceText(run, sample) : null,
    ...withStandIns(request, isPinned ? `${run.run}@${run.step}` : run.run, parts),
  };
}

interface GatheredPart extends GatheredPicture {
  /** Undefined where there is none, it waits, or it is not known yet. */
  readonly wanted?: WantedPicture;
  /** Whether nothing that is shown needs it. */
  readonly waits?: boolean;
}

type Parts = Readonly<Record<Role, GatheredPart>>;

/** As long as one picture is not there, all are those of the record that was shown last. */
function withStandIns(
  {shown, decoded = () => undefined}: SampleRequest,
  place: string,
  parts: Parts,
): Parts {
  if (!Object.values(parts).some(isAwaited)) {
    shown.show(
      place,
      picked(parts, ({picture, stored}) => picture && stored && {picture, stored}),
    );
    return parts;
  }
  const wanted = picked(parts, (part) => part.wanted);
  const last = shown.standIn(place, wanted.size === 0 ? undefined : wanted, decoded);
  return last === undefined
    ? parts
    : {
        input: standIn(parts.input, last.get('input')),
        groundTruth: standIn(parts.groundTruth, last.get('groundTruth')),
        prediction: standIn(parts.prediction, last.get('prediction')),
      };
}

function isAwaited({picture, status, waits}: GatheredPart): boolean {
  return picture === undefined && status === LOADING && waits !== true;
}

function picked<T>(parts: Parts, of: (part: GatheredPart) => T | undefined): ReadonlyMap<Role, T> {
  const found = new Map<Role, T>();
  for (const role of ROLES) {
    const value = of(parts[role]);
    if (value !== undefined) {
      found.set(role, value);
    }
  }
  return found;
}

function standIn(part: GatheredPart, last: ShownPicture | undefined): GatheredPart {
  const {stored, picture, status} = part;
  const isSame = last && stored && contentKey(last.stored) === contentKey(stored);
  const isOwn = status.state === 'missing' || status.state === 'error' || (isSame && picture);
  return isOwn ? part : {...part, picture: last?.picture, status: LOADING};
}

/** Of the first run that shows its own, or else that logged one. */
function firstShown(records: readonly GatheredRecord[], role: Role): GatheredPicture | undefined {
  const parts = records.map((record) => record[role]);
  return (
    parts.find(({picture}) => picture !== undefined) ??
    parts.find(({stored}) => stored !== undefined)
  );
}

/** The runs whose record holds another picture than the one that is shown for all. */
function runsWithAnother(
  records: readonly GatheredRecord[],
  role: Role,
  shown: GatheredPicture | undefined,
): readonly string[] {
  return records
    .filter(({[role]: own}) => own.stored && shown?.stored && isKnownToDiffer(own, shown))
    .map(({run}) => run.run);
}

type Common = Readonly<Record<'input' | 'groundTruth', GatheredPicture | undefined>>;

function gatherPane(
  request: SampleRequest,
  run: RunAtStep,
  recordOf: (run: RunAtStep, isPinned: boolean) => GatheredRecord,
  common: Common,
): GatheredRun {
  const {model, view} = request;
  const own = recordOf(run, isPinned(view.b));
  const referred = referenceRun(model, view, run);
  // A ground truth and an input are those of the pane's own record.
  const of = view.a.of === 'prediction' ? view.a : view.b;
  const a = referred && partOf(recordOf(referred, isPinned(of)), view.a, common);
  const b = partOf(own, view.b, common);
  return {
    ...b,
    run,
    of: view.b.of,
    pinned: view.b.of === 'prediction' ? view.b.step : null,
    before: view.a.of === 'prediction' && view.a.step === BEFORE ? referred?.step : undefined,
    sampleAtStep: own.sampleAtStep,
    absence: own.absence,
    pictures: {
      input: own.input.picture ?? common.input?.picture,
      truth: own.groundTruth.picture ?? common.groundTruth?.picture,
      a: a?.picture,
      b: b.picture,
      computed: computedOf(request, a?.picture, b.picture),
    },
    isReference: view.a.of === view.b.of && isSameRecord(run, referred),
    statusOfA: a?.status ?? missingRun(view.a),
  };
}

function isPinned(side: Side): boolean {
  return side.of === 'prediction' && side.step !== null;
}

/** A run's own picture, or that of the first run which has one. */
function partOf(record: GatheredRecord, {of}: Side, common: Common): GatheredPicture {
  const own = record[of];
  return of === 'prediction' || own.picture !== undefined ? own : (common[of] ?? own);
}

function missingRun(side: Side): Status {
  if (side.of === 'prediction' && side.step === BEFORE) {
    return {state: 'missing', message: 'There is no step before this one.'};
  }
  const run = side.of === 'prediction' ? (side.run ?? '') : '';
  return {state: 'missing', message: `${isolated(run)} has nothing of this tag.`};
}

/** The pictures that share a display: the ground truth, and what is compared. */
export function comparedPictures({truth, reference, runs}: SamplePictures): readonly Picture[] {
  return [
    truth.picture,
    ...[...(reference === undefined ? [] : [reference]), ...runs].flatMap(({pictures: {a, b}}) => [
      a,
      b,
    ]),
  ].filter((picture) => picture !== undefined);
}

function computedOf(
  {view, computed}: SampleRequest,
  a: Picture | undefined,
  b: Picture | undefined,
): ComputedDifference | undefined {
  if (!modeOf(view).compares || a === undefined || b?.kind !== a.kind) {
    return undefined;
  }
  return computedChoice(view, a) === undefined ? undefined : computed?.(a, b);
}

/** That a record does not hold a sample. */
export function absenceText({run, step}: Pick<RunAtStep, 'run' | 'step'>, sample: string): string {
  return `${isolated(run)} has no sample ${isolated(sample)} at step ${formatStep(step)}`;
}

function gatherPart(
  {model, sample, source, decode, waits = () => false}: SampleRequest,
  run: RunAtStep,
  resource: Resource<SampleAtStep | null>,
  role: Role,
): GatheredPart {
  const sampleAtStep = latest(resource);
  if (resource.state === 'error') {
    return {picture: undefined, stored: undefined, status: resource};
  }
  if (sampleAtStep === null || sampleAtStep === undefined) {
    return resource.state === 'pending'
      ? {picture: undefined, stored: undefined, status: LOADING}
      : {
          picture: undefined,
          stored: undefined,
          status: {state: 'missing', message: `${absenceText(run, sample)}.`},
        };
  }
  const stored = sampleAtStep[role];
  if (stored === undefined) {
    return {
      picture: undefined,
      stored,
      status: {
        state: 'missing',
        message: `${isolated(run.run)} logged no ${ROLE_NAMES[role]} here.`,
      },
    };
  }
  if (stored.error !== undefined) {
    return {picture: undefined, stored, status: {state: 'error', message: stored.error}};
  }
  const blob = stored.blob ?? source.blob(stored.digest);
  const meaning = meaningOf(sampleAtStep.kind, run.kind);
  const isWaiting = waits(role, meaning);
  if (blob === undefined && !isWaiting && resource.state === 'ready') {
    source.need(model.tag, run, sample, role);
  }
  const raster = blob && decode(stored, blob, isWaiting);
  if (raster?.state === 'error') {
    return {
      picture: undefined,
      stored,
      status: {state: 'error', message: `This picture can't be decoded: ${raster.message}.`},
    };
  }
  const build = (value: DecodedRaster) => buildPicture(meaning, role, stored, value);
  const awaited = isWaiting ? {waits: true} : {wanted: {stored, build}};
  if (raster?.state !== 'ready') {
    return {picture: undefined, stored, status: LOADING, ...awaited};
  }
  const picture = build(raster.value);
  if (picture === undefined) {
    const message = `This page doesn't know the kind ${meaning.name}: reload it.`;
    return {picture, stored, status: {state: 'error', message}};
  }
  const status = resource.state === 'pending' ? LOADING : READY;
  return {picture, stored, raster: raster.value, status, ...awaited};
}

export const ROLE_NAMES = {
  input: 'input',
  groundTruth: 'ground truth',
  prediction: 'prediction',
} as const satisfies Record<Role, string>;
