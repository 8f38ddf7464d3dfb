// SPDX-License-Identifier: Apache-2.0
/** The rail's list of runs, with a filter and the mean metric of each. */
import '@lit-labs/virtualizer';
import {LitElement, css, html, nothing, type PropertyValues} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import {styleMap} from 'lit/directives/style-map.js';
import type {Metric, Step} from '../../api/types.js';
import {NO_SHOWN_HPARAMS, type ShownHparams} from '../../store/hparams.js';
import {intent, type Intent} from '../../store/intents.js';
import type {RunList, RunRow} from '../../store/page.js';
import {formatStep} from '../../store/steps.js';
import type {AveragedSamples} from '../../store/sample-sets.js';
import {INITIAL_VIEW, type ViewState} from '../../store/view.js';
import {controlStyles} from '../../controls/control-styles.js';
import {isolated} from '../../texts/isolated.js';
import {isMeasured} from '../../texts/numbers.js';
import {countOf, scopedNumber} from '../../texts/scoped-number.js';
import {
  averagedPhrase,
  averagedTitle,
  companyOf,
  type Company,
} from '../../views/averaged-samples.js';
import {metricName} from '../../views/metric-text.js';
import {scopedStep} from '../../views/scoped-step.js';
import '../../controls/pairs-name.js';
import {showNumber, showPhrase} from '../../controls/scoped-number.js';
import {runTitle} from '../../views/hparam-text.js';
import {hparamsLineStyles, renderHparamsLine} from '../layouts/hparams-line.js';
import './pairs-run-sort.js';
import {railStyles} from './rail-styles.js';

/** Longer lists draw only the visible rows. */
const MOST_PLAIN_ROWS = 40;
/** Fewer runs than this need no filter. */
const FILTER_FROM = 8;

/**
 * The runs: colour, on or off, and the metric at the step shown. A double click on a name shows that run alone.
 *
 * @event pairs-intent `runFilter`, `showRun`, `showOnlyRun`, `showRuns`
 */
@customElement('pairs-run-list')
export class PairsRunList extends LitElement {
  static override styles = [
    controlStyles,
    railStyles,
    hparamsLineStyles,
    css`
      .row {
        flex-wrap: wrap;
      }
      .row .hparams {
        flex: 1 0 100%;
        margin: -3px 0 2px 41px;
      }
      .of {
        display: flex;
        gap: 0 4px;
        color: var(--pairs-color-ink-2);
        white-space: nowrap;
      }
      .off {
        color: var(--pairs-color-ink-2);
      }
      .off .dot {
        opacity: 0.45;
      }
      .only {
        display: none;
        font-size: 12px;
      }
      .row:hover .only,
      .row:focus-within .only {
        display: inline;
      }
      .row:hover .value,
      .row:focus-within .value {
        display: none;
      }
    `,
  ];

  @property({attribute: false}) list: RunList | undefined;
  @property({attribute: false}) view: ViewState = INITIAL_VIEW;
  /** Name of the metric in the rows. */
  @property({attribute: false}) metric: string | null = null;
  /** The tag that the numbers are of. */
  @property({attribute: false}) tag: string | null = null;
  @property({attribute: false}) hparams: ShownHparams = NO_SHOWN_HPARAMS;
  /** The step shown. */
  @property({attribute: false}) step: Step | null = null;

  #company: Company = companyOf([]);

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('list')) {
      this.#company = companyOf((this.list?.rows ?? []).map(({averaged}) => averaged));
    }
  }

  override render() {
    const {list, view, metric, tag} = this;
    if (list === undefined || list.total === 0) {
      return nothing;
    }
    const {rows, total, shown, filterError} = list;
    const areAllShown = shown === total;
    return html`
      <h2>
        Runs
        <span class="aside">
          ${areAllShown ? nothing : html`${showNumber(countOf(shown, 'shown runs'))} of ${showNumber(countOf(total, 'runs'))} shown · `}
          ${
            total > 1
              ? html`<button
                  class="link"
                  title=${areAllShown ? 'Show the first run only' : 'Show all runs'}
                  @click=${() => this.#send({type: 'showRuns', runs: areAllShown ? rows.slice(0, 1).map(({run}) => run) : this.#allRuns})}
                >
                  ${areAllShown ? 'one' : 'all'}
                </button>`
              : nothing
          }
        </span>
      </h2>
      ${
        metric === null || tag === null
          ? nothing
          : html`<p class="of">
              <span><bdi>${metricName(metric)}</bdi>, mean of </span
              ><pairs-name .name=${tag}></pairs-name>
            </p>`
      }
      ${
        total > FILTER_FROM
          ? html`<input
              class="field"
              type="search"
              placeholder="Filter (regexp)"
              aria-label="Filter runs by regular expression"
              aria-invalid=${filterError === null ? 'false' : 'true'}
              aria-describedby=${filterError === null ? nothing : 'error'}
              spellcheck="false"
              autocomplete="off"
              .value=${view.runFilter}
              @input=${(event: Event) => this.#send({type: 'runFilter', text: (event.target as HTMLInputElement).value})}
            />`
          : nothing
      }
      ${filterError === null ? nothing : html`<p id="error" class="error">${filterError}</p>`}
      ${this.#renderList(rows)}
      <pairs-run-sort .hparams=${this.hparams} .sort=${view.runSort}></pairs-run-sort>
    `;
  }

  /** All that pass the filter: the button's promise is about what is listed. */
  get #allRuns(): readonly string[] {
    return this.list?.rows.map(({run}) => run) ?? [];
  }

  #renderList(rows: readonly RunRow[]) {
    if (rows.length === 0) {
      return html`<p class="muted">No run matches.</p>`;
    }
    if (rows.length <= MOST_PLAIN_ROWS) {
      return html`<div class="list" role="list">${rows.map(this.#renderRow)}</div>`;
    }
    return html`<lit-virtualizer
      class="list"
      role="list"
      scroller
      style="height: 228px"
      .items=${rows}
      .renderItem=${this.#renderRow}
    ></lit-virtualizer>`;
  }

  readonly #renderRow = ({run, color, shown, metric, averaged, step}: RunRow) =>
    html`<div class="row ${shown ? '' : 'off'}" role="listitem">
      <label @dblclick=${() => this.#send({type: 'showOnlyRun', run})}>
        <input
          type="checkbox"
          @dblclick=${(event: Event) => event.stopPropagation()}
          .checked=${shown}
          @change=${(event: Event) => this.#send({type: 'showRun', run, shown: (event.target as HTMLInputElement).checked})}
        />
        <span class="dot" style=${styleMap({background: color})}></span
        ><pairs-name .name=${run} .hint=${runTitle(this.hparams, run)}></pairs-name>
      </label>
      ${
        metric === undefined
          ? nothing
          : html`<span class="value" title=${this.#titleOf(metric, averaged, step)}
              >${showNumber(this.#mean(run, metric, averaged, step))}<small>${showPhrase(averagedPhrase(averaged, this.#company, this.#placeOfMean(run, step)))}</small>${
                step === null || step === this.step
                  ? nothing
                  : html`<small> at ${showNumber(scopedStep(step, this.#place(run)))}</small>`
              }</span
            >`
      }
      <button
        class="link only"
        aria-label="Show ${run} only"
        @click=${() => this.#send({type: 'showOnlyRun', run})}
      >
        only
      </button>
      ${this.#hasLines ? renderHparamsLine(this.hparams, run) : nothing}
    </div>`;

  /** Where they would hide most runs, they are in the tooltip and the header of the run only. */
  get #hasLines(): boolean {
    return (this.list?.total ?? 0) <= FILTER_FROM;
  }

  /** Whose numbers a row holds. */
  #place(run: string) {
    return {run, ...(this.tag !== null && {tag: this.tag})};
  }

  #placeOfMean(run: string, step: Step | null) {
    return {
      ...this.#place(run),
      ...(step !== null && {step}),
      ...(this.metric !== null && {metric: this.metric}),
    };
  }

  #mean(run: string, value: Metric, averaged: AveragedSamples | undefined, step: Step | null) {
    return scopedNumber(value, {
      ...this.#placeOfMean(run, step),
      what: 'mean',
      samples: averaged?.count ?? 'all',
    });
  }

  #titleOf(value: Metric, averaged: AveragedSamples | undefined, step: Step | null): string {
    const what = `${isolated(metricName(this.metric ?? ''))}, mean of ${isolated(this.tag ?? '')}`;
    const at = step === null ? '' : ` at step ${formatStep(step)}`;
    return isMeasured(value)
      ? `${what}${at}${averagedTitle(averaged, this.#company)}`
      : `${what} was not measured${at}`;
  }

  #send(detail: Intent): void {
    this.dispatchEvent(intent(detail));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pairs-run-list': PairsRunList;
  }
}
