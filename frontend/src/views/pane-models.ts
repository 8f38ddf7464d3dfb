// SPDX-License-Identifier: Apache-2.0
/**
 * What each pane of a sample shows and says: heading, score, badges, content and labels. The
 * core of cards, full view and exports.
 */
import type {Metric} from '../api/types.js';
import type {Picture} from '../kinds/kind.js';
import {kindOf} from '../kinds/registry.js';
import type {Size} from '../pixels/raster.js';
import type {ModeContent, PanePictures} from '../modes/mode.js';
import {modeOf, PLAIN_MODE} from '../modes/registry.js';
import type {SampleRow, TagModel} from '../store/data.js';
import {formatStep} from '../store/steps.js';
import type {ViewState} from '../store/view.js';
import {isolated} from '../texts/isolated.js';
import {formatChange, formatNumber, formatPercent, isMeasured} from '../texts/numbers.js';
import {phrase, scopedNumber, type NumberScope, type Phrase} from '../texts/scoped-number.js';
import {gainOf} from './gain.js';
import {metricName, metricWords, toneOf, whyNotMeasured, type Tone} from './metric-text.js';
import type {PixelLabels} from './pixel-labels.js';
import {differenceLines, differenceText, pixelText} from './pixel-values.js';
import {scopedOffset, scopedStep} from './scoped-step.js';
import type {GatheredRun, SamplePictures, Status, GatheredPicture} from './sample-pictures.js';
import {inputContent, isComputed, predictionContent, truthContent} from './scene-building.js';
import type {Point} from './viewport.js';

export interface PaneBadge {
  readonly text: Phrase;
  /** Said in full, on hover and by screen readers. */
  readonly title: string;
  readonly tone: Tone | 'warning';
}

export interface PaneChip {
  readonly text: Phrase;
  /** With the name of what was measured, for where nothing else says it. */
  readonly named: string;
  readonly title: string;
  readonly tone: Tone;
}

/** What one pane shows and says. */
export interface PaneModel {
  readonly key: string;
  readonly heading: string;
  /** For screen readers. */
  readonly description: string;
  readonly color: string | undefined;
  readonly chip: PaneChip | undefined;
  readonly badges: readonly PaneBadge[];
  readonly status: Status;
  readonly content: ModeContent | undefined;
  /** Transparent parts show squares: images, of which alpha is a part. */
  readonly checkered: boolean;
  /** Written on magnified pixels. */
  readonly labels: PixelLabels | undefined;
  /** What the cross-hair reads. */
  readonly picture: Picture | undefined;
  /** What the cross-hair compares it with; present in the panes of predictions that have one. */
  readonly truth: Picture | undefined;
}

export interface PanesRequest {
  readonly model: TagModel;
  readonly row: SampleRow;
  readonly view: ViewState;
  readonly sample: SamplePictures;
  /** Predictions show the ground truth. */
  readonly showsOtherSide: boolean;
  readonly devicePixelRatio: number;
}

export function paneModels(request: PanesRequest): readonly PaneModel[] {
  const {sample} = request;
  return [
    ...(sample.input === undefined ? [] : [inputPane(request, sample.input)]),
    truthPane(request),
    ...sample.runs.map((run, index) => runPane(request, run, index === 0)),
  ];
}

function inputPane({row}: PanesRequest, input: GatheredPicture): PaneModel {
  return {
    ...plainPane(input, input.picture && inputContent({input: input.picture})),
    key: 'input',
    heading: 'Input',
    description: `Input of ${row.id}`,
    badges: [],
    checkered: true,
  };
}

function truthPane({model, row, view, sample, devicePixelRatio}: PanesRequest): PaneModel {
  const {truth} = sample;
  const pictures: PanePictures = {...sample.runs[0]?.pictures, truth: truth.picture};
  return {
    ...plainPane(truth, truth.picture && truthContent(view, pictures, devicePixelRatio)),
    key: 'truth',
    heading: 'Ground truth',
    description: `Ground truth of ${row.id}`,
    badges: truthBadges(row, sample, model.tag),
    checkered: isTranslucent(truth.picture),
  };
}

function plainPane({picture, status}: GatheredPicture, content: ModeContent | undefined) {
  return {
    color: undefined,
    chip: undefined,
    status,
    content,
    labels: labelsOf(picture),
    picture,
    truth: undefined,
  };
}

function runPane(request: PanesRequest, run: GatheredRun, isFirst: boolean): PaneModel {
  const {model, row, view, sample, showsOtherSide, devicePixelRatio} = request;
  const {metric} = model;
  const place: Place = {
    tag: model.tag,
    run: run.run.run,
    step: run.run.step,
    sample: row.id,
  };
  const value = metric === null ? undefined : valueOf(request, run, metric);
  const isRival = isFirst && modeOf(view).compares && view.difference === 'runs';
  const {gain = 1} = gainOf(view, sample) ?? {};
  const shown = {...view, gain, ...(isRival && {mode: PLAIN_MODE})};
  const content =
    run.picture && predictionContent(shown, run.pictures, showsOtherSide, devicePixelRatio);
  const isEmpty = content?.layers.length === 0;
  const compares = modeOf(shown).compares && !showsOtherSide;
  const words = [`Prediction of ${run.run.run} for ${row.id}, step ${formatStep(run.run.step)}`];
  if (metric !== null) {
    words.push(`${metricName(metric)} ${metricWords(value)}`);
  }
  if (compares) {
    words.push('compared with the ground truth');
  }
  return {
    key: `run ${run.run.run}`,
    heading: run.run.run,
    description: words.join(', '),
    color: run.run.color,
    chip:
      thresholdChip(view, run.pictures, place) ??
      (metric === null || value === undefined
        ? undefined
        : metricChip(model, run, {...place, metric}, value)),
    badges: runBadges(run, isRival, place),
    status: isEmpty ? emptyStatus(view, run, sample) : run.status,
    content: isEmpty ? undefined : content,
    checkered: isTranslucent(run.picture) && !compares,
    labels: compares
      ? differenceLabels(run.pictures, sample.frame)
      : labelsOf(showsOtherSide ? run.pictures.truth : run.picture),
    picture: run.picture,
    truth: run.pictures.truth,
  };
}

/** Whose numbers a pane shows. */
type Place = Omit<NumberScope, 'what'>;

/** As the record says; until that is there, as the table of all samples says. */
function valueOf(
  {row}: PanesRequest,
  {run, sampleAtStep}: GatheredRun,
  metric: string,
): Metric | undefined {
  const recorded = sampleAtStep?.metrics[metric];
  return recorded === undefined ? row.metrics.get(run.run)?.[metric] : recorded;
}

/** Why a comparison has nothing to show. */
function emptyStatus(view: ViewState, run: GatheredRun, sample: SamplePictures): Status {
  const {difference, marked} = view;
  if (run.status.state !== 'ready') {
    return run.status;
  }
  if (sample.truth.status.state === 'loading') {
    return sample.truth.status;
  }
  if (run.pictures.truth === undefined) {
    return missing('There is no ground truth to compare with.');
  }
  if (difference === 'steps' && marked === null) {
    return missing('Mark a step (M) to compare this one with.');
  }
  if (difference === 'steps' || isComputed(view, run.pictures.truth)) {
    return {state: 'loading'};
  }
  return missing('The two pictures are of different kinds.');
}

function missing(message: string): Status {
  return {state: 'missing', message};
}

function metricChip(
  model: TagModel,
  {run, sampleAtStep}: GatheredRun,
  place: Place & {readonly metric: string},
  value: number | null,
): PaneChip {
  const {metric} = place;
  const name = isolated(metricName(metric));
  if (!isMeasured(value)) {
    const why = whyNotMeasured(metric, value, sampleAtStep?.groundTruth, sampleAtStep?.prediction);
    return {
      text: [metricWords(value)],
      named: `${name} ${metricWords(value)}`,
      title: `${name} was not measured: ${why}`,
      tone: 'plain',
    };
  }
  const mean = run.metrics[metric];
  const versus = isMeasured(mean)
    ? `, ${formatChange(value - mean)} against ${formatNumber(mean)}, this run's mean at step ${formatStep(run.step)}`
    : '';
  return {
    text: [scopedNumber(value, {...place, what: 'value'})],
    named: `${name} ${formatNumber(value)}`,
    title: `${name} ${formatNumber(value)}${versus}`,
    tone: toneOf(value, mean, model.lowerIsBetter.has(metric)),
  };
}

/** While a heatmap is shown as a mask, what counts is how good that mask is. */
function thresholdChip(
  {display}: ViewState,
  {truth, prediction}: PanePictures,
  place: Place,
): PaneChip | undefined {
  const {threshold} = display;
  if (threshold === null || truth === undefined || prediction?.kind !== truth.kind) {
    return undefined;
  }
  const iou = kindOf(truth).thresholdScore(truth, prediction, threshold);
  if (iou === undefined) {
    return undefined;
  }
  const words = metricWords(iou);
  const least = `at least ${formatNumber(threshold)}`;
  const noun = `at least ${threshold}`;
  return {
    text: isMeasured(iou)
      ? phrase`IoU ${scopedNumber(iou, {...place, what: 'value', metric: 'iou', noun})}`
      : phrase`IoU ${words}`,
    named: `IoU ${words}, ${least}`,
    title: isMeasured(iou)
      ? `IoU ${words} of what is ${least}`
      : `IoU ${words}: neither picture is ${least}`,
    tone: 'plain',
  };
}

function runBadges(
  {run, stored}: GatheredRun,
  isRival: boolean,
  place: Place,
): readonly PaneBadge[] {
  const badges: PaneBadge[] = [];
  if (isRival) {
    badges.push({text: ['A'], title: 'The run that the others are compared with', tone: 'plain'});
  }
  if (run.offset !== 0n) {
    const step = formatStep(run.step);
    const wanted = formatStep(BigInt(run.step) - run.offset);
    badges.push({
      text: phrase`${scopedStep(run.step, place)} (${scopedOffset(run.offset, run.step, place)})`,
      title: `This run has no step ${wanted}: the nearest one, ${step}, is shown`,
      tone: 'warning',
    });
  }
  if (run.outdated) {
    badges.push({
      text: ['before restart'],
      title: `Step ${formatStep(run.step)} was written before the run was restarted from an earlier step. TensorBoard's own loader keeps that and shows it; with --load_fast=true only what was written last is shown`,
      tone: 'warning',
    });
  }
  return [...badges, ...clippedBadges(stored?.clipped, place)];
}

function truthBadges(
  {id, changed}: SampleRow,
  {otherTruth, truth}: SamplePictures,
  tag: string,
): readonly PaneBadge[] {
  const badges: PaneBadge[] = [];
  if (changed.length > 0) {
    badges.push({
      text: ['changed'],
      title: `The ground truth of this sample changed during training in ${changed.join(', ')}: is the data shuffled?`,
      tone: 'warning',
    });
  }
  if (otherTruth.length > 0) {
    badges.push({
      text: ['differs'],
      title: `${otherTruth.join(', ')} logged another ground truth for this sample; each prediction is compared with its own`,
      tone: 'warning',
    });
  }
  return [...badges, ...clippedBadges(truth.stored?.clipped, {tag, sample: id})];
}

function clippedBadges(clipped: number | undefined, place: Place): readonly PaneBadge[] {
  if (clipped === undefined || clipped === 0) {
    return [];
  }
  const share = formatPercent(clipped);
  return [
    {
      text: phrase`${scopedNumber(clipped, {...place, what: 'share', noun: 'clipped pixels'})} clipped`,
      title: `${share} of the pixels were outside of the range that is stored, and are shown at its end`,
      tone: 'warning',
    },
  ];
}

/** What the cross-hair says in a pane. */
export function tipOf(pane: PaneModel, cursor: Point | null, frame: Size | undefined): string {
  if (cursor === null || frame === undefined || pane.picture === undefined) {
    return '';
  }
  const value = isolated(pixelText(pane.picture, cursor, frame) ?? '');
  if (pane.key === 'truth') {
    return `${Math.floor(cursor.x)},${Math.floor(cursor.y)} · ${value}`;
  }
  const error =
    pane.truth === undefined ? '' : differenceText(pane.truth, pane.picture, cursor, frame);
  return error === '' ? value : `${value} ${error}`;
}

/** What a cross-hair that is moved by keys points at, for those who cannot see it. */
export function spokenCursor(
  panes: readonly PaneModel[],
  cursor: Point | null,
  frame: Size | undefined,
): string {
  return panes.map((pane) => `${isolated(pane.heading)}: ${tipOf(pane, cursor, frame)}`).join('; ');
}

const labelsOfPicture = new WeakMap<Picture, PixelLabels>();

function labelsOf(picture: Picture | undefined): PixelLabels | undefined {
  if (picture === undefined) {
    return undefined;
  }
  const labels = labelsOfPicture.get(picture) ?? {
    grid: picture.raster,
    lines: (x, y) => kindOf(picture).valueTexts(picture, {x, y}),
  };
  labelsOfPicture.set(picture, labels);
  return labels;
}

/** On a difference: by how much, or what instead of what, on the prediction's pixels. */
function differenceLabels(
  {truth, prediction}: PanePictures,
  frame: Size | undefined,
): PixelLabels | undefined {
  if (truth === undefined || prediction === undefined || frame === undefined) {
    return undefined;
  }
  return {
    grid: prediction.raster,
    lines: (x, y) => differenceLines(truth, prediction, x, y, frame),
  };
}

/** Whether squares are seen through it. */
function isTranslucent(picture: Picture | undefined): boolean {
  return picture !== undefined && kindOf(picture).isTranslucent;
}
