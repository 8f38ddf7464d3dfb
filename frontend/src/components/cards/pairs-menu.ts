// SPDX-License-Identifier: Apache-2.0
/** A menu button with its list, usable by keyboard. It knows nothing of what its items do. */
import {LitElement, css, html} from 'lit';
import {customElement, property, query} from 'lit/decorators.js';
import '../../controls/pairs-icon.js';
import type {MenuItem} from '../../views/menu-item.js';

/**
 * A button that opens a list of actions.
 *
 * @event pairs-menu-choose The id of the chosen item.
 */
@customElement('pairs-menu')
export class PairsMenu extends LitElement {
  static override styles = css`
    :host {
      display: inline-block;
    }
    .button {
      width: 28px;
      height: 28px;
      padding: 0;
      border: 0;
      border-radius: 6px;
      background: none;
      color: var(--pairs-color-ink-2);
      font: inherit;
      display: grid;
      place-items: center;
      cursor: pointer;
    }
    .button:hover {
      background: var(--pairs-color-chip);
      color: var(--pairs-color-ink);
    }
    :focus-visible {
      outline: var(--pairs-focus-ring);
      outline-offset: -2px;
    }
    .list {
      position: fixed;
      inset: auto;
      min-width: 190px;
      margin: 0;
      padding: 4px;
      border: 1px solid var(--pairs-color-line);
      border-radius: 8px;
      background: var(--pairs-color-surface);
      color: var(--pairs-color-ink);
      box-shadow: 0 6px 24px #0003;
    }
    .item {
      display: flex;
      align-items: center;
      gap: 16px;
      width: 100%;
      padding: 5px 8px;
      border: 0;
      border-radius: 5px;
      background: none;
      color: inherit;
      font: inherit;
      text-align: start;
      cursor: pointer;
    }
    .item:hover,
    .item:focus-visible {
      background: var(--pairs-color-chip);
    }
    .parted {
      margin-top: 4px;
      padding-top: 4px;
      border-top: 1px solid var(--pairs-color-line-2);
    }
    kbd {
      margin-inline-start: auto;
      color: var(--pairs-color-ink-2);
      font-size: 11px;
    }
    @media (pointer: coarse) {
      .button {
        width: 44px;
        height: 44px;
      }
      .item {
        min-height: 40px;
      }
    }
  `;

  /** What the button is called. */
  @property() label = '';
  /** Read when it opens; a function where it takes time to find out. */
  items: readonly MenuItem[] | (() => readonly MenuItem[]) = [];
  /** Tab passes it by: something else opens it for the keyboard. */
  @property({type: Boolean}) untabbed = false;
  @property({type: Boolean}) private open = false;

  #shown: readonly MenuItem[] = [];
  @query('.button') private button!: HTMLButtonElement;
  @query('.list') private list!: HTMLElement;

  /** As a click on the button does. */
  show(): void {
    if (!this.open) {
      void this.#toggle();
    }
  }

  protected override render() {
    return html`<button
        class="button"
        tabindex=${this.untabbed ? -1 : 0}
        aria-label=${this.label}
        aria-haspopup="menu"
        aria-expanded=${this.open}
        title=${this.label}
        @click=${this.#toggle}
      >
        <pairs-icon name="ellipsis"></pairs-icon>
      </button>
      <div
        class="list"
        role="menu"
        popover="auto"
        aria-label=${this.label}
        @toggle=${this.#onToggle}
        @keydown=${this.#onKeyDown}
      >
        ${
          this.open
            ? this.#shown.map(
                ({id, text, key, parted}) =>
                  html`<div class=${parted === true ? 'parted' : ''} role="none">
                    <button
                      class="item"
                      role="menuitem"
                      tabindex="-1"
                      @click=${() => this.#choose(id)}
                    >
                      ${text}${key === undefined ? '' : html`<kbd>${key}</kbd>`}
                    </button>
                  </div>`,
              )
            : ''
        }
      </div>`;
  }

  readonly #toggle = async (): Promise<void> => {
    if (this.open) {
      this.list.hidePopover();
      return;
    }
    this.#shown = typeof this.items === 'function' ? this.items() : this.items;
    this.open = true;
    await this.updateComplete;
    this.list.showPopover();
    const {bottom, top, right} = this.button.getBoundingClientRect();
    const {width, height} = this.list.getBoundingClientRect();
    const below = bottom + height + 8 <= window.innerHeight;
    this.list.style.left = `${String(Math.max(8, right - width))}px`;
    this.list.style.top = `${String(Math.max(8, below ? bottom + 4 : top - height - 4))}px`;
    this.#entries()[0]?.focus();
  };

  readonly #onToggle = (event: Event): void => {
    if ((event as ToggleEvent).newState === 'closed') {
      this.open = false;
    }
  };

  #entries(): readonly HTMLElement[] {
    return [...this.list.querySelectorAll<HTMLElement>('.item')];
  }

  readonly #onKeyDown = (event: KeyboardEvent): void => {
    const entries = this.#entries();
    const at = entries.indexOf(this.shadowRoot?.activeElement as HTMLElement);
    const moves: Readonly<Record<string, number>> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      Home: 0,
      End: entries.length - 1,
    };
    // Keys pressed in a menu must not reach the page behind it.
    event.stopPropagation();
    if (event.key === 'Escape' || event.key === 'Tab') {
      this.list.hidePopover();
      this.button.focus();
      if (event.key === 'Escape') {
        event.preventDefault();
      }
      return;
    }
    const next = moves[event.key];
    if (next === undefined) {
      return;
    }
    event.preventDefault();
    entries.at(next % entries.length)?.focus();
  };

  #choose(id: string): void {
    this.list.hidePopover();
    this.button.focus();
    this.dispatchEvent(new CustomEvent('pairs-menu-choose', {detail: id}));
  }
}

declare global {
  interface HTMLElementEventMap {
    'pairs-menu-choose': CustomEvent<string>;
  }
  interface HTMLElementTagNameMap {
    'pairs-menu': PairsMenu;
  }
}
