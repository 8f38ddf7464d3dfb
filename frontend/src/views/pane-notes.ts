// SPDX-License-Identifier: Apache-2.0
/** What stands in the head of a pane beside its name: badges and numbers. */
import {kindOf} from '../kinds/registry.js';
import type {PanePictures} from '../modes/mode.js';
import {modeOf} from '../modes/registry.js';
import type {SampleRow, TagModel} from '../store/data.js';
import {changedRuns} from '../store/sample-rows.js';
import {formatStep} from '../store/steps.js';
import {BEFORE} from '../store/sides.js';
import type {ViewState} from '../store/view.js';
import {isolated} from '../texts/isolated.js';
import {formatChange, formatNumber, formatPercent, isMeasured} from '../texts/numbers.js';
import {phrase, scopedNumber, type NumberScope, type Phrase} from '../texts/scoped-number.js';
import {samplesText} from './averaged-samples.js';
import {compactOffset} from './compact-offset.js';
import {pictureDistance} from './distance.js';
import {metricName, metricWords, toneOf, whyNotMeasured, type Tone} from './metric-text.js';
import {scopedOffset, scopedStep} from './scoped-step.js';
import type {GatheredRun, SamplePictures} from './sample-pictures.js';
import {computedChoice} from './scene-building.js';

export interface PaneBadge {
  readonly text: Phrase;
  /** Where the name beside it would have no room. */
  readonly short?: Phrase;
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

/** Whose numbers a pane shows. */
export type Place = Omit<NumberScope, 'what'>;

export const BADGE_OF_A: PaneBadge = {
  text: ['A'],
  title: 'What the others are compared with',
  tone: 'plain',
};

export function metricChip(
  model: TagModel,
  {run, sampleAtStep}: GatheredRun,
  place: Place & {readonly metric: string},
  value: number | null,
): PaneChip {
  const {metric} = place;
  const name = isolated(metricName(metric));
  if (!isMeasured(value)) {
    const {kind = run.kind, groundTruth, prediction} = sampleAtStep ?? {};
    const why = whyNotMeasured({metric, value, kind}, groundTruth, prediction);
    return {
      text: [metricWords(value)],
      named: `${name} ${metricWords(value)}`,
      title: `${name} was not measured: ${why}`,
      tone: 'plain',
    };
  }
  const mean = run.metrics[metric];
  const averaged = run.averaged[metric];
  const ofSamples = averaged === undefined ? '' : ` (${samplesText(averaged)})`;
  const versus = isMeasured(mean)
    ? `, ${formatChange(value - mean)} against ${formatNumber(mean)}, this run's mean${ofSamples} at step ${formatStep(run.step)}`
    : '';
  return {
    text: [scopedNumber(value, {...place, what: 'value'})],
    named: `${name} ${formatNumber(value)}`,
    title: `${name} ${formatNumber(value)}, prediction against ground truth${versus}`,
    tone: toneOf(value, mean, model.lowerIsBetter.has(metric)),
  };
}

/** While a heatmap is shown as a mask, what counts is how good that mask is. */
export function thresholdChip(
  {display}: ViewState,
  {truth, b}: PanePictures,
  place: Place,
): PaneChip | undefined {
  const {threshold} = display;
  if (threshold === null || truth === undefined || b?.kind !== truth.kind) {
    return undefined;
  }
  const score = kindOf(truth).thresholdScore(truth, b, threshold);
  if (score === undefined) {
    return undefined;
  }
  const {iou} = score;
  const words = metricWords(iou);
  const least = `at least ${formatNumber(threshold)}`;
  return {
    text: isMeasured(iou)
      ? phrase`IoU ${scopedNumber(iou, {...place, what: 'value', metric: 'iou', threshold})}`
      : phrase`IoU ${words}`,
    named: `IoU ${words}, ${least}`,
    title: isMeasured(iou)
      ? `IoU ${words} of what is ${least}`
      : `IoU ${words}: neither picture is ${least}`,
    tone: 'plain',
  };
}

export function runBadges(
  {run, stored, isReference, pinned, before}: GatheredRun,
  place: Place,
): readonly PaneBadge[] {
  const badges: PaneBadge[] = isReference ? [BADGE_OF_A] : [];
  if (pinned !== null) {
    badges.push({
      text: phrase`step ${scopedStep(run.step, place)}`,
      title:
        pinned === BEFORE
          ? 'The step before the one shown'
          : 'It stays at this step while the slider moves',
      tone: 'plain',
    });
  }
  if (before !== undefined) {
    badges.push({
      text: phrase`since ${scopedStep(before, place)}`,
      title: `Compared with the step before of this run, ${formatStep(before)}`,
      tone: 'plain',
    });
  }
  if (run.offset !== 0n) {
    const step = formatStep(run.step);
    const wanted = formatStep(BigInt(run.step) - run.offset);
    const offset = {
      ...scopedOffset(run.offset, run.step, place),
      text: compactOffset(run.offset),
    };
    badges.push({
      text: phrase`${scopedStep(run.step, place)} (${offset})`,
      short: [offset],
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

export function truthBadges(
  row: SampleRow,
  {otherTruth, truth}: SamplePictures,
  {tag, runs}: TagModel,
): readonly PaneBadge[] {
  const badges: PaneBadge[] = [];
  const changed = changedRuns(row, runs);
  if (changed.length > 0) {
    badges.push({
      text: ['changed'],
      title: `The ground truth of this sample changed during training in ${changed.join(', ')}: is the data shuffled?`,
      tone: 'warning',
    });
  }
  return [
    ...badges,
    ...differsBadges(otherTruth, 'ground truth', 'compared with'),
    ...clippedBadges(truth.stored?.clipped, {tag, sample: row.id}),
  ];
}

export function inputBadges(
  {id}: SampleRow,
  {otherInput, input}: SamplePictures,
  tag: string,
): readonly PaneBadge[] {
  return [
    ...differsBadges(otherInput, 'input', 'laid on'),
    ...clippedBadges(input?.stored?.clipped, {tag, sample: id}),
  ];
}

/** `others` are the runs whose picture is another one; what is done with each prediction and its own is `consequence`. */
function differsBadges(
  others: readonly string[],
  what: string,
  consequence: 'compared with' | 'laid on',
): readonly PaneBadge[] {
  if (others.length === 0) {
    return [];
  }
  return [
    {
      text: ['differs'],
      title: `${others.join(', ')} logged another ${what} for this sample; each prediction is ${consequence} its own`,
      tone: 'warning',
    },
  ];
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

/** By how much B differs from A over all: where that is shown, or where A is not what the metric is of. */
export function distanceChip(
  view: ViewState,
  {a, b, computed}: PanePictures,
  place: Place,
  nameOfA: string,
): PaneChip | undefined {
  const choice = a && computedChoice(view, a);
  if (modeOf(view).compares && computed !== undefined && choice !== undefined) {
    const {measure, shown} = choice;
    const scope = {...place, what: 'distance', against: nameOfA, noun: measure} as const;
    const mean = scopedNumber(computed.mean, scope);
    const named = `${measure} ${mean.text}`;
    const title = `Mean ${measure} ${mean.text}, against ${nameOfA}; the picture shows ${shown}`;
    return {text: phrase`${measure} ${mean}`, named, title, tone: 'plain'};
  }
  const isOfMetric = view.a.of === 'groundTruth';
  if ((isOfMetric && !modeOf(view).compares) || a === undefined || b === undefined) {
    return undefined;
  }
  const found = pictureDistance(a, b);
  if (found === undefined) {
    return undefined;
  }
  const {value, name, unit, isShare} = found;
  const scope = {...place, against: nameOfA, noun: name} as const;
  const number = scopedNumber(value, {...scope, what: isShare ? 'share' : 'distance'});
  const text = phrase`${name} ${number}${isShare ? '' : unit}`;
  const words = `${name} ${number.text}${unit}`;
  return {text, named: words, title: `${words}, against ${nameOfA}`, tone: 'plain'};
}

/** Says of a number that it is of pictures as they were drawn, which may each have been rescaled. */
export function drawnChip(chip: PaneChip): PaneChip {
  return {
    ...chip,
    text: [...chip.text, ' as drawn'],
    named: `${chip.named} as drawn`,
    title: `${chip.title}. Of the drawn pictures: what logged them may have scaled each by itself`,
  };
}
