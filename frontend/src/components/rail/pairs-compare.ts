// SPDX-License-Identifier: Apache-2.0
/** The rail's section of modes, overlay and differences. */
import {LitElement, html, nothing} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import {BEST_DIFFERENCE} from '../../best-difference.js';
import type {DifferenceChoice, Kind} from '../../kinds/kind.js';
import {ALL_KINDS} from '../../kinds/registry.js';
import {isOn, THICK, turned} from '../../kinds/switches.js';
import {modeOf} from '../../modes/registry.js';
import {intent, type Intent} from '../../store/intents.js';
import {CLOSER, INITIAL_VIEW, isVersus, type ViewState} from '../../store/view.js';
import {hasChanged} from '../../views/equality.js';
import {fadeText} from '../../views/legend.js';
import {canThicken} from '../../views/scene-building.js';
import {pairNames} from '../../views/side-names.js';
import {controlStyles} from '../../controls/control-styles.js';
import {rangeInput} from '../../controls/range-input.js';
import {railStyles} from './rail-styles.js';
import {styles} from './pairs-compare-styles.js';

/** What any kind can show: its own best, and two predictions against each other. */
const FIRST: DifferenceChoice = {id: BEST_DIFFERENCE, label: 'Best for the kind'};
const LAST: DifferenceChoice = {id: CLOSER, label: 'Which is closer to the ground truth'};

/**
 * Settings of the mode: which difference, its gain, how fast panes turn, how opaque the overlay is.
 *
 * @event pairs-intent `overlay`, `difference`, `gain`, `blinkRate`
 */
@customElement('pairs-compare')
export class PairsCompare extends LitElement {
  static override styles = [controlStyles, railStyles, styles];

  @property({attribute: false}) view: ViewState = INITIAL_VIEW;
  /** The kinds of the tags on the page. */
  @property({attribute: false, hasChanged}) kinds: readonly string[] = [];

  /** Pictures lie on others now. */
  @property({type: Boolean}) overlaid = false;

  protected override willUpdate(): void {
    this.toggleAttribute('hidden', !this.#hasSettings);
  }

  get #hasSettings(): boolean {
    const {settings, compares, fades} = modeOf(this.view);
    const hasBorders = this.#kinds.some((kind) => kind.hasOutlines(this.view));
    return settings.length > 0 || (!compares && (fades || this.overlaid || hasBorders));
  }

  override render() {
    const {view} = this;
    const {settings} = modeOf(view);
    return html`
      <h2>Compare</h2>
      ${settings.includes('comparison') ? this.#renderDifference() : nothing}
      ${settings.includes('rate') ? this.#renderBlink() : nothing}
      ${modeOf(view).compares ? nothing : this.#renderOverlay()}
    `;
  }

  #renderDifference() {
    const {difference, gain} = this.view;
    const ofKinds = this.#kinds.flatMap(({differences}) => differences);
    const choices = [
      FIRST,
      // Kinds share choices; the map keeps the first of each.
      ...new Map(ofKinds.toReversed().map((choice) => [choice.id, choice])).values(),
      LAST,
    ].filter((choice) => this.#isOffered(choice));
    return html`<div class="settings">
        <label for="difference" class="muted">Show</label>
        <select
          id="difference"
          class="wide"
          @change=${(event: Event) =>
            this.#send({
              type: 'difference',
              difference: (event.target as HTMLSelectElement).value,
            })}
        >
          ${choices.map(
            (choice) =>
              html`<option value=${choice.id} .selected=${choice.id === difference}>
                ${choice.label}
              </option>`,
          )}
        </select>
        ${this.#hasGain ? this.#renderGain(gain) : nothing}
      </div>
      ${this.#kinds.some((kind) => canThicken(this.view, kind)) ? this.#renderThick() : nothing}`;
  }

  #renderThick() {
    const {display} = this.view;
    return html`<div class="row">
      <label title=${THICK.hint}>
        <input
          type="checkbox"
          .checked=${isOn(display, THICK)}
          @change=${(event: Event) =>
            this.#send({
              type: 'display',
              change: {on: turned(display, THICK, isChecked(event))},
            })}
        />${THICK.label}
      </label>
    </div>`;
  }

  /** Borders are drawn of A and B alone, and two predictions are judged only where both are ones. */
  #isOffered({id, computed}: DifferenceChoice): boolean {
    const {a, b} = this.view;
    const isDrawn = modeOf(this.view).compares;
    return id === CLOSER
      ? isDrawn && isVersus({difference: id, a, b})
      : isDrawn || computed === undefined;
  }

  get #kinds(): readonly Kind[] {
    return ALL_KINDS.filter(({name}) => this.kinds.includes(name));
  }

  /** Only amounts can be multiplied. */
  get #hasGain(): boolean {
    return this.#kinds.some(({differences, defaultDifference}) => {
      const [chosen, byDefault] = [this.view.difference, defaultDifference].map((wanted) =>
        differences.find(({id}) => id === wanted),
      );
      return (chosen ?? byDefault)?.isAmount === true;
    });
  }

  #renderGain(gain: number | null) {
    return html`<label for="gain" class="muted">Gain</label> ${rangeInput({
        id: 'gain',
        min: -3,
        max: 6,
        step: 1,
        value: Math.log2(gain ?? 1),
        text: gain === null ? 'automatic' : `times ${gain}`,
        onInput: (value) => this.#send({type: 'gain', gain: 2 ** value}),
      })}
      ${
        gain === null
          ? html`<output
              for="gain"
              class="muted"
              title="99 % of the pixels of each card are on the scale"
              >auto</output
            >`
          : html`<button
              class="link"
              title="Let the gain follow what each card shows"
              @click=${() => this.#send({type: 'gain', gain: null})}
            >
              ×${gain < 1 ? `1/${1 / gain}` : gain} ×
            </button>`
      }`;
  }

  #renderBlink() {
    const {blinkRate} = this.view;
    return html`<div class="settings">
      <label for="rate" class="muted">Rate</label>
      ${rangeInput({
        id: 'rate',
        min: 0,
        max: 10,
        step: 0.5,
        value: blinkRate,
        text: `${blinkRate} per second`,
        onInput: (rate) => this.#send({type: 'blinkRate', rate}),
      })}
      <output for="rate">${blinkRate === 0 ? 'held' : `${blinkRate}/s`}</output>
    </div>`;
  }

  #renderOverlay() {
    const {opacity, outlines} = this.view.overlay;
    const hasBorders = this.#kinds.some((kind) => kind.hasOutlines(this.view));
    if (modeOf(this.view).fades && !hasBorders) {
      return this.#renderFade(opacity);
    }
    return html`
      ${this.overlaid || modeOf(this.view).settings.includes('opacity') ? this.#renderOpacity(opacity) : nothing}
      ${hasBorders ? this.#renderOutlines(outlines) : nothing}
    `;
  }

  #renderOutlines(outlines: boolean) {
    return html`
      <div class="row">
        <label>
          <input
            type="checkbox"
            .checked=${outlines}
            @change=${(event: Event) => this.#send({type: 'overlay', change: {outlines: isChecked(event)}})}
          />Outlines only
        </label>
        <kbd>U</kbd>
      </div>
    `;
  }

  #renderFade(opacity: number) {
    const {titleOfA, titleOfB} = pairNames(this.view);
    return html`<div class="fade">
      <label for="opacity" class="muted">${fadeText(titleOfA, titleOfB, opacity)}</label>
      ${this.#opacityInput(opacity)}
    </div>`;
  }

  #renderOpacity(opacity: number) {
    return html`<div class="settings">
      <label for="opacity" class="muted">Opacity</label>
      ${this.#opacityInput(opacity)}
      <output for="opacity">${Math.round(opacity * 100)}%</output>
    </div>`;
  }

  #opacityInput(opacity: number) {
    return rangeInput({
      id: 'opacity',
      min: 0,
      max: 100,
      step: 5,
      value: Math.round(opacity * 100),
      text: `${Math.round(opacity * 100)}%`,
      onInput: (value) => this.#send({type: 'overlay', change: {opacity: value / 100}}),
    });
  }

  #send(detail: Intent): void {
    this.dispatchEvent(intent(detail));
  }
}

function isChecked(event: Event): boolean {
  return (event.target as HTMLInputElement).checked;
}

declare global {
  interface HTMLElementTagNameMap {
    'pairs-compare': PairsCompare;
  }
}
