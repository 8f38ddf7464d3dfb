// SPDX-License-Identifier: Apache-2.0
/** The table of classes in the full view, counted from the pixels of one sample's two masks. */
import {LitElement, css, html, nothing} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import {cssColor} from '../../pixels/color.js';
import type {Confusion} from '../../kinds/classes.js';
import type {Picture} from '../../kinds/kind.js';
import {kindOf} from '../../kinds/registry.js';
import {intent} from '../../store/intents.js';
import {showNumber} from '../../controls/scoped-number.js';
import {swatch, swatchStyles} from '../../controls/swatch.js';
import {formatCount, isMeasured} from '../../texts/numbers.js';
import {scopedNumber, type NumberScope, type Quantity} from '../../texts/scoped-number.js';

/** Rows of the list of confusions. */
const MOST_PAIRS = 6;

/**
 * How the mask of one sample does, class by class, and which classes it takes for which.
 *
 * @event pairs-intent `isolateClass`.
 */
@customElement('pairs-class-table')
export class PairsClassTable extends LitElement {
  static override styles = [
    swatchStyles,
    css`
      :host {
        display: block;
      }
      table {
        width: 100%;
        border-collapse: collapse;
        font-size: 12px;
        font-variant-numeric: tabular-nums;
      }
      th {
        padding: 2px 4px;
        color: var(--pairs-color-ink-2);
        font-weight: 400;
        text-align: right;
      }
      th:first-child,
      td:first-child {
        padding-left: 0;
        text-align: left;
      }
      td {
        padding: 0 4px;
        text-align: right;
      }
      tbody tr:hover {
        background: var(--pairs-color-hover);
      }
      button {
        display: flex;
        align-items: center;
        gap: 7px;
        width: 100%;
        min-height: 24px;
        padding: 0 4px;
        border: 0;
        border-radius: 4px;
        background: none;
        color: inherit;
        font: inherit;
        text-align: left;
        cursor: pointer;
      }
      button[aria-pressed='true'] {
        background: var(--pairs-color-accent-soft);
        color: var(--pairs-color-accent-ink);
      }
      button:focus-visible {
        outline: var(--pairs-focus-ring);
        outline-offset: -2px;
      }
      .name {
        overflow: hidden;
        max-width: 92px;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .quiet {
        color: var(--pairs-color-ink-2);
      }
      h4 {
        margin: 12px 0 4px;
        color: var(--pairs-color-ink-2);
        font-size: 11px;
        font-weight: 400;
      }
      li {
        display: flex;
        align-items: center;
        gap: 6px;
        min-height: 22px;
        font-size: 12px;
        font-variant-numeric: tabular-nums;
      }
      ul {
        margin: 0;
        padding: 0;
        list-style: none;
      }
      .share {
        margin-inline-start: auto;
      }
    `,
  ];

  @property({attribute: false}) truth: Picture | undefined;
  @property({attribute: false}) prediction: Picture | undefined;
  /** Whose mask it is. */
  @property({attribute: false}) scope: Omit<NumberScope, 'what'> = {};
  @property({attribute: false}) isolated: number | null = null;

  #confusion: Confusion | undefined;

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (!changed.has('truth') && !changed.has('prediction')) {
      return;
    }
    const {truth, prediction} = this;
    this.#confusion =
      truth === undefined || prediction === undefined
        ? undefined
        : kindOf(truth).confusion(truth, prediction);
  }

  protected override render() {
    const confusion = this.#confusion;
    if (confusion === undefined || this.truth === undefined) {
      return nothing;
    }
    return html`<table>
        <thead>
          <tr>
            <th scope="col">Class</th>
            <th scope="col">IoU</th>
            <th scope="col"><abbr title="True positive pixels">TP</abbr></th>
            <th scope="col"><abbr title="False positive pixels">FP</abbr></th>
            <th scope="col"><abbr title="False negative pixels">FN</abbr></th>
          </tr>
        </thead>
        <tbody>
          ${confusion.scores.map(
            ({id, iou, truePositive, falsePositive, falseNegative}) =>
              html`<tr>
                <td>
                  <button
                    aria-pressed=${this.isolated === id ? 'true' : 'false'}
                    title="Show this class alone"
                    @click=${() =>
                      this.dispatchEvent(
                        intent({type: 'isolateClass', id: this.isolated === id ? null : id}),
                      )}
                  >
                    ${this.#renderClass(id)}
                  </button>
                </td>
                <td title=${isMeasured(iou) ? nothing : 'Neither picture holds it'}>
                  ${this.#number('value', iou, {class: id, metric: 'iou'})}
                </td>
                <td>${this.#number('count', truePositive, {class: id, noun: 'true positives'})}</td>
                <td>
                  ${this.#number('count', falsePositive, {class: id, noun: 'false positives'})}
                </td>
                <td>
                  ${this.#number('count', falseNegative, {class: id, noun: 'false negatives'})}
                </td>
              </tr>`,
          )}
        </tbody>
      </table>
      ${this.#renderPairs(confusion)}`;
  }

  #renderPairs({pairs}: Confusion) {
    const wrong = pairs.filter(({truth, predicted}) => truth !== predicted);
    const total = wrong.reduce((sum, {count}) => sum + count, 0);
    if (total === 0) {
      return html`<h4>No pixel of this sample is wrong</h4>`;
    }
    return html`<h4>
        Most confused, of ${this.#number('count', total, {noun: 'wrong pixels'})} wrong pixels of
        this sample
      </h4>
      <ul>
        ${wrong.slice(0, MOST_PAIRS).map(
          ({truth, predicted, count}) =>
            html`<li>
              ${this.#renderClass(truth)}<span class="quiet">taken for</span
              >${this.#renderClass(predicted)}
              <span class="share" title="${formatCount(count)} pixels"
                >${this.#number('share', count / total, {class: truth, predicted, noun: 'wrong pixels'})}</span
              >
            </li>`,
        )}
      </ul>`;
  }

  #number(what: Quantity, value: number, of: Omit<NumberScope, 'what'>) {
    return showNumber(scopedNumber(value, {...this.scope, ...of, what}));
  }

  #renderClass(id: number) {
    const style = kindOf(this.truth!).classStyle(this.truth!, id)!;
    return html`${swatch(cssColor(style.color))}<span class="name" title=${style.name}
        >${style.name}</span
      >`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pairs-class-table': PairsClassTable;
  }
}
