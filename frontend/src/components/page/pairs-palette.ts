// SPDX-License-Identifier: Apache-2.0
/**
 * The command palette. `views/palette-entries` decides what it finds; this file draws the list
 * and handles its keys.
 */
import {LitElement, css, html, nothing, type PropertyValues} from 'lit';
import {customElement, property, query, state} from 'lit/decorators.js';
import {intent} from '../../store/intents.js';
import type {Page} from '../../store/page.js';
import type {CommandScope} from '../../store/command.js';
import {INITIAL_VIEW, type ViewState} from '../../store/view.js';
import {controlStyles} from '../../controls/control-styles.js';
import '../../controls/pairs-icon.js';
import {dialogStyles} from '../../controls/dialog-styles.js';
import {paletteEntries, type PaletteEntry} from '../../views/palette-entries.js';

/**
 * Finds commands, steps, tags, samples and runs by their words.
 *
 * @event pairs-intent What was chosen, after `dialog`.
 */
@customElement('pairs-palette')
export class PairsPalette extends LitElement {
  static override styles = [
    controlStyles,
    dialogStyles,
    css`
      dialog {
        width: min(560px, calc(100vw - 32px));
        max-height: min(480px, calc(100vh - 100px));
        margin-top: 72px;
        overflow: hidden;
      }
      .box {
        display: flex;
        flex-direction: column;
        max-height: inherit;
      }
      .box > input {
        flex: none;
        min-height: 44px;
        padding: 10px 16px;
        border: 0;
        border-bottom: 1px solid var(--pairs-color-line);
        border-radius: 0;
        background: none;
        font-size: 15px;
        outline: none;
      }
      ul {
        margin: 0;
        padding: 6px;
        overflow: auto;
        list-style: none;
      }
      li {
        display: flex;
        align-items: center;
        gap: 8px;
        min-height: 32px;
        padding: 2px 10px;
        border-radius: var(--pairs-radius-small);
        cursor: pointer;
      }
      li[aria-selected='true'] {
        background: var(--pairs-color-accent-soft);
      }
      .group {
        margin-left: auto;
        color: var(--pairs-color-ink-2);
        font-size: 12px;
      }
      .on {
        color: var(--pairs-color-accent-ink);
      }
      .none {
        padding: 20px;
        color: var(--pairs-color-ink-2);
        text-align: center;
      }
      .chord {
        display: inline-flex;
        gap: 3px;
      }
    `,
  ];

  @property({attribute: false}) view: ViewState = INITIAL_VIEW;
  @property({attribute: false}) scope: CommandScope | undefined;
  @property({attribute: false}) page: Page | undefined;

  @state() private text = '';
  @state() private selected = 0;
  @query('dialog') private dialog!: HTMLDialogElement;

  protected override firstUpdated(): void {
    this.dialog.showModal();
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has('selected')) {
      this.renderRoot.querySelector('[aria-selected=true]')?.scrollIntoView({block: 'nearest'});
    }
  }

  override render() {
    const entries = this.#entries;
    return html`<dialog aria-label="Find a command" @close=${this.#close} @click=${this.#onClick}>
      <div class="box">
        <input
          type="text"
          role="combobox"
          placeholder="A command, step, tag, sample or run"
          aria-label="Find a command, step, tag, sample or run"
          aria-expanded="true"
          aria-controls="entries"
          aria-activedescendant=${entries.length > 0 ? `entry-${this.selected}` : nothing}
          autocomplete="off"
          spellcheck="false"
          autofocus
          .value=${this.text}
          @input=${(event: Event) => {
            this.text = (event.target as HTMLInputElement).value;
            this.selected = 0;
          }}
          @keydown=${this.#onKey}
        />
        ${entries.length === 0 ? html`<div class="none" role="status">Nothing is called that.</div>` : nothing}
        <ul id="entries" role="listbox" aria-label="Found">
          ${entries.map(
            (entry, i) =>
              html`<li
                id="entry-${i}"
                role="option"
                aria-selected=${i === this.selected ? 'true' : 'false'}
                @pointermove=${() => (this.selected = i)}
                @click=${() => this.#choose(entry)}
              >
                <span class="clip">${entry.title}</span>
                ${entry.isOn ? html`<pairs-icon class="on" name="check"></pairs-icon><span class="unseen">on</span>` : nothing}
                <span class="group">${entry.group}</span>
                ${entry.keys
                  .slice(0, 1)
                  .map(
                    (keys) =>
                      html`<span class="chord"
                        >${keys.map((key) => html`<kbd>${key}</kbd>`)}</span
                      >`,
                  )}
              </li>`,
          )}
        </ul>
      </div>
    </dialog>`;
  }

  get #entries(): readonly PaletteEntry[] {
    const {text, view, scope, page} = this;
    return scope === undefined || page === undefined ? [] : paletteEntries(text, view, scope, page);
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    const {length} = this.#entries;
    switch (event.key) {
      case 'ArrowDown':
      case 'ArrowUp': {
        event.preventDefault();
        const by = event.key === 'ArrowDown' ? 1 : -1;
        this.selected = length === 0 ? 0 : (this.selected + by + length) % length;
        break;
      }
      case 'Enter': {
        event.preventDefault();
        const entry = this.#entries[this.selected];
        if (entry !== undefined) {
          this.#choose(entry);
        }
        break;
      }
      default:
    }
  };

  #choose(entry: PaletteEntry): void {
    this.dialog.close();
    this.dispatchEvent(intent(entry.intent));
  }

  readonly #close = (): void => {
    if (this.view.dialog === 'palette') {
      this.dispatchEvent(intent({type: 'dialog', dialog: null}));
    }
  };

  readonly #onClick = (event: Event): void => {
    if (event.target === this.dialog) {
      this.dialog.close();
    }
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'pairs-palette': PairsPalette;
  }
}
