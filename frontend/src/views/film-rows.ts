// SPDX-License-Identifier: Apache-2.0
/** What the film strip shows: a row for each run of the panes, and the frames in it. */
import type {RunStep, Step} from '../api/types.js';
import type {DecodedRaster} from '../pixels/raster.js';
import type {ModeContent} from '../modes/mode.js';
import {modeOf, PLAIN_MODE} from '../modes/registry.js';
import type {FetchedPicture, RunAtStep, SampleSource, TagModel} from '../store/data.js';
import type {Intent} from '../store/intents.js';
import type {Resource} from '../store/resource.js';
import {
  BEFORE,
  distinctRecords,
  EACH_RUN,
  isSameSide,
  referenceRun,
  runAt,
  runSide,
  type PredictionSide,
  type Sides,
} from '../store/sides.js';
import {isVersus, type ViewState} from '../store/view.js';
import {scopedNumber, type ScopedNumber} from '../texts/scoped-number.js';
import {gatherSample, type SamplePictures, type Status} from './sample-pictures.js';
import {comparedContent, computedChoice} from './scene-building.js';
import {ShownPictures} from './shown-pictures.js';

/** One run, at the step that its pane shows. */
export interface FilmRun {
  readonly key: string;
  readonly run: RunAtStep;
  /** Which of A and B stays at its step; `null` where the step moves with the slider. */
  readonly pinned: 'a' | 'b' | null;
}

/** A row for each run at its step, A's own pane first; each once. */
export function filmRuns({reference, runs}: SamplePictures): readonly FilmRun[] {
  const rows = [
    ...(reference === undefined ? [] : [{pane: reference, member: 'a' as const}]),
    ...runs.map((pane) => ({pane, member: 'b' as const})),
  ].map(({pane: {run, pinned}, member}): FilmRun => {
    const isPinned = pinned !== null && pinned !== BEFORE;
    return {
      key: isPinned ? `${member} ${run.run}` : run.run,
      run,
      pinned: isPinned ? member : null,
    };
  });
  return [...new Map(rows.map((row) => [row.key, row])).values()];
}

/** What choosing a frame does: the page goes to its step, or a side that stays at a step stays at that one. */
export function frameIntent({run, pinned}: FilmRun, step: Step, view: ViewState): Intent {
  if (pinned === null) {
    return {type: 'step', step};
  }
  const side = view[pinned];
  const name = side.of === 'prediction' ? side.run : run.run;
  return {type: 'sides', change: {[pinned]: runSide(name, step)}};
}

export interface Frame {
  readonly content: ModeContent | undefined;
  readonly metric: ScopedNumber | undefined;
  /** A, where it has not got the frame's step and another is compared instead. */
  readonly nearestOfA: RunStep | undefined;
  /** Why there is no picture, where there will be none. */
  readonly reason: string | undefined;
}

export interface FrameRequest {
  readonly model: TagModel;
  readonly sample: string;
  readonly view: ViewState;
  readonly source: SampleSource;
  readonly decode: (
    picture: FetchedPicture,
    blob: Uint8Array<ArrayBuffer>,
  ) => Resource<DecodedRaster>;
  /** Of the panes: frames under one legend are to be compared with these, and with each other. */
  readonly gain: number;
}

/** Whether a row shows A itself, which is compared with nothing. */
export function isOfA({a, b}: Sides, {run, pinned}: FilmRun): boolean {
  if (a.of !== 'prediction' || a.run !== run.run) {
    return false;
  }
  return a.step === null
    ? pinned === null
    : a.step !== BEFORE && (pinned === 'a' || isSameSide(a, b));
}

/** All runs, as A is read for a frame: where it moves with the slider, at the frame's step. */
function runsAt({named, runs}: TagModel, {a}: Sides, row: FilmRun, step: Step) {
  const all = [...named, ...runs];
  return a.of === 'prediction' && moves(a, row)
    ? all.map((run) => (run.run === a.run ? runAt(run, step) : run))
    : all;
}

/** Whether A is at the step of each frame of a row. */
function moves({step}: PredictionSide, {pinned}: FilmRun): boolean {
  return pinned === null && (step === null || step === BEFORE);
}

/** A at the step that is nearest to a frame's, where it has not got that one. */
function nearestOfA(named: readonly RunAtStep[], {a}: Sides, row: FilmRun): RunStep | undefined {
  if (a.of !== 'prediction' || a.step === BEFORE || !moves(a, row)) {
    return undefined;
  }
  const at = named.find(({run, offset}) => run === a.run && offset !== 0n);
  return at && {run: at.run, step: at.step};
}

/** The records that frames need. */
export function filmRecords(
  model: TagModel,
  view: Sides,
  rows: readonly (FilmRun & {readonly steps: readonly Step[]})[],
): readonly RunStep[] {
  return distinctRecords(
    rows.flatMap((row) =>
      row.steps.flatMap((step) => {
        const own = {...row.run, step};
        const named = runsAt(model, view, row, step);
        const a = referenceRun({named, runs: [own]}, view, own);
        return [own, ...(a === undefined ? [] : [a])].map((at) => ({run: at.run, step: at.step}));
      }),
    ),
  );
}

export function filmFrame(request: FrameRequest, row: FilmRun, step: Step): Frame {
  const {model, view, source, sample, decode, gain} = request;
  const {run} = row;
  const named = runsAt(model, view, row, step);
  const gathered = gatherSample({
    model: {...model, runs: [{...run, step}], named},
    sample,
    view: {...view, mode: PLAIN_MODE, b: EACH_RUN},
    source: {
      get: (tag, name, at, id) => source.get(tag, name, at, id, true),
      blob: (digest) => source.blob(digest),
      need: (...of) => source.need(...of),
    },
    decode,
    shown: new ShownPictures(),
  });
  const [subject] = gathered.runs;
  const {tag, metric} = model;
  const value = metric === null ? undefined : subject?.sampleAtStep?.metrics[metric];
  const a = subject?.pictures.a;
  // A frame has no computed picture to compare with.
  const isPlain =
    isOfA(view, row) ||
    isVersus(view) ||
    (a !== undefined && computedChoice(view, a) !== undefined);
  const compares = modeOf(view).compares && !isPlain;
  const mode = compares ? view.mode : PLAIN_MODE;
  return {
    content: subject?.picture && comparedContent({...view, mode, gain}, subject.pictures, false, 1),
    metric:
      metric === null || value === undefined
        ? undefined
        : scopedNumber(value, {what: 'value', tag, run: run.run, step, sample, metric}),
    nearestOfA: compares ? nearestOfA(named, view, row) : undefined,
    reason: reasonOf(subject?.status),
  };
}

function reasonOf(status: Status | undefined): string | undefined {
  return status?.state === 'missing' || status?.state === 'error' ? status.message : undefined;
}
