// SPDX-License-Identifier: Apache-2.0
/** What stands below the controls of a tag: what its samples are narrowed to, and at which steps they are put in order. */
import {html, nothing} from 'lit';
import '../../controls/pairs-name.js';
import {showNumber, showPhrase} from '../../controls/scoped-number.js';
import type {ConfusedSamples} from '../../store/confused-samples.js';
import type {TagModel} from '../../store/data.js';
import type {Intent} from '../../store/intents.js';
import {isRanked} from '../../store/settle.js';
import {formatStep, parseStep} from '../../store/steps.js';
import type {ViewState} from '../../store/view.js';
import {confusionWords} from '../../views/class-names.js';
import {confusedCounts} from '../../views/confused-counts.js';
import {scopedStep} from '../../views/scoped-step.js';
import {changeToggle} from './change-toggle.js';

type Send = (detail: Intent) => void;

/** At which step samples were put in order, where that is another than the one shown, and since when they are compared. */
export function tagNotes(model: TagModel, view: ViewState, send: Send) {
  const {step, since, confused, filterProblem} = model;
  const {rankedAt, sort, marked} = view;
  const usesMark = sort.by === 'regressed' || sort.by === 'improved';
  const isElsewhere = isRanked(view) && rankedAt !== null && rankedAt !== step;
  const saysSince = usesMark || marked !== null;
  const hasFilter = confused !== undefined || filterProblem !== undefined;
  const isByChange = sort.by === 'unstable' || sort.then?.by === 'unstable';
  if (!isElsewhere && !saysSince && !isByChange && !hasFilter) {
    return nothing;
  }
  return html`<div class="notes">
    ${filterProblem === undefined ? nothing : html`<span id="problem" role="status">${filterProblem}</span>`}
    ${confused === undefined ? nothing : confusedNote(model, confused, send)}
    ${isByChange ? changeToggle(view, send) : nothing}
    ${
      isElsewhere
        ? html`<span
            >as of step ${showNumber(scopedStep(rankedAt))}
            <button
              class="link"
              title="Sort again at this step (S)"
              @click=${() => send({type: 'rankHere'})}
            >
              sort here
            </button></span
          >`
        : nothing
    }
    ${
      saysSince
        ? html`<label
            >since step
            <input
              type="text"
              inputmode="numeric"
              aria-label="Compare with step"
              placeholder=${since === null ? 'first' : formatStep(since)}
              title="Changes are counted from this step: type one, or press M at it. Empty: the first step"
              autocomplete="off"
              .value=${marked === null ? '' : formatStep(marked)}
              @change=${(event: Event) => compareSince(event, view, send)}
          /></label>`
        : nothing
    }
  </div>`;
}

/** What samples and pictures are narrowed to, and the way back. */
function confusedNote(model: TagModel, confused: ConfusedSamples, send: Send) {
  const {tag, run, step, pixels} = confused;
  return html`<span class="confused" role="status"
    >only <b><bdi>${confusionWords(model, confused)}</bdi></b> by
    <pairs-name .name=${run}></pairs-name> at step
    ${showNumber(scopedStep(step, {tag, run}))}${
      pixels.state === 'pending'
        ? ' …'
        : pixels.state === 'error'
          ? `: ${pixels.message}`
          : html`: ${showPhrase(confusedCounts(confused, pixels.value))}`
    }
    <button
      class="link"
      title="Show all samples, and all that is wrong"
      @click=${() => send({type: 'confusion', confusion: null})}
    >
      show all
    </button></span
  >`;
}

/** What is no step changes nothing, and the field says again what holds. */
function compareSince({target}: Event, view: ViewState, send: Send): void {
  const field = target as HTMLInputElement;
  const step = parseStep(field.value);
  if (step === null && field.value.trim() !== '') {
    field.value = view.marked === null ? '' : formatStep(view.marked);
    return;
  }
  send({type: 'markStep', step});
}
