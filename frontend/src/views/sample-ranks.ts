// SPDX-License-Identifier: Apache-2.0
/** Where a sample's metric stands among all samples of one run at one step. */
import type {Metric, TagSamples} from '../api/types.js';
import type {RunAtStep} from '../store/data.js';
import {nearestIndex} from '../store/steps.js';
import {isolated} from '../texts/isolated.js';
import {isMeasured} from '../texts/numbers.js';
import {metricName, type Tone} from './metric-text.js';
import type {PaneChip} from './pane-notes.js';

/** `place` is 1 for the best; equal values share the better place. */
export interface SampleRank {
  readonly place: number;
  readonly of: number;
  readonly tone: Tone;
}

/** Of so many samples, so many are among the best, and as many among the worst. */
const SHARE = 0.1;

/** By sample. The best tenth is green and the worst red; where all are equal none stands out. */
export function sampleRanks(
  history: TagSamples | undefined,
  {run, step}: Pick<RunAtStep, 'run' | 'step'>,
  metric: string | null,
  lowerIsBetter: boolean,
): ReadonlyMap<string, SampleRank> {
  const table = history?.runs[run];
  const scores = metric === null ? undefined : table?.metrics[metric];
  if (table === undefined || scores === undefined) {
    return new Map();
  }
  const column = nearestIndex(table.steps, step);
  return ranked(
    table.samples.map((sample, row) => [sample, scores[row]?.[column]]),
    lowerIsBetter,
  );
}

function ranked(
  values: readonly (readonly [string, Metric | undefined])[],
  lowerIsBetter: boolean,
): ReadonlyMap<string, SampleRank> {
  const measured = values.filter((entry): entry is [string, number] => isMeasured(entry[1]));
  const sign = lowerIsBetter ? 1 : -1;
  const sorted = measured
    .map(([, value]) => value)
    .sort((a, b) => (a === b ? 0 : a < b ? -sign : sign));
  const ends = Math.max(1, Math.floor(sorted.length * SHARE));
  const first = new Map<number, number>();
  const last = new Map<number, number>();
  sorted.forEach((value, place) => {
    if (!first.has(value)) {
      first.set(value, place);
    }
    last.set(value, place);
  });
  return new Map(
    measured.map(([sample, value]) => {
      const better = first.get(value)!;
      const worse = sorted.length - 1 - last.get(value)!;
      const tone =
        better < ends && worse > 0 ? 'good' : worse < ends && better > 0 ? 'bad' : 'plain';
      return [sample, {place: better + 1, of: sorted.length, tone}];
    }),
  );
}

/** A chip of the metric, coloured and explained by the sample's rank. Chips of something else are left as they are. */
export function chipByRank(
  chip: PaneChip | undefined,
  metric: string | null,
  rank: SampleRank | undefined,
): PaneChip | undefined {
  if (chip === undefined || metric === null) {
    return chip;
  }
  const isOfMetric = chip.text.every(
    (part) => typeof part === 'string' || part.scope.noun === undefined,
  );
  if (rank === undefined || !isOfMetric) {
    return {...chip, tone: 'plain'};
  }
  const place = `place ${rank.place} of ${rank.of} samples of this run by ${isolated(metricName(metric))}`;
  return {...chip, title: `${chip.title}; ${place}`, tone: rank.tone};
}
