// SPDX-License-Identifier: Apache-2.0
/** The controls at the head of a tag: layout, size, sort and filter of its samples. */
import {LitElement, html, nothing} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import {LAYOUTS, choicesOf, layoutOf, sizeOf} from '../../layouts/registry.js';
import {SIZES} from '../../layouts/layout.js';
import type {TagModel} from '../../store/data.js';
import {intent, type Intent} from '../../store/intents.js';
import {hasInstability} from '../../store/ranking.js';
import {INITIAL_VIEW, type Order, type ViewState} from '../../store/view.js';
import {controlStyles} from '../../controls/control-styles.js';
import '../../controls/pairs-icon.js';
import '../../controls/pairs-name.js';
import {showNumber} from '../../controls/scoped-number.js';
import {metricName} from '../../views/metric-text.js';
import {oneRun} from '../../store/one-run.js';
import {countOf} from '../../texts/scoped-number.js';
import {filterPlaceholder, filterTitle} from '../../views/filter-help.js';
import {filterText, sampleOrders} from '../../views/sample-orders.js';
import {styles} from './pairs-tag-controls-styles.js';
import {tagNotes} from './tag-notes.js';

/**
 * Which samples of a tag are shown, in which order, and laid out how.
 *
 * @event pairs-intent `difference`, `sides`, `sort`, `sampleFilter`, `confusion`, `rankHere`, `markStep`, `layout`
 */
@customElement('pairs-tag-controls')
export class PairsTagControls extends LitElement {
  static override styles = [controlStyles, styles];

  @property({attribute: false}) model: TagModel | undefined;
  @property({attribute: false}) view: ViewState = INITIAL_VIEW;

  /** Where there is little room, whether the controls are shown. */
  @state() private isOpen = false;
  @state() private isRangeOpen = false;

  override connectedCallback(): void {
    super.connectedCallback();
    this.addEventListener('keydown', this.#onKeyDown);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.removeEventListener('keydown', this.#onKeyDown);
  }

  override render() {
    const {model} = this;
    if (model === undefined) {
      return nothing;
    }
    return html`
      <button
        class="more plain"
        aria-expanded=${this.isOpen ? 'true' : 'false'}
        aria-controls="controls"
        title="Sort, filter and lay out the samples"
        @click=${() => (this.isOpen = !this.isOpen)}
      >
        <pairs-icon name="sliders-horizontal"></pairs-icon>View
      </button>
      <div
        id="controls"
        class="controls ${this.isOpen ? 'open' : ''}"
        role="group"
        aria-label="Samples of ${model.tag}"
      >
        ${this.#renderSort(model)} ${this.#renderText(model)} ${this.#renderRange(model)}
        ${this.#renderFlagged(model)} ${this.#renderRun(model)} ${this.#renderLayouts(model)}
        ${this.#renderSizes(model)}
      </div>
      ${tagNotes(model, this.view, (detail) => this.#send(detail))}
    `;
  }

  #renderSort(model: TagModel) {
    const {metric, runs, confused} = model;
    const {sort} = this.view;
    const isConfused = confused !== undefined;
    const orders = sampleOrders(metric, runs.length, isConfused, hasInstability(model));
    return html`
      <select
        aria-label="Sort"
        title="Order of the samples"
        @change=${(event: Event) => this.#send({type: 'sort', change: {by: valueOf(event) as Order}})}
      >
        ${orders.map(
          ([by, label]) => html`<option value=${by} .selected=${by === sort.by}>${label}</option>`,
        )}
      </select>
      ${this.#renderThen(orders)}
    `;
  }

  /** The second key, where there is a first one; a run's own, which the headers of a table set, has its name. */
  #renderThen(orders: ReturnType<typeof sampleOrders>) {
    const {by, then} = this.view.sort;
    if (by === 'dataset') {
      return nothing;
    }
    return html`<select
      class="then"
      aria-label="Second key"
      title="Order of samples that are equal by the first"
      @change=${(event: Event) => {
        const chosen = valueOf(event) as Order | '';
        this.#send({
          type: 'sort',
          change: {then: chosen === '' ? null : {by: chosen, run: null}},
        });
      }}
    >
      <option value="" .selected=${then === null}>then …</option>
      ${orders.map(([order, label]) =>
        order === by || order === 'dataset'
          ? nothing
          : html`<option value=${order} .selected=${order === then?.by}>then ${label}</option>`,
      )}
    </select>`;
  }

  #renderText(model: TagModel) {
    return html`<input
      type="search"
      aria-label="Show"
      placeholder=${filterPlaceholder(model)}
      title=${filterTitle(model)}
      aria-invalid=${model.filterProblem === undefined ? 'false' : 'true'}
      aria-describedby=${model.filterProblem === undefined ? nothing : 'problem'}
      autocomplete="off"
      spellcheck="false"
      .value=${this.view.sampleFilter.text}
      @input=${(event: Event) => this.#send({type: 'sampleFilter', change: {text: valueOf(event)}})}
    />`;
  }

  #renderRange({metric, metricNames}: TagModel) {
    if (metric === null) {
      return nothing;
    }
    const {sampleFilter} = this.view;
    const text = filterText({...sampleFilter, text: ''}, sampleFilter.metric ?? metric);
    return html`<span class="range" @focusout=${this.#onRangeLeft}>
      <button
        aria-expanded=${this.isRangeOpen ? 'true' : 'false'}
        aria-pressed=${text === '' ? nothing : 'true'}
        aria-label="Metric and range: ${text === '' ? metricName(metric) : text}"
        title="Which metric, and which of its values are shown"
        @click=${() => (this.isRangeOpen = !this.isRangeOpen)}
      >
        <bdi>${text === '' ? metricName(metric) : text}</bdi
        ><pairs-icon name="chevron-down"></pairs-icon>
      </button>
      ${
        this.isRangeOpen
          ? html`<span class="panel" role="group" aria-label="Metric and range" tabindex="-1">
              ${
                metricNames.length > 1
                  ? html`<label for="metric">Metric</label>
                      <select
                        id="metric"
                        title="Of order, filter and pictures"
                        @change=${(event: Event) => this.#send({type: 'sort', change: {metric: valueOf(event)}})}
                      >
                        ${metricNames.map((name) => html`<option value=${name} .selected=${name === metric}>${metricName(name)}</option>`)}
                      </select>`
                  : nothing
              }
              <pairs-name .name=${sampleFilter.metric ?? metric}></pairs-name>
              ${this.#renderBound('min', '≥')} ${this.#renderBound('max', '≤')}
              ${
                text === ''
                  ? nothing
                  : html`<button
                      class="plain"
                      @click=${() => this.#send({type: 'sampleFilter', change: {min: null, max: null}})}
                    >
                      Any value
                    </button>`
              }
            </span>`
          : nothing
      }
    </span>`;
  }

  #renderBound(bound: 'min' | 'max', sign: string) {
    const value = this.view.sampleFilter[bound];
    return html`<input
      type="number"
      step="any"
      placeholder=${sign}
      aria-label="${bound === 'min' ? 'Lowest' : 'Highest'} value shown"
      .value=${value === null ? '' : String(value)}
      @input=${(event: Event) => {
        const field = event.target as HTMLInputElement;
        const number =
          field.value === '' || Number.isNaN(field.valueAsNumber) ? null : field.valueAsNumber;
        // A number that is not whole yet, such as `0.` or `-`, changes nothing.
        if (number !== value && !field.validity.badInput) {
          this.#send({type: 'sampleFilter', change: {[bound]: number}});
        }
      }}
    />`;
  }

  /** Where something is flagged, or was when the filter was set. */
  #renderFlagged({tag}: TagModel) {
    const {flags, sampleFilter} = this.view;
    const count = flags.filter((flag) => flag.tag === tag).length;
    if (count === 0 && !sampleFilter.flagged) {
      return nothing;
    }
    return html`<button
      aria-pressed=${sampleFilter.flagged ? 'true' : 'false'}
      title="Show flagged samples only"
      @click=${() => this.#send({type: 'sampleFilter', change: {flagged: !sampleFilter.flagged}})}
    >
      <pairs-icon name="flag"></pairs-icon>${showNumber(countOf(count, 'flagged samples', {tag}))}
      <span class="unseen">flagged</span>
    </button>`;
  }

  #renderRun({tag, runs}: TagModel) {
    if (!layoutOf(this.view, tag, runs.length).showsOneRun || runs.length < 2) {
      return nothing;
    }
    const shown = oneRun({runs}, choicesOf(this.view, tag).run, this.view.reference)?.run;
    return html`<label
      >Run
      <select
        @change=${(event: Event) => this.#send({type: 'layout', tag, change: {run: valueOf(event)}})}
      >
        ${runs.map(({run}) => html`<option value=${run} .selected=${run === shown}>${run}</option>`)}
      </select></label
    >`;
  }

  #renderLayouts({tag, runs}: TagModel) {
    if (LAYOUTS.length < 2) {
      return nothing;
    }
    const shown = layoutOf(this.view, tag, runs.length);
    return html`<span class="choices" role="group" aria-label="Layout">
      ${LAYOUTS.map(
        (layout) =>
          html`<button
            title=${layout.hint}
            aria-pressed=${layout === shown ? 'true' : 'false'}
            @click=${() => this.#send({type: 'layout', tag, change: {layout: layout.id}})}
          >
            ${layout.label}
          </button>`,
      )}
    </span>`;
  }

  #renderSizes({tag}: TagModel) {
    const shown = sizeOf(this.view, tag);
    return html`<span class="choices" role="group" aria-label="Size of pictures">
      ${SIZES.map(
        (size) =>
          html`<button
            aria-pressed=${size === shown ? 'true' : 'false'}
            title="Size of pictures (Ctrl and + or −)"
            @click=${() => this.#send({type: 'layout', tag, change: {size}})}
          >
            ${size}
          </button>`,
      )}
    </span>`;
  }

  readonly #onRangeLeft = (event: FocusEvent): void => {
    const range = event.currentTarget as HTMLElement;
    if (event.relatedTarget instanceof Node && !range.contains(event.relatedTarget)) {
      this.isRangeOpen = false;
    }
  };

  readonly #onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !(this.isRangeOpen || this.isOpen)) {
      return;
    }
    event.stopPropagation();
    const opener = this.isRangeOpen ? '.range > button' : '.more';
    this.isRangeOpen = false;
    this.isOpen &&= opener !== '.more';
    // What has the focus goes.
    this.renderRoot.querySelector<HTMLElement>(opener)?.focus();
  };

  #send(detail: Intent): void {
    this.dispatchEvent(intent(detail));
  }
}

function valueOf({target}: Event): string {
  return (target as HTMLInputElement | HTMLSelectElement).value;
}

declare global {
  interface HTMLElementTagNameMap {
    'pairs-tag-controls': PairsTagControls;
  }
}
