// SPDX-License-Identifier: Apache-2.0
/** The rail's section of ranges, colour maps and tone. */
import {LitElement, css, html, nothing} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import type {TagKind} from '../../api/types.js';
import type {DisplayControl, KindSlider} from '../../kinds/kind.js';
import {kindNamed, knownTag} from '../../kinds/registry.js';
import {isOn, SMOOTH, turned} from '../../kinds/switches.js';
import {colormapNames} from '../../pixels/colormaps.js';
import type {Range} from '../../pixels/raster.js';
import {intent} from '../../store/intents.js';
import {
  INITIAL_VIEW,
  type DisplaySettings,
  type RangeMode,
  type ViewState,
} from '../../store/view.js';
import {moveSlider, sliderValue} from '../../sliders.js';
import {controlStyles} from '../../controls/control-styles.js';
import {formatNumber} from '../../texts/numbers.js';
import {showNumber} from '../../controls/scoped-number.js';
import {scopedText, settingNumber} from '../../texts/scoped-number.js';
import {hasChanged, isEqual} from '../../views/equality.js';
import {rangeInput} from '../../controls/range-input.js';
import {railStyles} from './rail-styles.js';

const RANGES: readonly {readonly range: RangeMode; readonly label: string}[] = [
  {range: 'fixed', label: 'as logged'},
  {range: 'minmax', label: 'min to max'},
  {range: 'percentile', label: '1st to 99th percentile'},
  {range: 'symmetric', label: 'symmetric about 0'},
];

/** Of a logarithm to base 2. Keys and links say no more digits. */
function fromLogarithm(place: number): number {
  return Number((2 ** place).toFixed(2));
}

/**
 * How values become colours, with the sliders and switches that the kinds on the page declare.
 *
 * @event pairs-intent `display`
 */
@customElement('pairs-display')
export class PairsDisplay extends LitElement {
  static override styles = [
    controlStyles,
    railStyles,
    css`
      .settings {
        grid-template-columns: 62px 1fr 40px;
      }
    `,
  ];

  @property({attribute: false}) view: ViewState = INITIAL_VIEW;
  /** The kinds of the tags on the page. */
  @property({attribute: false, hasChanged}) kinds: readonly TagKind[] = [];

  override render() {
    const {display} = this.view;
    const kinds = [...new Set(this.kinds.map(({name}) => kindNamed(name)))];
    const switches = [SMOOTH, ...kinds.flatMap((kind) => kind?.switches ?? [])];
    const sliders = kinds.flatMap((kind) => kind?.sliders ?? []);
    const hasRange = this.#hasControl('range');
    const hasSettings = hasRange || sliders.length > 0;
    if (this.kinds.length === 0) {
      return nothing;
    }
    const reach = this.#thresholdReach();
    const initial = INITIAL_VIEW.display;
    const isChanged = Object.entries(initial).some(
      ([key, value]) => !isEqual(display[key as keyof DisplaySettings], value),
    );
    return html`
      <h2>
        Values
        ${isChanged ? html`<button class="link" @click=${() => this.#change(initial)}>reset</button>` : nothing}
      </h2>
      <div class="settings" ?hidden=${!hasSettings}>
        ${hasRange ? this.#renderRange() : nothing}
        ${sliders.map((slider) => this.#renderSlider(slider))}
        ${this.#hasControl('colormap') ? this.#renderColormap() : nothing}
        ${reach === undefined ? nothing : this.#renderThreshold(reach)}
      </div>
      ${switches.map(
        (one) => html`
          <div class="row">
            <label title=${one.hint}>
              <input
                type="checkbox"
                .checked=${isOn(display, one)}
                @change=${(event: Event) => this.#change({on: turned(display, one, (event.target as HTMLInputElement).checked)})}
              />${one.label}
            </label>
          </div>
        `,
      )}
    `;
  }

  #renderRange() {
    const {limits, range: chosen} = this.view.display;
    return html`
      <label for="range" class="muted">Range</label>
      <select
        id="range"
        class="wide"
        @change=${(event: Event) => this.#change({range: (event.target as HTMLSelectElement).value as RangeMode})}
      >
        ${limits === null ? nothing : html`<option value="" selected disabled>by hand</option>`}
        ${RANGES.map(({range, label}) => html`<option value=${range} .selected=${limits === null && range === chosen}>${label}</option>`)}
      </select>
    `;
  }

  #renderSlider(slider: KindSlider) {
    const {id, label, ends, step, isLogarithmic} = slider;
    const {sliders} = this.view.display;
    const value = sliderValue(sliders, slider);
    const [toPlace, toValue] = isLogarithmic ? [Math.log2, fromLogarithm] : [Number, Number];
    return html`
      <label for=${id} class="muted">${label}</label>
      ${rangeInput({
        id,
        min: toPlace(ends[0]),
        max: toPlace(ends[1]),
        step,
        value: toPlace(value),
        text: (slider.spokenText ?? slider.text)(value),
        onInput: (place) => this.#change({sliders: moveSlider(sliders, slider, toValue(place))}),
      })}
      <output for=${id}
        >${showNumber(scopedText(slider.text(value), value, {what: 'setting', noun: id}))}</output
      >
    `;
  }

  #hasControl(control: DisplayControl): boolean {
    return this.kinds.some(({name}) => kindNamed(name)?.controls.includes(control));
  }

  /** That of the first tag whose kind has a threshold. */
  #thresholdReach(): Range | undefined {
    for (const tag of this.kinds) {
      const known = knownTag(tag);
      const reach = known?.kind.thresholdReach?.(known.facts);
      if (reach !== undefined) {
        return reach;
      }
    }
    return undefined;
  }

  #renderColormap() {
    const {colormap} = this.view.display;
    return html`
      <label for="colormap" class="muted">Colours</label>
      <select
        id="colormap"
        class="wide"
        @change=${(event: Event) => this.#change({colormap: (event.target as HTMLSelectElement).value || null})}
      >
        <option value="" .selected=${colormap === null}>as logged</option>
        ${colormapNames.map((name) => html`<option value=${name} .selected=${name === colormap}>${name}</option>`)}
      </select>
    `;
  }

  #renderThreshold([low, high]: Range) {
    const {threshold} = this.view.display;
    return html`
      <label for="threshold" class="muted">Threshold</label>
      ${rangeInput({
        id: 'threshold',
        min: low,
        max: high,
        step: (high - low) / 200,
        value: threshold ?? (low + high) / 2,
        text: threshold === null ? 'off' : formatNumber(threshold),
        onInput: (value) => this.#change({threshold: value}),
      })}
      ${
        threshold === null
          ? html`<output for="threshold" class="muted">off</output>`
          : html`<button
              class="link"
              title="Show without a threshold"
              @click=${() => this.#change({threshold: null})}
            >
              ${showNumber(settingNumber(threshold, 'threshold'))} ×
            </button>`
      }
    `;
  }

  #change(change: Partial<DisplaySettings>): void {
    this.dispatchEvent(intent({type: 'display', change}));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pairs-display': PairsDisplay;
  }
}
