// SPDX-License-Identifier: Apache-2.0
/** What is said of a sample before its pictures. */
import type {TagSamples} from '../api/types.js';
import type {RunAtStep, SampleRow, TagModel} from '../store/data.js';
import {INSTABILITY} from '../store/ranking.js';
import {latest} from '../store/resource.js';
import {formatStep} from '../store/steps.js';
import type {ViewState} from '../store/view.js';
import {isolated} from '../texts/isolated.js';
import {formatCount, isMeasured, plural} from '../texts/numbers.js';
import {countOf, phrase, scopedNumber} from '../texts/scoped-number.js';
import {confusionWords} from './class-names.js';
import {changeSince, largestChange} from './history.js';
import {changeNote, leadNote, type MetricNote} from './metric-text.js';
import {changeSign} from './table-cells.js';

/** How often what is chosen is confused in the sample. */
function confusionNote(model: TagModel, {id}: SampleRow): MetricNote | null {
  const {confused, runs, tag} = model;
  const pixels = confused && latest(confused.pixels)?.get(id);
  if (confused === undefined || typeof pixels !== 'number') {
    return null;
  }
  const {run, step, truth, predicted} = confused;
  const scope = {tag, run, step, sample: id, class: truth, predicted};
  const subject = confusionWords(model, confused);
  return {
    subject,
    text: phrase`${countOf(pixels, 'confused pixels', scope)} ${plural('pixel', pixels)}`,
    title: `${subject} in ${formatCount(pixels)} ${plural('pixel', pixels)}, by ${isolated(run)} at step ${formatStep(step)}`,
    run: runs.find((one) => one.run === run) ?? null,
    tone: 'plain',
  };
}

/** How much changed since the step before, in the run in which that is most. */
export function instabilityNote(
  {tag, runs}: TagModel,
  {id, metrics}: SampleRow,
): MetricNote | null {
  let most: {readonly run: RunAtStep; readonly value: number} | null = null;
  for (const run of runs) {
    const value = metrics.get(run.run)?.[INSTABILITY];
    if (isMeasured(value) && (most === null || value > most.value)) {
      most = {run, value};
    }
  }
  if (most === null) {
    return null;
  }
  const {run, value} = most;
  const scope = {tag, run: run.run, step: run.step, sample: id, metric: INSTABILITY} as const;
  const number = scopedNumber(value, {...scope, what: 'value'});
  return {
    subject: INSTABILITY,
    text: [number],
    title: `${isolated(run.run)} at step ${formatStep(run.step)}: ${number.text} of the pixels changed since the record logged before, 0 to 1`,
    run,
    tone: 'plain',
  };
}

/** Which run leads on a sample at the steps shown; `null` unless two runs were measured. */
export function leadOn(
  {tag, metric, runs, lowerIsBetter}: TagModel,
  {id, metrics}: SampleRow,
): MetricNote | null {
  if (metric === null) {
    return null;
  }
  const values = runs.map((run) => ({run, value: metrics.get(run.run)?.[metric]}));
  return leadNote(metric, {tag, sample: id}, values, lowerIsBetter.has(metric));
}

/**
 * Which run leads, or how the only run changed; where samples are sorted by changes, that of the run that changed most, by
 * instability, that of the least stable run, and by a confusion, how often it occurs.
 */
export function sampleNote(
  {sort, marked}: Pick<ViewState, 'sort' | 'marked'>,
  model: TagModel,
  row: SampleRow,
  history: TagSamples | undefined,
): MetricNote | null {
  const {metric, runs, tag} = model;
  const confusion = sort.by === 'confusion' ? confusionNote(model, row) : null;
  if (confusion !== null || metric === null) {
    return confusion;
  }
  if (sort.by === 'unstable') {
    return instabilityNote(model, row);
  }
  const lower = model.lowerIsBetter.has(metric);
  const place = {tag, sample: row.id};
  if (sort.by === 'regressed' || sort.by === 'improved') {
    const sign = changeSign(sort, lower);
    const found = largestChange(history, runs, row.id, metric, model.since, sign);
    return found && changeNote(metric, place, found.run, found.change, lower);
  }
  const [only] = runs;
  if (runs.length !== 1 || only === undefined) {
    return leadOn(model, row);
  }
  const change = changeSince(history, only, row.id, metric, marked);
  return change && changeNote(metric, place, only, change, lower);
}
