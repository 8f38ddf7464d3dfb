// SPDX-License-Identifier: Apache-2.0
/** The side panel, which arranges the sections of this folder. */
import {LitElement, css, html, nothing} from 'lit';
import {customElement, property, query} from 'lit/decorators.js';
import {intent, type Intent} from '../../store/intents.js';
import type {Page} from '../../store/page.js';
import {INITIAL_VIEW, type ViewState} from '../../store/view.js';
import {controlStyles} from '../../controls/control-styles.js';
import '../../controls/pairs-icon.js';
import './pairs-class-list.js';
import {compareBar} from '../compare/compare-bar.js';
import {isOverlaid, pageKinds} from '../../views/page-kinds.js';
import './pairs-compare.js';
import './pairs-display.js';
import './pairs-run-list.js';
import './pairs-tag-list.js';
import type {PairsTagList} from './pairs-tag-list.js';

/**
 * The side panel: what is shown, and how.
 *
 * @event pairs-intent What the user asks for.
 */
@customElement('pairs-rail')
export class PairsRail extends LitElement {
  static override styles = [
    controlStyles,
    css`
      :host {
        display: flex;
        flex-direction: column;
        min-height: 0;
        border-right: 1px solid var(--pairs-color-line);
        background: var(--pairs-color-surface);
      }
      .sections {
        display: flex;
        flex: 1;
        flex-direction: column;
        gap: 16px;
        min-height: 0;
        padding: 10px 14px 16px;
        overflow: auto;
        scrollbar-width: thin;
      }
      .foot {
        display: flex;
        align-items: center;
        gap: 4px;
        padding: 6px 8px;
        border-top: 1px solid var(--pairs-color-line-2);
        color: var(--pairs-color-ink-2);
      }
      .keys {
        margin-right: auto;
      }
    `,
  ];

  @property({attribute: false}) page: Page | undefined;
  @property({attribute: false}) view: ViewState = INITIAL_VIEW;
  /** The bar of modes, A and B is here, as it has no room of its own. */
  @property({type: Boolean}) stacked = false;

  @query('pairs-tag-list') private tagList!: PairsTagList;

  focusFilter(): void {
    this.tagList.focusFilter();
  }

  override render() {
    const {page, view} = this;
    if (page === undefined) {
      return nothing;
    }
    const kinds = pageKinds(page);
    return html`
      <div class="sections">
        <pairs-tag-list .list=${page.tags} .view=${view}></pairs-tag-list>
        <pairs-run-list
          .list=${page.runs}
          .view=${view}
          .metric=${page.timeline.metric}
          .tag=${page.timeline.tag}
          .step=${page.timeline.step}
          .hparams=${page.hparams}
        ></pairs-run-list>
        ${this.stacked ? compareBar(page, view, 'stacked') : nothing}
        <pairs-compare
          .view=${view}
          .kinds=${kinds.map(({name}) => name)}
          ?overlaid=${isOverlaid(page, view)}
        ></pairs-compare>
        <pairs-class-list
          ?hidden=${page.classes === null}
          .list=${page.classes}
          .view=${view}
        ></pairs-class-list>
        <pairs-display ?hidden=${kinds.length === 0} .view=${view} .kinds=${kinds}></pairs-display>
      </div>
      <div class="foot">
        <button
          class="plain keys"
          title="Keys and help (?)"
          @click=${() => this.#send({type: 'dialog', dialog: 'help'})}
        >
          <kbd>?</kbd> all shortcuts
        </button>
        <button
          class="plain"
          aria-label="Find a command"
          title="Find a command (Ctrl+K)"
          @click=${() => this.#send({type: 'dialog', dialog: 'palette'})}
        >
          <pairs-icon name="search"></pairs-icon>
        </button>
        <button
          class="plain"
          aria-label="Copy a link to this view"
          title="Copy a link to this view (Y)"
          @click=${() => this.#send({type: 'copyLink'})}
        >
          <pairs-icon name="link"></pairs-icon>
        </button>
        <button
          class="plain"
          aria-label="Hide the side panel"
          title="Hide the side panel (\\)"
          @click=${() => this.#send({type: 'rail', collapsed: true})}
        >
          <pairs-icon name="panel-left"></pairs-icon>
        </button>
      </div>
    `;
  }

  #send(detail: Intent): void {
    this.dispatchEvent(intent(detail));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pairs-rail': PairsRail;
  }
}
