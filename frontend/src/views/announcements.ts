// SPDX-License-Identifier: Apache-2.0
/** What a screen reader announces when the view changes. */
import {modeOf} from '../modes/registry.js';
import type {Snapshot} from '../store/session.js';
import {EACH_RUN, isSameSide} from '../store/sides.js';
import {isolated} from '../texts/isolated.js';
import {formatMetric, isMeasured} from '../texts/numbers.js';
import {metricName} from './metric-text.js';
import {sideLabel, sideName} from './side-names.js';

/** How many runs' metrics are read out. */
const MOST_RUNS = 3;

/** What a screen reader should tell of a change; `null` when there is nothing to tell, or too much, as while playing. */
export function announcement(before: Snapshot, after: Snapshot): string | null {
  const {view, page} = after;
  if (view.playing) {
    return null;
  }
  if (view.mode !== before.view.mode) {
    return modeOf(view).title;
  }
  if (!isSameSide(view.a, before.view.a) || !isSameSide(view.b, before.view.b)) {
    const b = isSameSide(view.b, EACH_RUN) ? 'each run' : sideName(view.b);
    return `A: ${sideName(view.a)}. B: ${b}`;
  }
  if (view.overlay.on !== null && view.overlay.on !== before.view.overlay.on) {
    return view.overlay.on ? 'Overlay on' : 'Overlay off';
  }
  if (view.large !== before.view.large && view.open !== null) {
    return view.large === null ? 'All pictures alike' : `${sideLabel(view.large)}, large`;
  }
  const {step, metric} = page.timeline;
  const hasMoved = step !== null && (step !== before.page.timeline.step || before.view.playing);
  const hasOpened = view.open !== null && view.open.sample !== before.view.open?.sample;
  if (!hasMoved && !hasOpened) {
    return null;
  }
  const scores = page.runs.rows
    .filter((row) => row.shown && isMeasured(row.metric))
    .slice(0, MOST_RUNS)
    .map((row) => `${isolated(row.run)} ${formatMetric(row.metric)}`);
  return [
    ...(hasOpened ? [`Sample ${isolated(view.open.sample)}`] : []),
    ...(hasMoved ? [`Step ${step}`] : []),
    ...(hasMoved && metric !== null && scores.length > 0
      ? [`${isolated(metricName(metric))}: ${scores.join(', ')}`]
      : []),
  ].join('. ');
}
