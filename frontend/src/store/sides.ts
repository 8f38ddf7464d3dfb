// SPDX-License-Identifier: Apache-2.0
/** A and B: the two that every mode sets against each other. */
import {recordKey} from '../api/record-key.js';
import type {RunStep, Step} from '../api/types.js';
import type {RunAtStep, TagModel} from './data.js';
import {nearestStep, parseStep} from './steps.js';

/** Of a run the step before the one shown. No step is written so. */
export const BEFORE: Step = 'before';

/** Predictions of a run at a step. */
export interface PredictionSide {
  readonly of: 'prediction';
  /** `null`: each run that is on, in a pane of its own; as A, the run of the pane. */
  readonly run: string | null;
  /** `null`: the step shown, which moves with the slider. `BEFORE`: the run's own step before that. */
  readonly step: Step | null;
}

export type Side = {readonly of: 'groundTruth'} | {readonly of: 'input'} | PredictionSide;

/** What the viewer compares. */
export interface Sides {
  readonly a: Side;
  readonly b: Side;
}

export const TRUTH: Side = {of: 'groundTruth'};
export const INPUT: Side = {of: 'input'};
export const EACH_RUN: PredictionSide = {of: 'prediction', run: null, step: null};

export function runSide(run: string | null, step: Step | null = null): PredictionSide {
  return {of: 'prediction', run, step};
}

export function isSameSide(one: Side, other: Side): boolean {
  return writeSide(one) === writeSide(other);
}

/** As in links: `truth`, `input`, `run`, `run@4000`, `run@before`, `run:unet`, `run:unet@4000`. */
export function writeSide(side: Side): string {
  switch (side.of) {
    case 'groundTruth':
      return 'truth';
    case 'input':
      return 'input';
    case 'prediction': {
      const run = side.run === null ? 'run' : `run:${encodeURIComponent(side.run)}`;
      return side.step === null ? run : `${run}@${side.step}`;
    }
  }
}

/** `undefined` for what `writeSide` never writes. */
export function readSide(text: string): Side | undefined {
  if (text === 'truth' || text === 'input') {
    return text === 'truth' ? TRUTH : INPUT;
  }
  const found = /^run(?::([^@]*))?(?:@(.*))?$/.exec(text);
  if (found === null) {
    return undefined;
  }
  const [, name, at] = found;
  const step = at === undefined ? null : at === BEFORE ? BEFORE : parseStep(at);
  if (at !== undefined && step === null) {
    return undefined;
  }
  try {
    return runSide(name === undefined ? null : decodeURIComponent(name), step);
  } catch {
    return undefined;
  }
}

/** Runs that A or B name. */
export function namedRuns({a, b}: Sides): readonly string[] {
  return [a, b].flatMap((side) =>
    side.of === 'prediction' && side.run !== null ? [side.run] : [],
  );
}

type Runs = Pick<TagModel, 'runs' | 'named'>;

/** What the panes of a card show as B: runs at their steps. A picture that no run predicted is that of the run it is compared with. */
export function comparedRuns(model: Runs, {a, b}: Sides): readonly RunAtStep[] {
  if (b.of === 'prediction') {
    const runs = b.run === null ? model.runs : found(model, b.run);
    return runs.flatMap((run) => runAtSide(run, b) ?? []);
  }
  const runs = a.of === 'prediction' && a.run !== null ? found(model, a.run) : [];
  return runs.length > 0 ? runs : model.runs.slice(0, 1);
}

/** Where A is read for a pane of B: a run at a step; undefined where this tag has not got the run, or not a step before. */
export function referenceRun(model: Runs, {a}: Sides, own: RunAtStep): RunAtStep | undefined {
  if (a.of !== 'prediction') {
    return own;
  }
  const [run] = a.run === null ? [own] : found(model, a.run);
  return run && runAtSide(run, a);
}

/** A, where it has a pane of its own: a prediction that is the same in all panes and is none of B's. */
export function ownPaneOfA(model: Runs, sides: Sides): RunAtStep | undefined {
  const {a} = sides;
  const compared = comparedRuns(model, sides);
  if (a.of !== 'prediction' || a.run === null || compared[0] === undefined) {
    return undefined;
  }
  const run = referenceRun(model, sides, compared[0]);
  const isShown = sides.b.of === 'prediction' && compared.some((other) => isSameRecord(other, run));
  return isShown ? undefined : run;
}

export function isSameRecord(one: RunStep, other: RunStep | undefined): boolean {
  return one.run === other?.run && one.step === other.step;
}

/** Panes of a card. */
export function paneCount(model: Runs, sides: Sides, hasInput: boolean): number {
  return (
    Number(hasInput && sides.b.of !== 'input') +
    Number(sides.b.of !== 'groundTruth') +
    Number(ownPaneOfA(model, sides) !== undefined) +
    comparedRuns(model, sides).length
  );
}

/** The records that panes need while each run stands at `stepOf`. */
export function neededRecords(
  model: Runs,
  {a, b}: Sides,
  stepOf: (run: RunAtStep) => Step | null,
): readonly RunStep[] {
  const moving = [...model.runs, ...model.named].map((run) => ({run: run.run, step: stepOf(run)}));
  const pinned = [a, b].flatMap((side) => {
    if (side.of !== 'prediction' || side.step === null) {
      return [];
    }
    const runs = side.run === null ? model.runs : found(model, side.run);
    return runs.flatMap((run) => {
      const at = runAtSide({...run, step: stepOf(run) ?? run.step}, side);
      return at === undefined ? [] : {run: run.run, step: at.step};
    });
  });
  const places = [...moving, ...pinned].flatMap(({run, step}) =>
    step === null ? [] : [{run, step}],
  );
  return distinctRecords(places);
}

/** Each record once. */
export function distinctRecords(records: readonly RunStep[]): readonly RunStep[] {
  return [...new Map(records.map((record) => [recordKey(record), record])).values()];
}

/** The run at another step, or its nearest. */
export function runAt(run: RunAtStep, step: Step): RunAtStep {
  const at = nearestStep(run.steps, step) ?? run.step;
  // What is known of the step shown is not of this one.
  const known = at === run.step ? {} : {metrics: {}, averaged: {}, outdated: false, wallTime: NaN};
  return {...run, ...known, step: at, offset: BigInt(at) - BigInt(step)};
}

/** Undefined where the run has no step before. */
function runAtSide(run: RunAtStep, {step}: PredictionSide): RunAtStep | undefined {
  if (step === null) {
    return run;
  }
  const at = step === BEFORE ? run.steps[run.steps.indexOf(run.step) - 1] : step;
  return at === undefined ? undefined : runAt(run, at);
}

function found({runs, named}: Runs, name: string): readonly RunAtStep[] {
  const run = [...named, ...runs].find((other) => other.run === name);
  return run === undefined ? [] : [run];
}

/** Whether it can stay at a step: as A, the run of each pane does so already. */
export function pinnable(side: Side, member: keyof Sides): side is PredictionSide {
  return side.of === 'prediction' && side.step !== BEFORE && (member === 'b' || side.run !== null);
}

/** What follows A where one goes over all: the ground truth, the input, each run. */
export function nextSide(a: Side, runs: readonly string[]): Side {
  const all = [TRUTH, INPUT, ...runs.map((run) => runSide(run))];
  const unpinned = a.of === 'prediction' ? runSide(a.run) : a;
  const at = all.findIndex((side) => isSameSide(side, unpinned));
  return all[(at + 1) % all.length]!;
}
