// SPDX-License-Identifier: Apache-2.0
/** The bar under the time bar: how and what is compared. */
import {LitElement, html, nothing} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import type {Step} from '../../api/types.js';
import '../../controls/pairs-icon.js';
import {controlStyles} from '../../controls/control-styles.js';
import {MODES, modeOf} from '../../modes/registry.js';
import {intent, type Intent} from '../../store/intents.js';
import {pinnable, readSide, runSide, writeSide, type Side} from '../../store/sides.js';
import {formatStep} from '../../store/steps.js';
import {INITIAL_VIEW, type ViewState} from '../../store/view.js';
import {sideChoices} from '../../views/side-choices.js';
import {hasModifier} from '../behaviors/key-targets.js';
import {KeyboardFocus} from '../behaviors/keyboard-focus.js';
import {styles} from './pairs-compare-bar-styles.js';

/**
 * How and what is compared: the mode, A and B, and whether it lies on the input.
 *
 * @event pairs-intent `mode`, `sides`, `swapSides`, `overlay`
 */
@customElement('pairs-compare-bar')
export class PairsCompareBar extends LitElement {
  static override styles = [controlStyles, styles];

  @property({attribute: false}) view: ViewState = INITIAL_VIEW;
  /** Those that are on. */
  @property({attribute: false}) runs: readonly string[] = [];
  /** The step shown. */
  @property({attribute: false}) step: Step | null = null;
  /** Whether a picture on the page has borders that lie on another. */
  @property({type: Boolean}) bordered = false;
  /** Pictures lie on others now. */
  @property({type: Boolean}) overlaid = false;

  readonly #focus = new KeyboardFocus(this);

  override render() {
    const {view} = this;
    return html`
      <div class="modes" role="radiogroup" aria-label="Compare mode" @keydown=${this.#onKey}>
        ${MODES.map(
          ({id, label, hint, key}) =>
            html`<button
              role="radio"
              title=${`${hint} (${key})`}
              aria-checked=${view.mode === id ? 'true' : 'false'}
              tabindex=${view.mode === id ? 0 : -1}
              @click=${() => this.#send({type: 'mode', mode: id})}
            >
              ${label}
            </button>`,
        )}
      </div>
      <span class="sides">
        ${this.#renderSide('a')}
        <button
          class="plain"
          aria-label="Swap A and B"
          title="Swap A and B (V)"
          @click=${() => this.#send({type: 'swapSides'})}
        >
          ⇄
        </button>
        ${this.#renderSide('b')}
      </span>
      ${modeOf(view).compares || (modeOf(view).fades && !this.bordered) ? nothing : this.#renderOverlay()}
    `;
  }

  #renderSide(member: 'a' | 'b') {
    const name = member.toUpperCase();
    const side = this.view[member];
    const choices = sideChoices(member, this.view, this.runs, this.step);
    const change = (to: Side) => this.#send({type: 'sides', change: {[member]: to}});
    return html`<label
        title=${member === 'a' ? 'What B is compared with (Alt and a click on a heading). The star of a run in the matrix only lets it stand first' : 'What is compared with A'}
        >${name}
        <select
          aria-label=${name}
          @change=${({target}: Event) => {
            const to = readSide((target as HTMLSelectElement).value);
            if (to !== undefined) {
              change(to);
            }
          }}
        >
          ${choices.map(
            (choice) =>
              html`<option
                value=${writeSide(choice.side)}
                .selected=${writeSide(choice.side) === writeSide(side)}
              >
                ${choice.label}
              </option>`,
          )}
        </select></label
      >${pinnable(side, member) ? this.#renderPin(name, side, change) : nothing}`;
  }

  #renderPin(name: string, side: Side & {readonly of: 'prediction'}, change: (side: Side) => void) {
    const isPinned = side.step !== null;
    const at = formatStep(side.step ?? this.step ?? '0');
    return html`<button
      class="plain pin"
      aria-label=${`${name} stays at step ${at}`}
      aria-pressed=${isPinned ? 'true' : 'false'}
      title=${isPinned ? 'Let it move with the slider' : `Stay at step ${at} while the slider moves`}
      ?disabled=${this.step === null}
      @click=${() => {
        change(runSide(side.run, isPinned ? null : this.step));
      }}
    >
      <pairs-icon name="pin"></pairs-icon>
    </button>`;
  }

  #renderOverlay() {
    const {base} = this.view.overlay;
    return html`<span class="overlay">
      <label>
        <input
          type="checkbox"
          aria-keyshortcuts="O"
          .checked=${this.overlaid}
          @change=${({target}: Event) =>
            this.#send({type: 'overlay', change: {on: (target as HTMLInputElement).checked}})}
        />Overlay on
      </label>
      <select
        aria-label="Overlay on"
        @change=${({target}: Event) =>
          this.#send({
            type: 'overlay',
            change: {
              on: true,
              base: (target as HTMLSelectElement).value === 'input' ? 'input' : 'groundTruth',
            },
          })}
      >
        <option value="input" .selected=${base === 'input'}>input</option>
        <option value="groundTruth" .selected=${base === 'groundTruth'}>A</option>
      </select>
      <kbd>O</kbd>
    </span>`;
  }

  /** Arrows move between the modes, as in any group of radio buttons; after a click they go through the steps. */
  readonly #onKey = (event: KeyboardEvent): void => {
    const by =
      event.key === 'ArrowRight' || event.key === 'ArrowDown'
        ? 1
        : event.key === 'ArrowLeft' || event.key === 'ArrowUp'
          ? -1
          : 0;
    if (by === 0 || hasModifier(event) || !this.#focus.byKey) {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    const at = MODES.findIndex(({id}) => id === this.view.mode);
    const next = (at + by + MODES.length) % MODES.length;
    this.#send({type: 'mode', mode: MODES[next]!.id});
    this.renderRoot.querySelectorAll<HTMLElement>('.modes button')[next]?.focus();
  };

  #send(detail: Intent): void {
    this.dispatchEvent(intent(detail));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pairs-compare-bar': PairsCompareBar;
  }
}
