// SPDX-License-Identifier: Apache-2.0
/** The one run that a sheet shows, and what follows from it. */
import type {TagSamples} from '../api/types.js';
import type {RunAtStep, TagModel} from '../store/data.js';
import {sampleRanks, type SampleRank} from './sample-ranks.js';

export interface ShownRun {
  readonly of: TagModel;
  readonly history: TagSamples | undefined;
  readonly run: RunAtStep;
  /** Of the run alone. */
  readonly model: TagModel;
  readonly ranks: ReadonlyMap<string, SampleRank>;
}

/** What follows from the model and the run; `before` where none of them is another. */
export function shownRun(
  of: TagModel,
  history: TagSamples | undefined,
  run: RunAtStep,
  before: ShownRun | undefined,
): ShownRun {
  if (before?.of === of && before.run === run && before.history === history) {
    return before;
  }
  const {metric, lowerIsBetter} = of;
  const isLower = metric !== null && lowerIsBetter.has(metric);
  return {
    of,
    history,
    run,
    model: {
      ...of,
      runs: [{...run, offset: 0n}],
      // A may be any of them.
      named: [...of.named, ...of.runs.filter((other) => other !== run)],
    },
    ranks: sampleRanks(history, run, metric, isLower),
  };
}
