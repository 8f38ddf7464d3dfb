// SPDX-License-Identifier: Apache-2.0
/** Which classes a run takes for which, over all samples of a record: the worst in words, and all as a matrix. */
import {LitElement, css, html, nothing} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import {styleMap} from 'lit/directives/style-map.js';
import '../../controls/pairs-name.js';
import {showNumber, showPhrase} from '../../controls/scoped-number.js';
import type {ClassStyle} from '../../kinds/classes.js';
import {cssColor} from '../../pixels/color.js';
import {
  worstConfusions,
  type ConfusionCell,
  type ConfusionMatrix,
} from '../../store/confusion-matrix.js';
import {formatPercent} from '../../texts/numbers.js';
import {countOf, phrase, scopedNumber, type NumberScope} from '../../texts/scoped-number.js';

/** Confusions in words. */
const MOST_WORDS = 3;

/** A row is a true class, a column a predicted one; the colour is the share of the row. */
@customElement('pairs-confusion-matrix')
export class PairsConfusionMatrix extends LitElement {
  static override styles = css`
    :host {
      display: block;
      margin-top: 6px;
      font-size: 12px;
      font-variant-numeric: tabular-nums;
    }
    p,
    ul {
      margin: 0 0 6px;
      padding: 0;
      color: var(--pairs-color-ink-2);
      list-style: none;
    }
    li {
      display: flex;
      gap: 5px;
      align-items: center;
      min-width: 0;
    }
    li > data {
      margin-inline-start: auto;
    }
    .swatch {
      display: inline-block;
      flex: none;
      width: 10px;
      height: 10px;
      border-radius: 3px;
    }
    .cells {
      overflow: auto;
      max-height: 320px;
    }
    table {
      border-collapse: collapse;
    }
    th,
    td {
      min-width: 30px;
      padding: 2px 3px;
      font-weight: 400;
      text-align: right;
      white-space: nowrap;
    }
    th {
      position: sticky;
      background: var(--pairs-color-surface);
      left: 0;
      text-align: left;
    }
    thead th {
      top: 0;
      text-align: right;
    }
    td.right {
      color: var(--pairs-color-ink-2);
    }
  `;

  @property({attribute: false}) matrix: ConfusionMatrix | undefined;
  @property({attribute: false}) styleOf: ((id: number) => ClassStyle) | undefined;
  /** Tag, run, step and samples. */
  @property({attribute: false}) scope: Omit<NumberScope, 'what'> = {};

  protected override render() {
    const {matrix, styleOf} = this;
    if (matrix === undefined || styleOf === undefined) {
      return nothing;
    }
    const worst = worstConfusions(matrix);
    return html`${
        worst.length === 0
          ? html`<p>No class is taken for another</p>`
          : html`<ul aria-label="Most confused classes">
              ${worst.slice(0, MOST_WORDS).map((cell) => this.#renderWords(cell, styleOf))}
            </ul>`
      }
      <p>Share of each row: ground truth in rows, prediction in columns</p>
      <div class="cells" tabindex="0" role="group" aria-label="Confusion matrix">
        <table>
          <thead>
            <tr>
              <td></td>
              ${matrix.classes.map((id) => html`<th scope="col">${this.#renderSwatch(styleOf(id))}</th>`)}
            </tr>
          </thead>
          <tbody>
            ${matrix.cells.map(
              (row) =>
                html`<tr>
                  <th scope="row">${this.#renderSwatch(styleOf(row[0]!.truth))}</th>
                  ${row.map((cell) => this.#renderCell(cell, styleOf))}
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
      ${this.#renderNote(matrix)}`;
  }

  #renderSwatch({color, name}: ClassStyle) {
    return html`<span
      class="swatch"
      role="img"
      aria-label=${name}
      title=${name}
      style=${styleMap({background: cssColor(color)})}
    ></span>`;
  }

  #renderWords({truth, predicted, pixels}: ConfusionCell, styleOf: (id: number) => ClassStyle) {
    const of = {...this.scope, class: truth, predicted};
    return html`<li>
      ${this.#renderSwatch(styleOf(truth))}<pairs-name .name=${styleOf(truth).name}></pairs-name>
      taken for ${this.#renderSwatch(styleOf(predicted))}<pairs-name
        .name=${styleOf(predicted).name}
      ></pairs-name>
      ${showNumber(countOf(pixels, 'confused pixels', of))}
    </li>`;
  }

  #renderCell(cell: ConfusionCell, styleOf: (id: number) => ClassStyle) {
    const {truth, predicted, pixels, share} = cell;
    if (share === null || pixels === 0) {
      return html`<td></td>`;
    }
    const isRight = truth === predicted;
    const what = isRight ? 'is right' : `taken for ${styleOf(predicted).name}`;
    const tint = isRight ? '--pairs-color-line' : '--pairs-color-bad';
    const scope = {...this.scope, class: truth, predicted, noun: 'pixels of the class'};
    return html`<td
      class=${isRight ? 'right' : ''}
      title="${styleOf(truth).name} ${what}: ${pixels} pixels, ${formatPercent(share)}"
      style=${styleMap({
        background: `color-mix(in srgb, var(${tint}) ${Math.round(45 * Math.sqrt(share))}%, transparent)`,
      })}
    >
      ${showNumber(scopedNumber(share, {...scope, what: 'share'}))}
    </td>`;
  }

  #renderNote({hidden, omittedPixels}: ConfusionMatrix) {
    const notes = [
      ...(hidden === 0
        ? []
        : [
            phrase`${countOf(hidden, 'hidden classes', this.scope)} less confused classes are not shown`,
          ]),
      ...(omittedPixels === 0
        ? []
        : [
            phrase`${countOf(omittedPixels, 'omitted pixels', this.scope)} pixels of rare confusions were not stored`,
          ]),
    ];
    return notes.map((note) => html`<p>${showPhrase(note)}</p>`);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pairs-confusion-matrix': PairsConfusionMatrix;
  }
}
