// SPDX-License-Identifier: Apache-2.0
/** How good predictions are as masks at the threshold, and at which one they are best; part of the details in the full view. */
import {LitElement, css, html, nothing} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import {styleMap} from 'lit/directives/style-map.js';
import {controlStyles} from '../../controls/control-styles.js';
import '../../controls/pairs-name.js';
import {showNumber} from '../../controls/scoped-number.js';
import {errorMessage} from '../../error-message.js';
import type {Picture} from '../../kinds/kind.js';
import {isSameKind, kindOf} from '../../kinds/registry.js';
import type {BestThreshold, ThresholdScore} from '../../kinds/threshold-score.js';
import type {Step} from '../../api/types.js';
import {intent} from '../../store/intents.js';
import type {LongTask} from '../../store/long-task.js';
import {formatPercent} from '../../texts/numbers.js';
import {countOf, scopedNumber, type NumberScope} from '../../texts/scoped-number.js';
import {bestThreshold, type BestOverSamples} from '../../views/best-threshold.js';

export interface ThresholdRun {
  readonly run: string;
  readonly step: Step;
  /** CSS */
  readonly color: string;
  readonly truth: Picture | undefined;
  readonly prediction: Picture | undefined;
}

type Place = Omit<NumberScope, 'what'>;

const COUNTS = [
  {name: 'Hits', title: 'True positives', noun: 'true positives', of: 'truePositive'},
  {name: 'False alarms', title: 'False positives', noun: 'false positives', of: 'falsePositive'},
  {name: 'Missed', title: 'False negatives', noun: 'false negatives', of: 'falseNegative'},
] as const;

const SCORES = [
  {name: 'Precision', title: 'Hits of all that is predicted', of: 'precision'},
  {name: 'Recall', title: 'Hits of all that is true', of: 'recall'},
  {name: 'IoU', title: 'Hits of all that is predicted or true', of: 'iou'},
  {name: 'Dice', title: 'Twice the hits of all that is predicted and all that is true', of: 'dice'},
] as const;

/**
 * Counts and scores of where pictures are at least the threshold, a column a run, and the threshold with the best IoU.
 *
 * @event pairs-intent `display`
 */
@customElement('pairs-threshold')
export class PairsThreshold extends LitElement {
  static override styles = [
    controlStyles,
    css`
      :host {
        display: block;
        margin-top: 10px;
      }
      table {
        width: 100%;
        border-collapse: collapse;
        font-variant-numeric: tabular-nums;
      }
      th,
      td {
        padding: 1px 4px;
        font-weight: 400;
        text-align: right;
      }
      th[scope='row'] {
        padding-left: 0;
        color: var(--pairs-color-ink-2);
        text-align: left;
      }
      .scroll {
        overflow-x: auto;
      }
      .dot {
        display: inline-block;
        width: 7px;
        height: 7px;
        border-radius: 50%;
      }
      p {
        margin: 6px 0 0;
        color: var(--pairs-color-ink-2);
        font-size: 12px;
      }
      .best button {
        min-height: 24px;
      }
    `,
  ];

  @property({attribute: false}) runs: readonly ThresholdRun[] = [];
  @property({type: Number}) threshold = 0;
  /** The tag and the sample. */
  @property({attribute: false}) scope: Place = {};
  /** How many samples are listed. */
  @property({type: Number}) samples = 0;
  /** Looks through all of them. */
  @property({attribute: false}) searchAll:
    ((task: LongTask) => Promise<BestOverSamples | null>) | undefined;
  /** Another value: what was found over all samples holds no more. */
  @property() subject = '';

  @state() private overAll: BestOverSamples | undefined;
  @state() private done: number | undefined;
  @state() private problem = '';
  #search: AbortController | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stopSearch();
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('subject')) {
      this.#stopSearch();
      this.overAll = undefined;
      this.problem = '';
    }
  }

  protected override render() {
    const {runs} = this;
    const best = runs.map((run) => this.#bestOf(run));
    return html`<div class="scroll">
        <table>
          <thead>
            <tr>
              <th scope="col"></th>
              ${runs.map(({run, color}) => html`<th scope="col" title=${run} aria-label=${run}><span class="dot" style=${styleMap({background: color})}></span></th>`)}
            </tr>
          </thead>
          <tbody>
            ${COUNTS.map(({name, title, noun, of}) => this.#renderRow(name, title, (score, place) => countOf(score[of], noun, place)))}
            ${SCORES.map(({name, title, of}) => this.#renderRow(name, title, (score, place) => scopedNumber(score[of], {...place, what: 'value', metric: of})))}
            ${
              best.every((one) => one === undefined)
                ? nothing
                : this.#renderBest(`Best here`, best, this.scope)
            }
            ${this.overAll === undefined ? nothing : this.#renderOverAll(this.overAll)}
          </tbody>
        </table>
      </div>
      ${this.#renderSearch(best)}`;
  }

  #bestOf({truth, prediction}: ThresholdRun): BestThreshold | undefined {
    return truth === undefined || prediction === undefined
      ? undefined
      : bestThreshold(truth, prediction);
  }

  #renderRow(
    name: string,
    title: string,
    numberOf: (score: ThresholdScore, place: Place) => ReturnType<typeof scopedNumber>,
  ) {
    return html`<tr>
      <th scope="row" title=${title}>${name}</th>
      ${this.runs.map(({run, step, truth, prediction}) => {
        const score =
          truth !== undefined && isSameKind(truth, prediction)
            ? kindOf(truth).thresholdScore(truth, prediction!, this.threshold)
            : undefined;
        const place = {...this.scope, run, step, threshold: this.threshold};
        return html`<td>${score === undefined ? '–' : showNumber(numberOf(score, place))}</td>`;
      })}
    </tr>`;
  }

  #renderBest(name: string, best: readonly (BestThreshold | undefined)[], of: Place) {
    const rowOf = (title: string, cell: (found: BestThreshold, place: Place) => unknown) =>
      html`<tr>
        <th scope="row">${title}</th>
        ${this.runs.map(({run, step}, i) => {
          const found = best[i];
          return html`<td class="best">
            ${found === undefined ? '–' : cell(found, {...of, run, step, metric: 'iou'})}
          </td>`;
        })}
      </tr>`;
    return html`${rowOf(
      name,
      ({threshold}, place) =>
        html`<button class="link" title="Use this threshold" @click=${() => this.#set(threshold)}>
          ${showNumber(scopedNumber(threshold, {...place, what: 'best threshold'}))}
        </button>`,
    )}
    ${rowOf('IoU there', ({threshold, score}, place) =>
      showNumber(scopedNumber(score.iou, {...place, what: 'value', threshold})),
    )}`;
  }

  #renderOverAll({samples, byRun}: BestOverSamples) {
    const {tag = ''} = this.scope;
    const best = this.runs.map(({run}) => byRun.get(run));
    return this.#renderBest('Best over all', best, {tag, samples});
  }

  #renderSearch(best: readonly (BestThreshold | undefined)[]) {
    if (this.problem !== '') {
      return html`<p role="alert">${this.problem}</p>`;
    }
    if (this.done !== undefined) {
      return html`<p role="status">Looking through all samples: ${formatPercent(this.done)}</p>`;
    }
    if (this.searchAll === undefined || best.every((one) => one === undefined)) {
      return nothing;
    }
    const {samples} = this;
    const count = showNumber(countOf(samples, 'listed samples', {tag: this.scope.tag ?? ''}));
    if (this.overAll !== undefined) {
      return html`<p>All: the pixels of the ${count} samples that are listed, together.</p>`;
    }
    return samples < 2
      ? nothing
      : html`<p>
          <button @click=${() => void this.#searchAll()}>
            Best threshold over all ${count} samples
          </button>
        </p>`;
  }

  async #searchAll(): Promise<void> {
    const search = new AbortController();
    this.#search = search;
    this.done = 0;
    try {
      const found = await this.searchAll?.({
        signal: search.signal,
        progress: (done) => (this.done = done),
      });
      search.signal.throwIfAborted();
      if (found === null) {
        this.problem =
          'There is no one best threshold: the ground truths of these samples have more than two values.';
      }
      this.overAll = found ?? undefined;
    } catch (error) {
      if (search.signal.aborted) {
        return;
      }
      this.problem = `The samples could not be looked through: ${errorMessage(error)}.`;
    }
    this.done = undefined;
  }

  #stopSearch(): void {
    this.#search?.abort();
    this.done = undefined;
  }

  #set(threshold: number): void {
    this.dispatchEvent(intent({type: 'display', change: {threshold}}));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pairs-threshold': PairsThreshold;
  }
}
