// SPDX-License-Identifier: Apache-2.0
/** What the film strip shows: a row for each run of the panes, and the frames in it. */
import type {Step} from '../api/types.js';
import type {DecodedRaster} from '../pixels/raster.js';
import type {ModeContent} from '../modes/mode.js';
import {modeOf, PLAIN_MODE} from '../modes/registry.js';
import type {FetchedPicture, RunAtStep, SampleSource, TagModel} from '../store/data.js';
import type {Intent} from '../store/intents.js';
import type {Resource} from '../store/resource.js';
import {BEFORE, EACH_RUN, runSide} from '../store/sides.js';
import {isVersus, type ViewState} from '../store/view.js';
import {scopedNumber, type ScopedNumber} from '../texts/scoped-number.js';
import {gatherSample, type SamplePictures, type Status} from './sample-pictures.js';
import {comparedContent, isComputed} from './scene-building.js';

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

export function filmFrame(request: FrameRequest, run: RunAtStep, step: Step): Frame {
  const {model, view, source, sample, decode, gain} = request;
  const gathered = gatherSample({
    model: {...model, runs: [{...run, step}], named: [...model.named, ...model.runs]},
    sample,
    view: {...view, mode: PLAIN_MODE, b: EACH_RUN},
    source: {
      get: (tag, name, at, id) => source.get(tag, name, at, id, true),
      blob: (digest) => source.blob(digest),
    },
    decode,
    shown: new Map(),
  });
  const [subject] = gathered.runs;
  const {tag, metric} = model;
  const value = metric === null ? undefined : subject?.sampleAtStep?.metrics[metric];
  const a = subject?.pictures.a;
  // A frame has no computed picture to compare with.
  const isPlain = isVersus(view) || (a !== undefined && isComputed(view, a));
  const mode = modeOf(view).compares && !isPlain ? view.mode : PLAIN_MODE;
  return {
    content: subject?.picture && comparedContent({...view, mode, gain}, subject.pictures, false, 1),
    metric:
      metric === null || value === undefined
        ? undefined
        : scopedNumber(value, {what: 'value', tag, run: run.run, step, sample, metric}),
    reason: reasonOf(subject?.status),
  };
}

function reasonOf(status: Status | undefined): string | undefined {
  return status?.state === 'missing' || status?.state === 'error' ? status.message : undefined;
}
