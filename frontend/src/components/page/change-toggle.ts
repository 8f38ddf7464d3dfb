// SPDX-License-Identifier: Apache-2.0
/** The switch between what changed since the step before and what is wrong, for samples sorted by instability. */
import {BEST_DIFFERENCE} from '../../best-difference.js';
import {html, type TemplateResult} from 'lit';
import {CHANGED} from '../../kinds/differing.js';
import {modeOf} from '../../modes/registry.js';
import type {Intent} from '../../store/intents.js';
import {BEFORE, EACH_RUN, isSameSide, runSide, TRUTH} from '../../store/sides.js';
import type {ViewState} from '../../store/view.js';

const SAME_RUN_BEFORE = runSide(null, BEFORE);

export function changeToggle(view: ViewState, send: (intent: Intent) => void): TemplateResult {
  const isShown =
    modeOf(view).compares &&
    view.difference === CHANGED.id &&
    isSameSide(view.a, SAME_RUN_BEFORE) &&
    isSameSide(view.b, EACH_RUN);
  const change: Intent = isShown
    ? {type: 'difference', difference: BEST_DIFFERENCE, sides: {a: TRUTH, b: EACH_RUN}}
    : {type: 'difference', difference: CHANGED.id, sides: {a: SAME_RUN_BEFORE, b: EACH_RUN}};
  return html`<button
    aria-pressed=${isShown ? 'true' : 'false'}
    title=${isShown ? 'Show what differs from the ground truth' : 'Show in red what changed since the step before of each run'}
    @click=${() => send(change)}
  >
    show changes
  </button>`;
}
