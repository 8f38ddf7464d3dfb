// SPDX-License-Identifier: Apache-2.0
/** Which classes a run takes for which, over all samples of a record, as a matrix. */
import {LitElement, css, html, nothing} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import {styleMap} from 'lit/directives/style-map.js';
import {controlStyles} from '../../controls/control-styles.js';
import '../../controls/pairs-name.js';
import {showNumber, showPhrase} from '../../controls/scoped-number.js';
import {swatch, swatchStyles} from '../../controls/swatch.js';
import type {ClassStyle} from '../../kinds/classes.js';
import {cssColor} from '../../pixels/color.js';
import type {ConfusionCell, ConfusionMatrix} from '../../store/confusion-matrix.js';
import type {ChosenConfusion} from '../../store/view.js';
import {formatCount, formatPercent} from '../../texts/numbers.js';
import {countOf, phrase, scopedNumber} from '../../texts/scoped-number.js';
import {hasModifier} from '../behaviors/key-targets.js';
import {KeyboardFocus} from '../behaviors/keyboard-focus.js';
import {chosenIs, chooseConfusion, type RecordScope} from './choosing.js';

/**
 * A row is a true class, a column a predicted one; the colour is the share of the row. A click on a cell shows the samples with that
 * confusion; arrows go from cell to cell, once keys brought the focus there.
 *
 * @event pairs-intent `confusion`, `revealTag`
 */
@customElement('pairs-confusion-matrix')
export class PairsConfusionMatrix extends LitElement {
  static override styles = [
    controlStyles,
    swatchStyles,
    css`
      :host {
        display: block;
        margin-top: 6px;
        font-size: 12px;
        font-variant-numeric: tabular-nums;
      }
      p {
        margin: 0 0 6px;
        color: var(--pairs-color-ink-2);
      }
      .cells {
        overflow: auto;
        max-height: 340px;
        scrollbar-width: thin;
      }
      table {
        border-collapse: collapse;
      }
      th,
      td {
        min-width: 34px;
        padding: 0;
        font-weight: 400;
        text-align: right;
        white-space: nowrap;
      }
      th {
        position: sticky;
        z-index: 1;
        left: 0;
        padding: 2px 4px;
        background: var(--pairs-color-surface);
        text-align: left;
      }
      th pairs-name {
        max-width: 78px;
      }
      thead th {
        top: 0;
        max-width: 34px;
        vertical-align: bottom;
      }
      thead th span {
        writing-mode: vertical-rl;
      }
      thead pairs-name {
        max-width: none;
        max-height: 78px;
      }
      td.right {
        padding: 2px 4px;
        color: var(--pairs-color-ink-2);
      }
      td button {
        justify-content: flex-end;
        width: 100%;
        min-height: 24px;
        padding: 2px 4px;
        border: 1px solid transparent;
        border-radius: 0;
        background: none;
      }
      td button:hover:not(:disabled) {
        border-color: var(--pairs-color-bad);
        background: none;
      }
      td button[aria-pressed='true'] {
        border-color: var(--pairs-color-accent);
        background: none;
        color: inherit;
        font-weight: 600;
        box-shadow: inset 0 0 0 1px var(--pairs-color-accent);
      }
    `,
  ];

  @property({attribute: false}) matrix: ConfusionMatrix | undefined;
  @property({attribute: false}) styleOf: ((id: number) => ClassStyle) | undefined;
  @property({attribute: false}) scope: RecordScope | undefined;
  @property({attribute: false}) chosen: ChosenConfusion | null = null;

  readonly #focus = new KeyboardFocus(this);

  protected override render() {
    const {matrix, styleOf, scope} = this;
    if (matrix === undefined || styleOf === undefined || scope === undefined) {
      return nothing;
    }
    return html`<p>Share of each row: ground truth in rows, prediction in columns</p>
      <div
        class="cells"
        tabindex="0"
        role="group"
        aria-label="Confusion matrix"
        @keydown=${this.#onKeyDown}
      >
        <table>
          <thead>
            <tr>
              <td></td>
              ${matrix.classes.map(
                (id) =>
                  html`<th scope="col">
                    <span>${swatch(cssColor(styleOf(id).color))}</span
                    ><span><pairs-name .name=${styleOf(id).name}></pairs-name></span>
                  </th>`,
              )}
            </tr>
          </thead>
          <tbody>
            ${matrix.cells.map(
              (row) =>
                html`<tr>
                  <th scope="row">
                    ${swatch(cssColor(styleOf(row[0]!.truth).color))}
                    <pairs-name .name=${styleOf(row[0]!.truth).name}></pairs-name>
                  </th>
                  ${row.map((cell) => this.#renderCell(cell, styleOf, scope))}
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
      ${this.#renderNote(matrix, scope)}`;
  }

  #renderCell(cell: ConfusionCell, styleOf: (id: number) => ClassStyle, scope: RecordScope) {
    const {truth, predicted, pixels, share} = cell;
    if (share === null || pixels === 0) {
      return html`<td></td>`;
    }
    const isRight = truth === predicted;
    const what = isRight ? 'is right' : `taken for ${styleOf(predicted).name}`;
    const title = `${styleOf(truth).name} ${what}: ${formatCount(pixels)} pixels, ${formatPercent(share)}`;
    const tint = isRight ? '--pairs-color-line' : '--pairs-color-bad';
    const of = {...scope, class: truth, predicted, noun: 'pixels of the class'};
    const number = showNumber(scopedNumber(share, {...of, what: 'share'}));
    const color = `color-mix(in srgb, var(${tint}) ${Math.round(45 * Math.sqrt(share))}%, transparent)`;
    if (isRight) {
      return html`<td class="right" title=${title} style=${styleMap({background: color})}>
        ${number}
      </td>`;
    }
    const isChosen = chosenIs(this.chosen, scope, cell);
    return html`<td style=${styleMap({background: color})}>
      <button
        tabindex="-1"
        title="${title}. Click to ${isChosen ? 'show all samples again' : 'show the samples with it'}"
        aria-pressed=${isChosen ? 'true' : 'false'}
        @click=${() => chooseConfusion(this, scope, cell, isChosen)}
      >
        ${number}
      </button>
    </td>`;
  }

  #renderNote({hidden, hiddenPixels, omittedPixels}: ConfusionMatrix, scope: RecordScope) {
    const notes = [
      ...(hidden === 0
        ? []
        : [
            phrase`${countOf(hidden, 'hidden classes', scope)} less confused classes, with ${countOf(hiddenPixels, 'hidden pixels', scope)} confused pixels, are not shown`,
          ]),
      ...(omittedPixels === 0
        ? []
        : [
            phrase`${countOf(omittedPixels, 'omitted pixels', scope)} pixels of rare confusions were not stored`,
          ]),
    ];
    return notes.map((note) => html`<p>${showPhrase(note)}</p>`);
  }

  /** Arrows move over the cells that are there; the page's own keys stay its own. */
  readonly #onKeyDown = (event: KeyboardEvent): void => {
    const move = {
      ArrowLeft: [0, -1],
      ArrowRight: [0, 1],
      ArrowUp: [-1, 0],
      ArrowDown: [1, 0],
    }[event.key];
    if (move === undefined || hasModifier(event) || !this.#focus.byKey) {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    const [down, right] = move as [number, number];
    const rows = [...this.renderRoot.querySelectorAll('tbody tr')].map((row) => [...row.children]);
    const focused = this.shadowRoot?.activeElement?.parentElement ?? null;
    let row = rows.findIndex((cells) => focused !== null && cells.includes(focused));
    let column = row < 0 ? 0 : rows[row]!.indexOf(focused!);
    if (row < 0) {
      this.renderRoot.querySelector<HTMLElement>('td button')?.focus();
      return;
    }
    // Cells without a button hold no confusion.
    do {
      row += down;
      column += right;
    } while (rows[row]?.[column]?.querySelector('button') === null);
    rows[row]?.[column]?.querySelector('button')?.focus();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'pairs-confusion-matrix': PairsConfusionMatrix;
  }
}
