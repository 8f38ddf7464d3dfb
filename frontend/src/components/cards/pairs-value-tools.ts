// SPDX-License-Identifier: Apache-2.0
/** The values of one sample: their histogram, on which ranges and thresholds are set, and what a threshold makes of them. */
import {LitElement, css, html, nothing} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import type {Api} from '../../api/client.js';
import {controlStyles} from '../../controls/control-styles.js';
import {kindOf} from '../../kinds/registry.js';
import type {SampleRow, TagModel} from '../../store/data.js';
import {intent} from '../../store/intents.js';
import {INITIAL_VIEW, type DisplaySettings, type ViewState} from '../../store/view.js';
import type {NumberScope} from '../../texts/scoped-number.js';
import {bestOverSamples} from '../../views/best-threshold.js';
import {displayFor} from '../../views/display-mapping.js';
import type {RenderContext} from '../../views/render-context.js';
import {comparedPictures, type SamplePictures} from '../../views/sample-pictures.js';
import './pairs-histogram.js';
import type {HistogramLine, PairsHistogram} from './pairs-histogram.js';
import './pairs-threshold.js';
import type {ThresholdRun} from './pairs-threshold.js';

/**
 * Histogram and threshold.
 *
 * @event pairs-intent `display`
 */
@customElement('pairs-value-tools')
export class PairsValueTools extends LitElement {
  static override styles = [
    controlStyles,
    css`
      :host {
        display: block;
      }
      .head {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 2px 10px;
        margin-bottom: 6px;
        font-size: 12px;
      }
      h3 {
        flex: 1;
        margin: 0;
        color: var(--pairs-color-ink-2);
        font-size: 11px;
        font-weight: 600;
        letter-spacing: 0.04em;
        text-transform: uppercase;
      }
      label {
        display: flex;
        align-items: center;
        gap: 4px;
        min-height: 24px;
      }
    `,
  ];

  @property({attribute: false}) lines: readonly HistogramLine[] = [];
  /** Of which sample the lines are. */
  @property({attribute: false}) scope: Omit<NumberScope, 'what'> = {};
  @property({attribute: false}) model: TagModel | undefined;
  @property({attribute: false}) row: SampleRow | undefined;
  @property({attribute: false}) view: ViewState = INITIAL_VIEW;
  /** What the panes show of the sample. */
  @property({attribute: false}) pictures: SamplePictures | undefined;
  /** Where all samples are fetched from, when that is asked for. */
  @property({attribute: false}) api: Pick<Api, 'frames'> | undefined;
  /** One for the page. */
  @property({attribute: false}) renderContext: RenderContext | undefined;

  protected override render() {
    const {display} = this.view;
    const hasThreshold = this.#hasThreshold;
    const limits = this.#limits;
    const threshold = hasThreshold ? display.threshold : null;
    return html`<div class="head">
        <h3>Values</h3>
        ${hasThreshold ? this.#renderThresholdSwitch(threshold !== null) : nothing}
        <label
          title="Heights are logarithms of the counts, so that rare values are seen; else square roots"
        >
          <input
            type="checkbox"
            .checked=${display.log}
            @change=${(event: Event) => this.#change({log: isChecked(event)})}
          />Log
        </label>
      </div>
      <pairs-histogram
        .lines=${this.lines}
        .scope=${this.scope}
        .limits=${limits}
        ?by-hand=${limits !== undefined && display.limits?.of === limits.of}
        .threshold=${threshold}
        ?log=${display.log}
      ></pairs-histogram>
      ${threshold === null ? nothing : this.#renderThreshold(threshold)}`;
  }

  get #hasThreshold(): boolean {
    const truth = this.pictures?.truth.picture;
    return truth !== undefined && kindOf(truth).thresholdReach !== undefined;
  }

  /** What the colours span now. */
  get #limits(): PairsHistogram['limits'] {
    const {pictures, view} = this;
    const truth = pictures?.truth.picture;
    if (pictures === undefined || truth === undefined) {
      return undefined;
    }
    const display = displayFor(view, comparedPictures(pictures));
    const kind = kindOf(truth);
    const range = kind.rangeShown(display[kind.name], truth);
    return range && {of: kind.name, range};
  }

  #renderThresholdSwitch(isOn: boolean) {
    return html`<label title="Show where values are at least a threshold">
      <input
        type="checkbox"
        .checked=${isOn}
        @change=${(event: Event) => this.#change({threshold: isChecked(event) ? this.#middle() : null})}
      />Threshold
    </label>`;
  }

  #middle(): number {
    const [low, high] = this.#limits?.range ?? [0, 1];
    return Number(((low + high) / 2).toPrecision(3));
  }

  #renderThreshold(threshold: number) {
    const {model, row, pictures, api, renderContext} = this;
    if (model === undefined || row === undefined || pictures === undefined) {
      return nothing;
    }
    const runs = pictures.runs.flatMap(({of, run, pictures: {truth, b}}): ThresholdRun[] =>
      of === 'prediction'
        ? [{run: run.run, step: run.step, color: run.color, truth, prediction: b}]
        : [],
    );
    const isFetched = api !== undefined && renderContext !== undefined;
    const steps = model.runs.map(({run, step}) => `${run}@${step}`);
    return html`<pairs-threshold
      .runs=${runs}
      .threshold=${threshold}
      .scope=${{tag: model.tag, sample: row.id}}
      .samples=${model.rows.length}
      .subject=${JSON.stringify([model.tag, steps, model.rows.map(({id}) => id)])}
      .searchAll=${isFetched ? bestOverSamples.bind(null, {model, api, renderContext}) : undefined}
    ></pairs-threshold>`;
  }

  #change(change: Partial<DisplaySettings>): void {
    this.dispatchEvent(intent({type: 'display', change}));
  }
}

function isChecked(event: Event): boolean {
  return (event.target as HTMLInputElement).checked;
}

declare global {
  interface HTMLElementTagNameMap {
    'pairs-value-tools': PairsValueTools;
  }
}
