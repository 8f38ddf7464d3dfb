// SPDX-License-Identifier: Apache-2.0
/** The chips of a matrix's cells, coloured by rank. */
import type {SampleRow, TagModel} from '../store/data.js';
import type {Side} from '../store/sides.js';
import {isolated} from '../texts/isolated.js';
import {metricName} from './metric-text.js';
import type {PaneChip} from './pane-notes.js';
import {rankOf, rankTone} from './ranks.js';

/** Where A is chosen, how far B is from it is what was asked for; else the metric, by its rank. */
export function cellChip(
  a: Side,
  [first, ...others]: readonly PaneChip[],
  model: TagModel,
  row: SampleRow,
  run: string,
): PaneChip | undefined {
  const isChosen = a.of !== 'groundTruth' && others.length > 0;
  return isChosen ? others.at(-1) : rankedChip(first, model, row, run);
}

/** A run's chip, coloured and explained by where it stands among the runs on this sample. */
function rankedChip(
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
