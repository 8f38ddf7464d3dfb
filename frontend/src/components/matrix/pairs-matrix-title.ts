// SPDX-License-Identifier: Apache-2.0
/** The line above a sample's cells in the matrix. */
import {LitElement, css, html, nothing} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import {styleMap} from 'lit/directives/style-map.js';
import type {TagSamples} from '../../api/types.js';
import type {SampleRow, TagModel} from '../../store/data.js';
import {intent} from '../../store/intents.js';
import {INITIAL_VIEW, type ViewState} from '../../store/view.js';
import {controlStyles} from '../../controls/control-styles.js';
import '../../controls/pairs-icon.js';
import '../../controls/pairs-name.js';
import {showPhrase} from '../../controls/scoped-number.js';
import {shortNames} from '../../texts/short-names.js';
import type {LegendEntry} from '../../kinds/legend.js';
import {spansOwn} from '../../views/legend.js';
import type {MetricNote} from '../../views/metric-text.js';
import {leadOn, sampleNote} from '../../views/sample-note.js';
import '../cards/pairs-legend.js';

/**
 * A sample's flag, id and caption, what its colours span, and which run leads on it, and before that how it changed where that is the order.
 *
 * @event pairs-intent `open`
 */
@customElement('pairs-matrix-title')
export class PairsMatrixTitle extends LitElement {
  static override styles = [
    controlStyles,
    css`
      :host {
        display: flex;
        align-items: center;
        gap: 8px;
        padding: 0 6px 0 10px;
        box-sizing: border-box;
        font-size: 12px;
      }
      h3 {
        flex: 0 1 auto;
        min-width: 6ch;
        margin: 0;
        overflow: hidden;
        font-size: 12px;
        font-weight: 600;
      }
      .flag {
        flex: none;
        color: var(--pairs-color-accent-ink);
      }
      .caption {
        flex: 1 1 0;
        min-width: 0;
        color: var(--pairs-color-ink-2);
      }
      pairs-legend {
        flex: 0 1 auto;
        flex-wrap: nowrap;
        min-width: 0;
        overflow: hidden;
        white-space: nowrap;
      }
      .note {
        display: inline-flex;
        align-items: center;
        gap: 5px;
        min-width: 0;
        color: var(--pairs-color-ink-2);
        white-space: nowrap;
      }
      .dot {
        flex: none;
        width: 7px;
        height: 7px;
        border-radius: 50%;
      }
      button {
        color: var(--pairs-color-ink-2);
      }
    `,
  ];

  @property({attribute: false}) model!: TagModel;
  @property({attribute: false}) row!: SampleRow;
  @property({attribute: false}) view: ViewState = INITIAL_VIEW;
  @property({attribute: false}) history: TagSamples | undefined;
  @property() caption = '';
  /** Of the row's panes. */
  @property({attribute: false}) legend: readonly LegendEntry[] = [];

  protected override render() {
    const {row, caption} = this;
    return html`${
        row.flagged
          ? html`<pairs-icon class="flag" name="flag" title="Flagged"></pairs-icon>`
          : nothing
      }
      <h3><pairs-name .name=${row.id}></pairs-name></h3>
      <span class="caption clip" title=${caption}>${caption}</span>
      ${spansOwn(this.legend) ? html`<pairs-legend .entries=${this.legend}></pairs-legend>` : nothing}
      ${this.#renderNotes()}
      <button
        class="plain"
        aria-label="Open ${row.id}"
        title="Open full view (Enter)"
        @click=${() => this.dispatchEvent(intent({type: 'open', tag: this.model.tag, sample: row.id}))}
      >
        <pairs-icon name="maximize-2"></pairs-icon>
      </button>`;
  }

  /** Which run is best is asked of a matrix in any order, so what is said of the order stands before it. */
  #renderNotes() {
    const {model, row, view, history} = this;
    const note = sampleNote(view, model, row, history);
    const lead = leadOn(model, row);
    const isOfOrder = note !== null && note.title !== lead?.title;
    return html`${isOfOrder ? this.#renderNote(note) : nothing}${lead === null ? nothing : this.#renderNote(lead)}`;
  }

  #renderNote({run, text, title}: MetricNote) {
    const names = shortNames(this.model.runs.map((one) => one.run));
    return html`<span class="note" title=${title}
      >${
        run === null
          ? nothing
          : html`<span class="dot" style=${styleMap({background: run.color})}></span
              ><pairs-name .name=${names.get(run.run) ?? run.run} .hint=${title}></pairs-name>`
      } <span>${showPhrase(text)}</span></span
    >`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pairs-matrix-title': PairsMatrixTitle;
  }
}
