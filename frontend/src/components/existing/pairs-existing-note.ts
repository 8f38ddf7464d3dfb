// SPDX-License-Identifier: Apache-2.0
/** Says of a tag that its pictures are no records: where they come from, and what follows. */
import {LitElement, css, html, nothing} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import {controlStyles} from '../../controls/control-styles.js';
import {showPhrase} from '../../controls/scoped-number.js';
import {plural} from '../../texts/numbers.js';
import {countOf} from '../../texts/scoped-number.js';
import {copyOfFlag} from '../../store/copied-texts.js';
import type {TagModel} from '../../store/data.js';
import {classesRule, type ExistingTag} from '../../store/existing.js';
import {intent} from '../../store/intents.js';
import {INITIAL_VIEW, type ViewState} from '../../store/view.js';
import {existingStory, existingText, measureHint, progressText} from '../../views/existing-text.js';
import {measuresOf} from '../../views/measuring.js';
import {metricName} from '../../views/metric-text.js';
import '../page/pairs-notice.js';

/** Whether runs that are on have such a pair, but none of its steps can be shown. */
export function isEmptyPair({existing, absent}: TagModel): boolean {
  return !absent && existing !== undefined && existing.loaded + existing.unpaired > 0;
}

/**
 * A mark in the header of a section or, `whole`, a notice instead of its cards.
 *
 * @event pairs-intent `rule`, `copy`, `measure`
 */
@customElement('pairs-existing-note')
export class PairsExistingNote extends LitElement {
  static override styles = [
    controlStyles,
    css`
      :host {
        display: inline-flex;
        flex-wrap: wrap;
        gap: 8px;
        align-items: center;
        min-width: 0;
        color: var(--pairs-color-ink-2);
      }
      :host([whole]) {
        display: block;
      }
      .measures {
        display: inline-flex;
        gap: 4px;
        align-items: center;
      }
      .measures button {
        min-height: 22px;
        padding: 0 6px;
      }
    `,
  ];

  @property({attribute: false}) model!: TagModel;
  @property({attribute: false}) view: ViewState = INITIAL_VIEW;
  @property({type: Boolean}) whole = false;

  protected override render() {
    const {existing} = this.model;
    if (existing === undefined) {
      return nothing;
    }
    return this.whole ? this.#renderNotice(existing) : this.#renderMark(existing);
  }

  #renderMark(existing: ExistingTag) {
    const {colors, source} = existing;
    const title = existingStory(existing);
    return html`<span title=${title}>${showPhrase(existingText(existing, this.model.tag))}</span> ${
        colors.length === 0
          ? nothing
          : html`<button
              class="link"
              title="Its ${colors.length} ${plural('colour', colors.length)} become class ids, so that masks’ modes work"
              @click=${() => this.dispatchEvent(intent({type: 'rule', rule: classesRule(existing)}))}
            >
              As classes
            </button>`
      }
      ${
        source.limit === 0
          ? nothing
          : html`<button
              class="link"
              title=${title}
              @click=${() => this.dispatchEvent(intent(copyOfFlag(source)))}
            >
              Keep more
            </button>`
      }
      ${this.#renderMeasures(existing)}`;
  }

  /** They take time, so none is measured until it is asked for. */
  #renderMeasures(existing: ExistingTag) {
    const [run] = this.model.runs;
    const measures = run === undefined ? [] : measuresOf(run.kind);
    if (measures.length === 0) {
      return nothing;
    }
    const {measured} = this.view;
    return html`<span class="measures" role="group" aria-label="Metrics as drawn">
        Metrics${measures.map(({id}) => {
          const isOn = measured.includes(id);
          return html`<button
            aria-pressed=${isOn ? 'true' : 'false'}
            title=${measureHint(metricName(id), existing)}
            @click=${() => this.dispatchEvent(intent({type: 'measure', id, on: !isOn}))}
          >
            ${metricName(id)}
          </button>`;
        })}</span
      >${this.#renderProgress(existing)}`;
  }

  #renderProgress({progress}: ExistingTag) {
    const text = progress && progressText(progress, this.model.tag);
    return text === undefined
      ? nothing
      : html`<span role="status" title=${progress?.error ?? nothing}>${showPhrase(text)}</span>`;
  }

  #renderNotice({note, unpaired}: ExistingTag) {
    const kept = countOf(unpaired, 'predictions', {tag: this.model.tag});
    const text = note ?? [
      'TensorBoard kept other steps of the ground truth than of the prediction: of ',
      ...showPhrase([kept]),
      ` kept ${plural('prediction', unpaired)} none has its ground truth. The importer reads all steps.`,
    ];
    return html`<pairs-notice compact icon="info" heading="Nothing to show of this pair">
      <span>${text}</span>
    </pairs-notice>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pairs-existing-note': PairsExistingNote;
  }
}
