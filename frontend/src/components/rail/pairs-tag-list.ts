// SPDX-License-Identifier: Apache-2.0
/** The rail's list of tags, with a filter; a click scrolls to the tag. */
import '@lit-labs/virtualizer';
import {LitElement, css, html, nothing} from 'lit';
import {customElement, property, query} from 'lit/decorators.js';
import type {TagModel} from '../../store/data.js';
import {intent, type Intent} from '../../store/intents.js';
import type {TagList} from '../../store/page.js';
import {INITIAL_VIEW, type ViewState} from '../../store/view.js';
import {controlStyles} from '../../controls/control-styles.js';
import {showNumber} from '../../controls/scoped-number.js';
import {countOf} from '../../texts/scoped-number.js';
import '../../controls/pairs-icon.js';
import '../../controls/pairs-name.js';
import {railStyles} from './rail-styles.js';

/** Longer lists draw only the visible rows. */
const MOST_PLAIN_ROWS = 40;
const PAUSE_MS = 150;

/**
 * The tags: a filter, and a list to pin and to go to them.
 *
 * @event pairs-intent `tagFilter`, `pinTag`, `revealTag`
 */
@customElement('pairs-tag-list')
export class PairsTagList extends LitElement {
  static override styles = [
    controlStyles,
    railStyles,
    css`
      .list {
        max-height: 148px;
      }
      .pin {
        min-height: 22px;
        padding: 2px;
        opacity: 0;
      }
      .row:hover .pin,
      .pin:focus-visible,
      .pin[aria-pressed='true'] {
        opacity: 1;
      }
      @media (hover: none) {
        .pin {
          opacity: 1;
        }
      }
      .pin[aria-pressed='true'] {
        border-color: transparent;
        background: none;
      }
    `,
  ];

  @property({attribute: false}) list: TagList | undefined;
  @property({attribute: false}) view: ViewState = INITIAL_VIEW;

  @query('input') private field!: HTMLInputElement;
  #pause: ReturnType<typeof setTimeout> | undefined;

  /** Puts the cursor in the filter. */
  focusFilter(): void {
    this.field.focus();
    this.field.select();
  }

  override render() {
    const {list, view} = this;
    if (list === undefined) {
      return nothing;
    }
    const {tags, total, filterError} = list;
    const isFiltered = view.tagFilter !== '';
    return html`
      <h2>
        Tags
        ${
          total > 1
            ? html`<span class="aside"
                >${isFiltered ? html`${showNumber(countOf(tags.length, 'listed tags'))} of ` : nothing}${showNumber(countOf(total, 'tags'))}</span
              >`
            : nothing
        }
      </h2>
      <input
        class="field"
        type="search"
        placeholder="Filter (regexp)"
        aria-label="Filter tags by regular expression"
        aria-keyshortcuts="/"
        aria-invalid=${filterError === null ? 'false' : 'true'}
        aria-describedby=${filterError === null ? nothing : 'error'}
        spellcheck="false"
        autocomplete="off"
        .value=${view.tagFilter}
        @input=${this.#onInput}
        @change=${this.#filter}
      />
      ${filterError === null ? nothing : html`<p id="error" class="error">${filterError}</p>`}
      ${total > 1 ? this.#renderList(tags) : nothing}
    `;
  }

  /** Each new filter brings other tags onto the page, so the words are awaited rather than the letters. */
  readonly #onInput = (): void => {
    clearTimeout(this.#pause);
    this.#pause = setTimeout(this.#filter, PAUSE_MS);
  };

  readonly #filter = (): void => {
    clearTimeout(this.#pause);
    if (this.field.value !== this.view.tagFilter) {
      this.#send({type: 'tagFilter', text: this.field.value});
    }
  };

  #renderList(tags: readonly TagModel[]) {
    if (tags.length === 0) {
      return html`<p class="muted">No tag matches.</p>`;
    }
    if (tags.length <= MOST_PLAIN_ROWS) {
      return html`<div class="list" role="list">${tags.map(this.#renderRow)}</div>`;
    }
    return html`<lit-virtualizer
      class="list"
      role="list"
      scroller
      style="height: 148px"
      .items=${tags}
      .renderItem=${this.#renderRow}
    ></lit-virtualizer>`;
  }

  readonly #renderRow = ({tag, pinned}: TagModel) =>
    html`<div class="row" role="listitem">
      <button class="go" @click=${() => this.#send({type: 'revealTag', tag})}>
        <pairs-name .name=${tag}></pairs-name>
      </button>
      <button
        class="plain pin"
        aria-label="Pin ${tag} to the top"
        aria-pressed=${pinned ? 'true' : 'false'}
        @click=${() => this.#send({type: 'pinTag', tag, pinned: !pinned})}
      >
        <pairs-icon name="pin"></pairs-icon>
      </button>
    </div>`;

  #send(detail: Intent): void {
    this.dispatchEvent(intent(detail));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pairs-tag-list': PairsTagList;
  }
}
