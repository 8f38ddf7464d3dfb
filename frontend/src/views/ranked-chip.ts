// SPDX-License-Identifier: Apache-2.0
/** Chips that are coloured by rank. */
import type {SampleRow, TagModel} from '../store/data.js';
import {isolated} from '../texts/isolated.js';
import {metricName} from './metric-text.js';
import type {PaneChip} from './pane-notes.js';
import {rankOf, rankTone} from './ranks.js';

/** A run's chip, coloured and explained by where it stands among the runs on this sample. */
export function rankedChip(
  chip: PaneChip | undefined,
  {runs, metric, lowerIsBetter}: TagModel,
  {metrics}: SampleRow,
  run: string,
): PaneChip | undefined {
  if (chip === undefined || metric === null) {
    return chip;
  }
  const values = runs.map((other) => metrics.get(other.run)?.[metric]);
  const rank = rankOf(metrics.get(run)?.[metric], values, lowerIsBetter.has(metric));
  if (rank === undefined) {
    return {...chip, tone: 'plain'};
  }
  const areApart = new Set(runs.map(({step}) => step)).size > 1;
  const place = `place ${rank.place} of ${rank.of} runs on this sample by ${isolated(metricName(metric))}`;
  return {
    ...chip,
    title: `${chip.title}; ${place}${areApart ? ', at steps that differ' : ''}`,
    tone: rankTone(rank),
  };
}
