// SPDX-License-Identifier: Apache-2.0
/** What is said of a sample before its pictures. */
import type {TagSamples} from '../api/types.js';
import type {SampleRow, TagModel} from '../store/data.js';
import type {ViewState} from '../store/view.js';
import {changeSince, largestChange} from './history.js';
import {changeNote, leadNote, type MetricNote} from './metric-text.js';
import {changeSign} from './table-cells.js';

/** Which run leads, or how the only run changed; where samples are sorted by changes, that of the run that changed most. */
export function sampleNote(
  {sort, marked}: Pick<ViewState, 'sort' | 'marked'>,
  model: TagModel,
  row: SampleRow,
  history: TagSamples | undefined,
): MetricNote | null {
  const {metric, runs, tag} = model;
  if (metric === null) {
    return null;
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
    const values = runs.map((run) => ({run, value: row.metrics.get(run.run)?.[metric]}));
    return leadNote(metric, place, values, lower);
  }
  const change = changeSince(history, only, row.id, metric, marked);
  return change && changeNote(metric, place, only, change, lower);
}
