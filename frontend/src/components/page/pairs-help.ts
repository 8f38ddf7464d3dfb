// SPDX-License-Identifier: Apache-2.0
/** The dialog that lists all keys, written from the table of commands. */
import {LitElement, css, html} from 'lit';
import {customElement, query} from 'lit/decorators.js';
import {keyLabels} from '../../store/chords.js';
import {SECTIONS} from '../../store/command.js';
import {COMMANDS} from '../../store/commands.js';
import {intent} from '../../store/intents.js';
import {CARD_KEYS, HELD_KEYS} from '../../views/card-keys.js';
import {controlStyles} from '../../controls/control-styles.js';
import '../../controls/pairs-icon.js';
import {dialogStyles} from '../../controls/dialog-styles.js';

/** What the pointer does, which no key stands for. */
const GESTURES = [
  ['Ctrl and wheel over a picture, or pinch; in the full view the wheel alone', 'Zoom'],
  ['Drag a picture', 'Pan'],
  ['Double click a picture', 'Magnify until values can be read; again: fit'],
  ['Press on a dip of a curve', 'Go to that step'],
  ['Double click a run', 'Show that run alone'],
] as const;

/**
 * All keys, from the table of commands.
 *
 * @event pairs-intent `dialog`
 */
@customElement('pairs-help')
export class PairsHelp extends LitElement {
  static override styles = [
    controlStyles,
    dialogStyles,
    css`
      dialog {
        width: min(860px, calc(100vw - 32px));
        max-height: calc(100vh - 32px);
      }
      header {
        position: sticky;
        top: 0;
        display: flex;
        align-items: center;
        justify-content: space-between;
        padding: 14px 14px 10px 22px;
        background: var(--pairs-color-raised);
      }
      h2 {
        margin: 0;
        font-size: 16px;
      }
      .sections {
        columns: 2 320px;
        column-gap: 32px;
        padding: 0 22px 20px;
      }
      section {
        break-inside: avoid;
        padding-bottom: 14px;
      }
      h3 {
        margin: 0 0 4px;
        color: var(--pairs-color-ink-2);
        font-size: 11px;
        letter-spacing: 0.04em;
        text-transform: uppercase;
      }
      dl {
        margin: 0;
      }
      dl div {
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: 12px;
        min-height: 25px;
        border-top: 1px solid var(--pairs-color-line-2);
      }
      dt {
        flex: 1 1 50%;
      }
      dd {
        display: flex;
        flex: 0 1 auto;
        justify-content: flex-end;
        gap: 8px;
        margin: 0;
        text-align: right;
      }
      .chord {
        display: inline-flex;
        gap: 3px;
      }
    `,
  ];

  @query('dialog') private dialog!: HTMLDialogElement;

  protected override firstUpdated(): void {
    this.dialog.showModal();
  }

  override render() {
    return html`<dialog aria-labelledby="title" @close=${this.#close} @click=${this.#onClick}>
      <header>
        <h2 id="title">Keys</h2>
        <button class="plain" aria-label="Close" @click=${() => this.dialog.close()}>
          <pairs-icon name="x"></pairs-icon>
        </button>
      </header>
      <div class="sections">
        ${SECTIONS.map(
          (section) =>
            html`<section>
              <h3>${section}</h3>
              <dl>
                ${COMMANDS.filter(
                  (command) => command.section === section && command.keys.length > 0,
                ).map(
                  ({title, keys}) =>
                    html`<div>
                      <dt>${title}</dt>
                      <dd>
                        ${keys.map(
                          (chord) =>
                            html`<span class="chord"
                              >${keyLabels(chord).map((key) => html`<kbd>${key}</kbd>`)}</span
                            >`,
                        )}
                      </dd>
                    </div>`,
                )}
              </dl>
            </section>`,
        )}
        <section>
          <h3>Pictures with the focus</h3>
          <dl>
            ${[...CARD_KEYS, ...HELD_KEYS].map(
              ({title, keys}) =>
                html`<div>
                  <dt>${title}</dt>
                  <dd>
                    ${keys.map(
                      (chord) =>
                        html`<span class="chord"
                          >${keyLabels(chord).map((key) => html`<kbd>${key}</kbd>`)}</span
                        >`,
                    )}
                  </dd>
                </div>`,
            )}
          </dl>
        </section>
        <section>
          <h3>Pointer</h3>
          <dl>
            ${GESTURES.map(
              ([gesture, effect]) =>
                html`<div>
                  <dt>${effect}</dt>
                  <dd class="muted">${gesture}</dd>
                </div>`,
            )}
          </dl>
        </section>
      </div>
    </dialog>`;
  }

  readonly #close = (): void => {
    this.dispatchEvent(intent({type: 'dialog', dialog: null}));
  };

  /** A press on the backdrop is one on the dialog itself. */
  readonly #onClick = (event: Event): void => {
    if (event.target === this.dialog) {
      this.dialog.close();
    }
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'pairs-help': PairsHelp;
  }
}
