// SPDX-License-Identifier: Apache-2.0
/** The worst confusions of a record in words. */
import {LitElement, css, html, nothing} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import {controlStyles} from '../../controls/control-styles.js';
import '../../controls/pairs-name.js';
import {showNumber} from '../../controls/scoped-number.js';
import {swatch, swatchStyles} from '../../controls/swatch.js';
import type {ClassStyle} from '../../kinds/classes.js';
import {cssColor} from '../../pixels/color.js';
import type {ConfusionCell} from '../../store/confusion-matrix.js';
import type {ChosenConfusion} from '../../store/view.js';
import {countOf} from '../../texts/scoped-number.js';
import {chosenIs, chooseConfusion, type RecordScope} from './choosing.js';

/**
 * Which class is taken for which, the worst first; a click shows the samples with it.
 *
 * @event pairs-intent `confusion`, `revealTag`
 */
@customElement('pairs-confusion-list')
export class PairsConfusionList extends LitElement {
  static override styles = [
    controlStyles,
    swatchStyles,
    css`
      :host {
        display: block;
        min-width: 0;
        font-size: 12px;
        font-variant-numeric: tabular-nums;
      }
      ul {
        display: flex;
        flex-direction: column;
        margin: 0;
        padding: 0;
        list-style: none;
      }
      li {
        min-width: 0;
      }
      /* Its text begins where that of what is above and below does. */
      button {
        justify-content: flex-start;
        gap: 5px;
        width: calc(100% + 10px);
        min-height: 24px;
        margin-inline: -5px;
        padding: 1px 4px;
        border-color: transparent;
        background: none;
      }
      button data {
        flex: none;
      }
      /* Long names go on two lines, the number beside them. */
      .pair {
        display: flex;
        flex: 1;
        flex-wrap: wrap;
        gap: 0 5px;
        min-width: 0;
      }
      .class {
        display: inline-flex;
        align-items: center;
        gap: 5px;
        min-width: 0;
        max-width: 100%;
      }
      .for {
        flex: none;
        color: var(--pairs-color-ink-2);
      }
      :host([inline]) ul {
        flex-flow: row wrap;
        gap: 4px 6px;
      }
      :host([inline]) button {
        width: auto;
        max-width: 100%;
        margin-inline: 0;
        border-color: var(--pairs-color-line);
        background: var(--pairs-color-surface);
      }
      :host([inline]) pairs-name {
        max-width: 110px;
      }
    `,
  ];

  /** Off the diagonal, the worst first. */
  @property({attribute: false}) cells: readonly ConfusionCell[] = [];
  @property({attribute: false}) styleOf: ((id: number) => ClassStyle) | undefined;
  @property({attribute: false}) scope: RecordScope | undefined;
  @property({attribute: false}) chosen: ChosenConfusion | null = null;
  /** Beside each other, where there is room. */
  @property({type: Boolean, reflect: true}) inline = false;

  protected override render() {
    const {cells, styleOf, scope} = this;
    if (styleOf === undefined || scope === undefined) {
      return nothing;
    }
    return html`<ul aria-label="Most confused classes">
      ${cells.map((cell) => this.#renderCell(cell, styleOf, scope))}
    </ul>`;
  }

  #renderCell(cell: ConfusionCell, styleOf: (id: number) => ClassStyle, scope: RecordScope) {
    const {truth, predicted, pixels} = cell;
    const isChosen = chosenIs(this.chosen, scope, cell);
    const number = countOf(pixels, 'confused pixels', {...scope, class: truth, predicted});
    return html`<li>
      <button
        aria-pressed=${isChosen ? 'true' : 'false'}
        title=${isChosen ? 'Show all samples again' : `Show the samples of ${scope.run} with it, the most confused first`}
        @click=${() => chooseConfusion(this, scope, cell, isChosen)}
      >
        <span class="pair">
          <span class="class"
            >${swatch(cssColor(styleOf(truth).color))}<pairs-name
              .name=${styleOf(truth).name}
            ></pairs-name
          ></span>
          <span class="class"
            ><span class="for">taken for</span
            >${swatch(cssColor(styleOf(predicted).color))}<pairs-name
              .name=${styleOf(predicted).name}
            ></pairs-name
          ></span>
        </span>
        ${showNumber(number)}<span class="unseen">pixels</span>
      </button>
    </li>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pairs-confusion-list': PairsConfusionList;
  }
}
