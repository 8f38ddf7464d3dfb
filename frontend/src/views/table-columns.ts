// SPDX-License-Identifier: Apache-2.0
/** How wide the columns of a table of samples are. */
import {clamp} from '../clamp.js';
import type {TagModel} from '../store/data.js';
import {hasInstability} from '../store/ranking.js';

/** CSS pixels of the columns whose width is always the same. */
const WIDTHS = {flag: 30, change: 96, instability: 96, curve: 118} as const;
const LEAST_LEAD = 110;
const MOST_LEAD = 138;
const LEAST_SAMPLE = 164;
const MOST_SAMPLE = 260;
const LEAST_RUN = 92;
const MOST_RUN = 190;

/** CSS pixels of each column, from left to right; `picture` of those with pictures, `width` of all together. */
export function tableColumns(
  model: Pick<TagModel, 'metric' | 'metricNames' | 'runs'>,
  picture: number,
  width: number,
): readonly number[] {
  const {metric, runs} = model;
  const instability = hasInstability(model) ? [WIDTHS.instability] : [];
  const last = metric === null ? [] : [WIDTHS.change, ...instability, WIDTHS.curve];
  const count = metric === null ? 0 : runs.length;
  const others = [WIDTHS.flag, picture, picture, ...last].reduce((sum, one) => sum + one, 0);
  const room = width - others - LEAST_SAMPLE - count * LEAST_RUN;
  const lead = count > 1 ? [clamp(room, LEAST_LEAD, MOST_LEAD)] : [];
  const {sample, run} = shareWidth(width, others + (lead[0] ?? 0), count);
  const ofRuns = Array<number>(count).fill(run);
  return [WIDTHS.flag, sample, picture, picture, ...ofRuns, ...lead, ...last];
}

/** CSS pixels of the columns of runs and of the sample, which share what the others leave of the width. */
function shareWidth(
  width: number,
  fixed: number,
  runs: number,
): {readonly sample: number; readonly run: number} {
  const free = Math.max(0, width - fixed - LEAST_SAMPLE - runs * LEAST_RUN);
  const sample = Math.floor(Math.min(LEAST_SAMPLE + free / 2, MOST_SAMPLE));
  const left = width - fixed - sample;
  return {
    sample,
    run: Math.floor(clamp(left / Math.max(runs, 1), LEAST_RUN, MOST_RUN)),
  };
}
