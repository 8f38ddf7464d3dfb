// SPDX-License-Identifier: Apache-2.0
/** Metrics in words: names, notes on cards, and why a value is absent. */
import type {Metric, PictureMetadata, TagKind} from '../api/types.js';
import {kindNamed} from '../kinds/registry.js';
import type {RunAtStep} from '../store/data.js';
import {formatStep} from '../store/steps.js';
import {isolated} from '../texts/isolated.js';
import {formatMetric, formatNumber, isMeasured} from '../texts/numbers.js';
import {
  countOf,
  phrase,
  scopedCount,
  scopedNumber,
  type NumberScope,
  type Phrase,
} from '../texts/scoped-number.js';
import type {Change} from './history.js';
import {scopedStep} from './scoped-step.js';

/** `good` and `bad` are said against something: the mean of the run, or the other run. */
export type Tone = 'good' | 'bad' | 'plain';

const NAMES: Readonly<Record<string, string>> = {
  iou: 'IoU',
  miou: 'mIoU',
  dice: 'Dice',
  f1: 'F1',
  mae: 'MAE',
  mse: 'MSE',
  rmse: 'RMSE',
  psnr: 'PSNR',
  ssim: 'SSIM',
  lpips: 'LPIPS',
};

/** Ends the names of metrics that the page measured of pictures as they were drawn. */
export const DRAWN = ' as drawn';

/** The usual spelling of well-known metrics; others as they were logged. */
export function metricName(metric: string): string {
  const isDrawn = metric.endsWith(DRAWN);
  const name = isDrawn ? metric.slice(0, -DRAWN.length) : metric;
  return `${NAMES[name.toLowerCase()] ?? name}${isDrawn ? DRAWN : ''}`;
}

/** Better or worse than `reference` by more than `slack` of it. */
export function toneOf(
  value: Metric | undefined,
  reference: Metric | undefined,
  lowerIsBetter: boolean,
  slack = 0.05,
): Tone {
  if (typeof value !== 'number' || typeof reference !== 'number') {
    return 'plain';
  }
  if (!Number.isFinite(value) || !Number.isFinite(reference)) {
    return 'plain';
  }
  const gain = lowerIsBetter ? reference - value : value - reference;
  if (Math.abs(gain) <= slack * Math.abs(reference)) {
    return 'plain';
  }
  return gain > 0 ? 'good' : 'bad';
}

/** A short statement about one metric of one sample, and what it was made of. */
export interface MetricNote {
  /** What it is about, where that is not the metric. */
  readonly subject?: string;
  /** The statement about the run, whose name goes before it. */
  readonly text: Phrase;
  readonly title: string;
  /** The run it is about; `null` when the runs are equal. */
  readonly run: RunAtStep | null;
  readonly tone: Tone;
}

/** What a note is about. */
export interface NotePlace {
  readonly tag: string;
  readonly sample: string;
}

/** Which run is ahead of the next best one, and by how much; `null` unless two runs were measured. */
export function leadNote(
  metric: string,
  place: NotePlace,
  runs: readonly {readonly run: RunAtStep; readonly value: Metric | undefined}[],
  lowerIsBetter: boolean,
): MetricNote | null {
  const measured = runs.filter((entry): entry is {run: RunAtStep; value: number} =>
    isMeasured(entry.value),
  );
  const sorted = [...measured].sort((a, b) =>
    a.value === b.value ? 0 : a.value < b.value === lowerIsBetter ? -1 : 1,
  );
  const [best, next] = sorted;
  if (best === undefined || next === undefined) {
    return null;
  }
  const name = isolated(metricName(metric));
  const isTied = best.value === next.value;
  const compared = isTied ? sorted.filter(({value}) => value === best.value) : [best, next];
  const areApart = compared.some(({run}) => run.step !== best.run.step);
  const said = isTied
    ? phrase`${tieCount(metric, place, compared, areApart)} ${compared.length === sorted.length ? 'are equal' : 'lead equally'}`
    : phrase`leads by ${scopedNumber(Math.abs(best.value - next.value), leadScope(metric, place, best.run, next.run))}`;
  const values = sorted.map(
    ({run, value}) => `${isolated(run.run)} ${formatNumber(value)} at step ${formatStep(run.step)}`,
  );
  return {
    text: areApart ? phrase`${said}, steps differ` : said,
    title: `${name}: ${values.join(', ')}`,
    run: isTied ? null : best.run,
    tone: 'plain',
  };
}

/** `3 runs`: those whose values are the best, and the same. */
function tieCount(
  metric: string,
  place: NotePlace,
  compared: readonly {readonly run: RunAtStep}[],
  areApart: boolean,
): Phrase {
  const step = areApart ? {} : {step: compared[0]!.run.step};
  const runs = compared.map(({run}) => run.run);
  return scopedCount(runs.length, 'run', {...place, ...step, metric, runs});
}

function leadScope(
  metric: string,
  place: NotePlace,
  {run, step}: RunAtStep,
  next: RunAtStep,
): NumberScope {
  return {
    ...place,
    what: 'lead',
    metric,
    run,
    step,
    against: next.run,
    ...(next.step !== step && {againstStep: next.step}),
  };
}

/** How one run changed: `−0.31 since 8 000`. */
export function changeNote(
  metric: string,
  place: NotePlace,
  run: RunAtStep,
  {now, by, since}: Change,
  lowerIsBetter: boolean,
): MetricNote {
  const name = isolated(metricName(metric));
  const scope: NumberScope = {
    ...place,
    what: 'change',
    metric,
    run: run.run,
    step: run.step,
    since,
  };
  return {
    text: phrase`${scopedNumber(by, scope)} since ${scopedStep(since, {tag: place.tag, run: run.run})}`,
    title: `${name} of ${isolated(run.run)}: ${formatNumber(now - by)} at step ${formatStep(since)}, ${formatNumber(now)} at step ${formatStep(run.step)}`,
    run,
    tone: toneOf(by, 0, lowerIsBetter),
  };
}

/** A metric in words. Why a number is absent, `whyNotMeasured` says. */
export function metricWords(value: Metric | undefined): string {
  return isMeasured(value) ? formatMetric(value) : 'not measured';
}

/** In place of a metric, where the record does not hold the sample at all. */
export const NOT_LOGGED = 'not logged';

/** Why a metric of a record has no number, as far as the two pictures tell. */
export function whyNotMeasured(
  {metric, value, kind}: {metric: string; value: Metric | undefined; kind: TagKind},
  truth: PictureMetadata | undefined,
  prediction: PictureMetadata | undefined,
): string {
  if (value !== null && value !== undefined) {
    return 'the value that was logged is NaN';
  }
  if (metric.endsWith(DRAWN)) {
    return whyNotDrawn(truth, prediction);
  }
  // Of metrics that the writer does not work out itself, only their author knows why a number is missing.
  const {ownMetrics} = kindNamed((kind.recoveredFrom ?? kind).name) ?? {};
  if (!ownMetrics?.names.includes(metric) || truth === undefined || prediction === undefined) {
    return 'no value was logged at this step';
  }
  if (sizeText(truth) !== sizeText(prediction)) {
    return otherSizes(truth, prediction);
  }
  if (truth.channels !== prediction.channels) {
    return `the ground truth has ${truth.channels} channels, the prediction ${prediction.channels}`;
  }
  return ownMetrics.whyNone;
}

/** Why the page has no value of a metric that it measures itself. */
function whyNotDrawn(
  truth: PictureMetadata | undefined,
  prediction: PictureMetadata | undefined,
): string {
  const error = truth?.error ?? prediction?.error;
  if (error !== undefined) {
    return error;
  }
  return truth && prediction && sizeText(truth) !== sizeText(prediction)
    ? otherSizes(truth, prediction)
    : 'its pictures were not decoded yet, or have no pixel that is judged';
}

function otherSizes(truth: PictureMetadata, prediction: PictureMetadata): string {
  return `the ground truth is ${sizeText(truth)}, the prediction ${sizeText(prediction)}`;
}

/** `64 × 48`, width first, of one picture. */
function sizePhrase(
  {width, height}: Pick<PictureMetadata, 'width' | 'height'>,
  place: Omit<NumberScope, 'what'>,
): Phrase {
  return phrase`${countOf(width, 'columns', place)} × ${countOf(height, 'rows', place)}`;
}

/** The one size of a pair, or both. */
export function pairSize(
  truth: PictureMetadata,
  prediction: PictureMetadata | undefined,
  place: Omit<NumberScope, 'what'>,
): Phrase {
  if (prediction === undefined || sizeText(truth) === sizeText(prediction)) {
    return sizePhrase(prediction ?? truth, place);
  }
  return phrase`${sizePhrase(truth, {...place, picture: 'Ground truth'})}, prediction ${sizePhrase(prediction, place)}`;
}

/** Pairs of the same sizes have the same one. */
export function pairSizeText(truth: PictureMetadata, prediction = truth): string {
  return `${sizeText(truth)}, ${sizeText(prediction)}`;
}

/** The same as plain text. */
function sizeText({width, height}: Pick<PictureMetadata, 'width' | 'height'>): string {
  return `${width} × ${height}`;
}
