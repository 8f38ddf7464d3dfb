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
import type {RunAtStep, SampleRow, TagModel} from '../store/data.js';
import {isDrawn} from '../store/existing.js';
import {formatStep} from '../store/steps.js';
import {INPUT, isSameRecord, runSide, TRUTH, type Side} from '../store/sides.js';
import {isVersus, type ViewState} from '../store/view.js';
import {isolated} from '../texts/isolated.js';
import {gainOf} from './gain.js';
import {metricName, metricWords} from './metric-text.js';
import {
  BADGE_OF_A,
  distanceChip,
  drawnChip,
  metricChip,
  runBadges,
  thresholdChip,
  inputBadges,
  truthBadges,
  type PaneBadge,
  type PaneChip,
  type Place,
} from './pane-notes.js';
import type {PixelLabels} from './pixel-labels.js';
import {differenceLabels, differenceText, pixelText} from './pixel-values.js';
import type {GatheredRun, SamplePictures, Status, GatheredPicture} from './sample-pictures.js';
import {comparedContent, computedChoice, inputContent, referenceContent} from './scene-building.js';
import {pairNames, sideLabel, sideName} from './side-names.js';
import type {Point} from './viewport.js';

/** What one pane shows and says. */
export interface PaneModel {
  readonly key: string;
  readonly heading: string;
  /** What it is, for who makes it A. */
  readonly side: Side;
  /** What A and B are called in it, as labels; absent where nothing is compared. */
  readonly names: {readonly a: string; readonly b: string} | undefined;
  /** For screen readers. */
  readonly description: string;
  readonly color: string | undefined;
  /** Metrics first, which are of a prediction against the ground truth. */
  readonly chips: readonly PaneChip[];
  readonly badges: readonly PaneBadge[];
  readonly status: Status;
  readonly content: ModeContent | undefined;
  /** Transparent parts show squares: images, of which alpha is a part. */
  readonly checkered: boolean;
  /** Written on magnified pixels. */
  readonly labels: PixelLabels | undefined;
  /** What the cross-hair reads. */
  readonly picture: Picture | undefined;
  /** The record that it is of. */
  readonly record: Pick<RunAtStep, 'run' | 'step'> | undefined;
  /** What the cross-hair compares it with; absent in panes of which nothing is compared, or that have no A. */
  readonly a: Picture | undefined;
}

export interface PanesRequest {
  readonly model: TagModel;
  readonly row: SampleRow;
  readonly view: ViewState;
  readonly sample: SamplePictures;
  /** B shows A. */
  readonly showsOtherSide: boolean;
  readonly devicePixelRatio: number;
}

export function paneModels(request: PanesRequest): readonly PaneModel[] {
  const {sample, view} = request;
  return [
    ...(sample.input === undefined || view.b.of === 'input'
      ? []
      : [inputPane(request, sample.input)]),
    ...(view.b.of === 'groundTruth' ? [] : [truthPane(request)]),
    ...(sample.reference === undefined ? [] : [comparedPane(request, sample.reference)]),
    ...sample.runs.map((run) => comparedPane(request, run)),
  ];
}

function inputPane({model, row, view, sample}: PanesRequest, input: GatheredPicture): PaneModel {
  return {
    ...plainPane(input, input.picture && inputContent(view, {input: input.picture})),
    key: 'input',
    heading: 'Input',
    side: INPUT,
    description: `Input of ${row.id}`,
    badges: [
      ...(view.a.of === 'input' ? [BADGE_OF_A] : []),
      ...inputBadges(row, sample, model.tag),
    ],
    checkered: true,
  };
}

function truthPane({model, row, view, sample, devicePixelRatio}: PanesRequest): PaneModel {
  const {truth} = sample;
  const pictures: PanePictures = {...sample.runs[0]?.pictures, a: truth.picture};
  return {
    ...plainPane(truth, truth.picture && referenceContent(view, pictures, devicePixelRatio)),
    key: 'truth',
    heading: 'Ground truth',
    side: TRUTH,
    description: `Ground truth of ${row.id}`,
    badges: truthBadges(row, sample, model),
    checkered: isTranslucent(truth.picture),
  };
}

function plainPane({picture, status, run}: GatheredPicture, content: ModeContent | undefined) {
  return {
    color: undefined,
    chips: [],
    names: undefined,
    status,
    content,
    labels: labelsOf(picture),
    picture,
    record: run,
    a: undefined,
  };
}

function comparedPane(request: PanesRequest, run: GatheredRun): PaneModel {
  const {model, row, view, sample, devicePixelRatio} = request;
  const {metric} = model;
  const {isReference, pictures} = run;
  const showsOtherSide = request.showsOtherSide && !isReference;
  const place: Place = {
    tag: model.tag,
    run: run.run.run,
    step: run.run.step,
    sample: row.id,
  };
  const isPrediction = run.of === 'prediction';
  const value = metric === null || !isPrediction ? undefined : valueOf(request, run, metric);
  const {gain = 1} = gainOf(view, sample) ?? {};
  const shown = {...view, gain, ...(isReference && {mode: PLAIN_MODE})};
  const content = run.picture && comparedContent(shown, pictures, showsOtherSide, devicePixelRatio);
  const isEmpty = content?.layers.length === 0;
  const distance = isReference ? undefined : distanceChip(view, pictures, place, sideLabel(view.a));
  const compares = modeOf(shown).compares && !showsOtherSide;
  const words = [describe(run, row)];
  if (metric !== null && isPrediction && run.absence === null) {
    words.push(`${metricName(metric)} ${metricWords(value)}`);
  }
  if (compares) {
    words.push(`compared with ${view.a.of === 'prediction' ? '' : 'the '}${sideName(view.a)}`);
  }
  return {
    ...headingOf(run, view),
    description: words.join(', '),
    color: isPrediction ? run.run.color : undefined,
    chips: [
      thresholdChip(view, pictures, place) ??
        (metric === null || value === undefined
          ? undefined
          : metricChip(model, run, {...place, metric}, value)),
      distance && isDrawn(model.existing) ? drawnChip(distance) : distance,
    ].filter((chip) => chip !== undefined),
    badges: runBadges(run, place),
    status: isEmpty ? emptyStatus(view, run) : run.status,
    content: isEmpty ? undefined : content,
    checkered: isTranslucent(run.picture) && !compares,
    labels: compares
      ? labelsOfDifference(pictures, sample.frame)
      : labelsOf(showsOtherSide ? pictures.a : run.picture),
    picture: run.picture,
    record: run.run,
    a: isReference ? undefined : pictures.a,
  };
}

function describe({of, run, absence}: GatheredRun, row: SampleRow): string {
  if (of === 'prediction' && absence !== null) {
    return absence;
  }
  return of === 'prediction'
    ? `Prediction of ${run.run} for ${row.id}, step ${formatStep(run.step)}`
    : `${of === 'input' ? 'Input' : 'Ground truth'} of ${row.id}`;
}

function headingOf(
  {of, run, pinned, isReference}: GatheredRun,
  {a}: ViewState,
): Pick<PaneModel, 'key' | 'heading' | 'side' | 'names'> {
  if (of !== 'prediction') {
    const side = of === 'input' ? INPUT : TRUTH;
    const heading = sideLabel(side);
    return {key: `b ${of}`, heading, side, names: {a: sideLabel(a), b: heading}};
  }
  const side = runSide(run.run, pinned);
  return {
    key: pinned === null ? `run ${run.run}` : `run ${run.run}@${pinned}`,
    heading: run.run,
    side,
    names: isReference ? undefined : {a: sideLabel(a), b: sideLabel(side)},
  };
}

/** As the record says; until that is there, as the table of all samples says. A record without the sample measured nothing. */
function valueOf(
  {model, row}: PanesRequest,
  {run, sampleAtStep, absence}: GatheredRun,
  metric: string,
): Metric | undefined {
  if (absence !== null) {
    return undefined;
  }
  const recorded = sampleAtStep?.metrics[metric];
  const isShownStep = model.runs.some((shown) => isSameRecord(shown, run));
  return recorded === undefined && isShownStep ? row.metrics.get(run.run)?.[metric] : recorded;
}

/** Why a comparison has nothing to show. */
function emptyStatus(view: ViewState, run: GatheredRun): Status {
  const {a, b, truth} = run.pictures;
  if (run.status.state !== 'ready') {
    return run.status;
  }
  if (run.statusOfA.state !== 'ready' || a === undefined) {
    return run.statusOfA;
  }
  const names = pairNames(view);
  if (b !== undefined && a.kind !== b.kind) {
    return missing(
      `${names.titleOfA} (${a.kind}) and ${names.b} (${b.kind}) are of different kinds: there is no difference between them. Choose another A or B, or another mode.`,
    );
  }
  if (isVersus(view) && truth === undefined) {
    return missing('There is no ground truth to judge by.');
  }
  return computedChoice(view, a) === undefined
    ? missing('There is nothing to compare.')
    : {state: 'loading'};
}

function missing(message: string): Status {
  return {state: 'missing', message};
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
  const error = pane.a === undefined ? '' : differenceText(pane.a, pane.picture, cursor, frame);
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
  const kind = kindOf(picture);
  const labels = labelsOfPicture.get(picture) ?? {
    grid: picture.raster,
    labels: (x, y) => kind.pixelLabels(picture, {x, y}),
    marks: (display, window) => kind.marks?.(picture, display[kind.name], window) ?? [],
  };
  labelsOfPicture.set(picture, labels);
  return labels;
}

/** On a difference: by how much, or what instead of what, on the pixels of B. */
function labelsOfDifference(
  {a, b}: PanePictures,
  frame: Size | undefined,
): PixelLabels | undefined {
  if (a === undefined || b === undefined || frame === undefined) {
    return undefined;
  }
  return {
    grid: b.raster,
    labels: (x, y) => differenceLabels(a, b, x, y, frame),
  };
}

/** Whether squares are seen through it. */
function isTranslucent(picture: Picture | undefined): boolean {
  return picture !== undefined && kindOf(picture).isTranslucent;
}
