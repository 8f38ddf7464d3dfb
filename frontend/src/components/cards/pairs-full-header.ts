// SPDX-License-Identifier: Apache-2.0
/** The one line above the pictures of the full view: which sample it is, how it is compared, and what else it can do. */
import {LitElement, css, html, nothing} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import '../../controls/pairs-icon.js';
import {controlStyles} from '../../controls/control-styles.js';
import {showNumber} from '../../controls/scoped-number.js';
import type {LegendEntry} from '../../kinds/legend.js';
import type {SampleRow, TagModel} from '../../store/data.js';
import {intent, type Intent} from '../../store/intents.js';
import {countOf} from '../../texts/scoped-number.js';
import type {MenuItem} from '../../views/menu-item.js';
import type {ZoomTarget} from '../../views/pane-keys.js';
import {shareIntent, shareItems} from '../../views/share-items.js';
import './pairs-legend.js';
import './pairs-menu.js';

const MENU: readonly MenuItem[] = [{id: 'values', text: 'Magnify to values', key: '8'}];

declare global {
  interface HTMLElementEventMap {
    'pairs-full-zoom': CustomEvent<ZoomTarget>;
  }
  interface HTMLElementTagNameMap {
    'pairs-full-header': PairsFullHeader;
  }
}

/**
 * The header of the full view.
 *
 * @event pairs-intent What the user asks for.
 * @event pairs-full-zoom The zoom asked for, which depends on the size of the pictures.
 * @slot compare The bar of modes, A and B, where the page has room for it.
 */
@customElement('pairs-full-header')
export class PairsFullHeader extends LitElement {
  static override styles = [
    controlStyles,
    css`
      :host {
        display: block;
      }
      header {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 4px 10px;
        position: relative;
        min-height: 40px;
        padding: 4px 54px 4px 14px;
        border-bottom: 1px solid var(--pairs-color-line);
        background: var(--pairs-color-surface);
      }
      /* Where it is does not depend on how many rows the others take. */
      .close {
        position: absolute;
        top: 5px;
        right: 14px;
      }
      h2 {
        flex: 0 1 auto;
        min-width: 4ch;
        max-width: 240px;
        margin: 0;
        overflow: hidden;
        font-size: 14px;
        font-weight: 600;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .muted {
        flex: 1 1 60px;
        min-width: 0;
      }
      .compare {
        flex: none;
        max-width: 100%;
      }
      /* Two rows then: what there is to compare by in the second one. */
      @media (max-width: 1360px) {
        .compare {
          order: 1;
        }
        pairs-legend {
          order: 2;
        }
      }
      .group {
        display: flex;
        flex: none;
        gap: 4px;
      }
    `,
  ];

  @property({attribute: false}) model!: TagModel;
  @property({attribute: false}) row!: SampleRow;
  @property() caption = '';
  @property({attribute: false}) legend: readonly LegendEntry[] = [];
  @property({type: Boolean}) details = false;

  protected override render() {
    const {model, row} = this;
    const at = model.rows.indexOf(row);
    // Disabled, the button that was pressed last would lose the focus.
    const isFirst = at === 0;
    const isLast = at === model.rows.length - 1;
    return html`<header>
      <span class="group">
        <button
          aria-label="Previous sample"
          title="Previous sample (↑)"
          aria-disabled=${isFirst ? 'true' : 'false'}
          @click=${isFirst ? nothing : this.#intent({type: 'moveSample', by: -1})}
        >
          <pairs-icon name="chevron-left"></pairs-icon>
        </button>
        <button
          aria-label="Next sample"
          title="Next sample (↓)"
          aria-disabled=${isLast ? 'true' : 'false'}
          @click=${isLast ? nothing : this.#intent({type: 'moveSample', by: 1})}
        >
          <pairs-icon name="chevron-right"></pairs-icon>
        </button>
      </span>
      <h2 title=${row.id}>${row.id}</h2>
      ${this.#renderPlace(at)}
      <div class="compare"><slot name="compare"></slot></div>
      <span class="group">
        <button title="Fit (0)" @click=${() => this.#zoom('fit')}>Fit</button>
        <button title="One picture pixel per screen pixel (9)" @click=${() => this.#zoom('actual')}>
          1:1
        </button>
        <button
          title="Metrics, classes and values (Shift+I)"
          aria-pressed=${this.details ? 'true' : 'false'}
          @click=${this.#intent({type: 'details', shown: !this.details})}
        >
          Details
        </button>
        <pairs-menu
          label="More about ${row.id}"
          .items=${[...MENU, ...shareItems(model.runs.length)]}
          @pairs-menu-choose=${({detail}: CustomEvent<string>) => this.#choose(detail)}
        ></pairs-menu>
      </span>
      ${this.legend.length === 0 ? nothing : html`<pairs-legend .entries=${this.legend}></pairs-legend>`}
      <button
        class="close"
        aria-label="Close the full view"
        title="Close (Esc)"
        @click=${this.#intent({type: 'close'})}
      >
        <pairs-icon name="x"></pairs-icon>
      </button>
    </header>`;
  }

  #renderPlace(at: number) {
    const {model, row, caption} = this;
    const {tag} = model;
    const place =
      at < 0
        ? ''
        : html`${showNumber(countOf(at + 1, 'place', {tag, sample: row.id}))} of
          ${showNumber(countOf(model.rows.length, 'shown samples', {tag}))}`;
    const parts = [caption, place, tag].filter((part) => part !== '');
    return html`<span class="muted clip" title=${[caption, tag].filter(Boolean).join(' · ')}
      >${parts.map((part, i) => html`${i === 0 ? nothing : ' · '}<bdi>${part}</bdi>`)}</span
    >`;
  }

  #choose(id: string): void {
    if (id === 'values') {
      this.#zoom(id);
      return;
    }
    const {tag} = this.model;
    const chosen = shareIntent(id, {tag, sample: this.row.id});
    if (chosen !== null) {
      this.dispatchEvent(intent(chosen));
    }
  }

  #zoom(detail: ZoomTarget): void {
    this.dispatchEvent(new CustomEvent('pairs-full-zoom', {detail}));
  }

  #intent(detail: Intent): () => void {
    return () => this.dispatchEvent(intent(detail));
  }
}
