// SPDX-License-Identifier: Apache-2.0
/**
 * At which step samples are put in order and narrowed down. An order takes a step when it is chosen and keeps it, also while a
 * confusion stands in its place.
 */
import type {Step} from '../api/types.js';
import {needsScores} from './ranking.js';
import type {ReplacedByConfusion, ViewState} from './view.js';

type Ranked = Pick<ViewState, 'sort' | 'sampleFilter' | 'confusion' | 'rankedAt'>;

interface Shown {
  readonly steps: readonly Step[];
  readonly step: Step | null;
}

/** Whether it depends on a step which samples are shown, and in which order. */
export function isRanked({sort, sampleFilter, confusion}: Omit<Ranked, 'rankedAt'>): boolean {
  return confusion !== null || needsScores(sort, sampleFilter);
}

/** The step of an order that is chosen now; while the newest step is shown, none yet (`settle`). */
export function stepRanked(view: Pick<ViewState, 'step'>, shown: Pick<Shown, 'step'>): Step | null {
  return view.step === null ? null : shown.step;
}

/** The step of what joins an order, such as a filter: that of the order, if there is one. */
export function stepJoined(view: ViewState, shown: Shown): Step | null {
  return (isRanked(view) ? view.rankedAt : null) ?? stepRanked(view, shown);
}

/** The step of an order that comes back; a filter that was chosen since, beside an order without a step, keeps its own. */
export function stepReturned(
  {sort, rankedAt}: Pick<ReplacedByConfusion, 'sort' | 'rankedAt'>,
  view: ViewState,
): Step | null {
  return rankedAt ?? (needsScores(sort, view.sampleFilter) ? view.rankedAt : null);
}

/**
 * A ranking at the newest step is of the step shown, which is another one with each tag that the page learns of. It stays at that
 * step before anything else moves it: a step chosen by hand, playback, or steps that were logged since. So does the one that comes
 * back without the confusion.
 */
export function settle(view: ViewState, {steps, step}: Shown): ViewState {
  const {sampleFilter, replaced} = view;
  if (steps.length === 0) {
    return view;
  }
  const settled = view.rankedAt ?? (isRanked(view) ? step : null);
  const isSettledToo = replaced?.rankedAt === null && needsScores(replaced.sort, sampleFilter);
  return settled === view.rankedAt && !isSettledToo
    ? view
    : {
        ...view,
        rankedAt: settled,
        replaced: isSettledToo ? {...replaced, rankedAt: settled} : replaced,
      };
}
