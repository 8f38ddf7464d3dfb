// SPDX-License-Identifier: Apache-2.0
import {LitElement, css, html, nothing} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import type {Step} from '../../api/types.js';
import {intent, type Intent} from '../../store/intents.js';
import {INITIAL_VIEW, type Order, type ViewState} from '../../store/view.js';
import {controlStyles} from '../../controls/control-styles.js';
import {isolated} from '../../texts/isolated.js';
import '../../controls/pairs-name.js';
import {showNumber} from '../../controls/scoped-number.js';
import {countOf} from '../../texts/scoped-number.js';
import {scopedStep} from '../../views/scoped-step.js';
import {railStyles} from './rail-styles.js';

/**
 * Which samples are shown, and in which order.
 *
 * @event pairs-intent `sort`, `sampleFilter`, `rankHere`, `markStep`
 */
@customElement('pairs-sample-controls')
export class PairsSampleControls extends LitElement {
  static override styles = [
    controlStyles,
    railStyles,
    css`
      .settings {
        grid-template-columns: 46px 1fr 1fr;
      }
      .note {
        display: flex;
        flex-wrap: wrap;
        align-items: baseline;
        justify-content: space-between;
        gap: 0 8px;
        margin-top: 6px;
        color: var(--pairs-color-ink-2);
        font-size: 12px;
      }
    `,
  ];

  @property({attribute: false}) view: ViewState = INITIAL_VIEW;
  @property({attribute: false}) metricNames: readonly string[] = [];
  /** The step shown. */
  @property({attribute: false}) step: Step | null = null;
  @property({type: Number}) runs = 0;
  @property({type: Number}) rows = 0;
  @property({type: Number}) total = 0;

  override render() {
    const {sort, sampleFilter} = this.view;
    const metric = sort.metric ?? this.metricNames[0] ?? null;
    return html`
      <h2>
        Samples
        ${
          this.rows < this.total
            ? html`<span class="aside"
                >${showNumber(countOf(this.rows, 'shown samples'))} of
                ${showNumber(countOf(this.total, 'samples'))}</span
              >`
            : nothing
        }
      </h2>
      <div class="settings">
        <label for="sort">Sort</label>
        <select
          id="sort"
          class="wide"
          @change=${(event: Event) => this.#send({type: 'sort', change: {by: (event.target as HTMLSelectElement).value as Order}})}
        >
          ${this.#orders(metric).map(([by, label]) => html`<option value=${by} ?selected=${by === sort.by}>${label}</option>`)}
        </select>
        ${
          this.metricNames.length > 1
            ? html`<label for="metric">Metric</label>
                <select
                  id="metric"
                  class="wide"
                  @change=${(event: Event) => this.#send({type: 'sort', change: {metric: (event.target as HTMLSelectElement).value}})}
                >
                  ${this.metricNames.map((name) => html`<option value=${name} ?selected=${name === metric}>${name}</option>`)}
                </select>`
            : nothing
        }
        <label for="text">Show</label>
        <input
          id="text"
          class="wide"
          type="search"
          placeholder="id or caption"
          autocomplete="off"
          spellcheck="false"
          .value=${sampleFilter.text}
          @input=${(event: Event) => this.#send({type: 'sampleFilter', change: {text: (event.target as HTMLInputElement).value}})}
        />
        ${
          metric === null
            ? nothing
            : html`<pairs-name id="range" .name=${metric}></pairs-name>
                ${this.#renderBound('min', '≥')} ${this.#renderBound('max', '≤')}`
        }
      </div>
      ${this.#renderNote()}
    `;
  }

  #renderBound(bound: 'min' | 'max', sign: string) {
    const value = this.view.sampleFilter[bound];
    return html`<input
      type="number"
      step="any"
      placeholder=${sign}
      aria-label="${bound === 'min' ? 'Lowest' : 'Highest'} value shown"
      .value=${value === null ? '' : String(value)}
      @input=${(event: Event) => {
        const field = event.target as HTMLInputElement;
        const number =
          field.value === '' || Number.isNaN(field.valueAsNumber) ? null : field.valueAsNumber;
        // A number that is not whole yet, such as `0.` or `-`, changes nothing.
        if (number !== value && !field.validity.badInput) {
          this.#send({type: 'sampleFilter', change: {[bound]: number}});
        }
      }}
    />`;
  }

  #renderNote() {
    const {rankedAt, sort, marked, sampleFilter} = this.view;
    const isRanked =
      (sort.by !== 'dataset' && sort.by !== 'id') ||
      sampleFilter.min !== null ||
      sampleFilter.max !== null;
    const usesMark = sort.by === 'regressed' || sort.by === 'improved';
    return html`
      ${
        isRanked && rankedAt !== null && rankedAt !== this.step
          ? html`<div class="note">
              <span>as of step ${showNumber(scopedStep(rankedAt))}</span>
              <button
                class="link"
                title="Sort again at this step (S)"
                @click=${() => this.#send({type: 'rankHere'})}
              >
                sort here
              </button>
            </div>`
          : nothing
      }
      ${
        usesMark || marked !== null
          ? html`<div class="note">
              <span
                >${marked === null ? 'since the first step' : html`since step ${showNumber(scopedStep(marked))}`}</span
              >
              <button
                class="link"
                title="Compare with the step shown (M)"
                @click=${() => this.#send({type: 'markStep', step: marked === null ? this.step : null})}
              >
                ${marked === null ? 'mark this step' : 'clear mark'}
              </button>
            </div>`
          : nothing
      }
    `;
  }

  #orders(metric: string | null): readonly (readonly [Order, string])[] {
    const plain: readonly (readonly [Order, string])[] = [
      ['dataset', 'as logged'],
      ['id', 'by id'],
    ];
    if (metric === null) {
      return plain;
    }
    return [
      ...plain,
      ['worst', `${isolated(metric)}, worst first`],
      ['best', `${isolated(metric)}, best first`],
      ['regressed', `${isolated(metric)}, most regressed`],
      ['improved', `${isolated(metric)}, most improved`],
      ...(this.runs > 1 ? [['runs', `${isolated(metric)}, runs differ most`] as const] : []),
    ];
  }

  #send(detail: Intent): void {
    this.dispatchEvent(intent(detail));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pairs-sample-controls': PairsSampleControls;
  }
}
