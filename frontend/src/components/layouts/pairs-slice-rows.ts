// SPDX-License-Identifier: Apache-2.0
/** The slices of a table of samples: how each run does on the samples that share an attribute. */
import {LitElement, css, html, nothing, type TemplateResult} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import {styleMap} from 'lit/directives/style-map.js';
import {controlStyles} from '../../controls/control-styles.js';
import '../../controls/pairs-name.js';
import {showNumber, showPhrase} from '../../controls/scoped-number.js';
import type {RunAtStep, TagModel} from '../../store/data.js';
import {intent} from '../../store/intents.js';
import {hasInstability} from '../../store/ranking.js';
import {sliceFilter, slicesOf, type Slice, type SliceScore} from '../../store/slices.js';
import {INITIAL_VIEW, type ViewState} from '../../store/view.js';
import {shortNames} from '../../texts/short-names.js';
import {countOf, phrase, scopedNumber, type NumberScope} from '../../texts/scoped-number.js';
import {metricName} from '../../views/metric-text.js';
import {rankOf, rankTone} from '../../views/ranks.js';
import {shownSlices, sliceScope, sliceText} from '../../views/slice-texts.js';
import {barShare, type BarScale} from '../../views/table-cells.js';
import {lineStyles} from './pairs-sample-table-styles.js';

/**
 * A row for each value of an attribute, in the columns of the table: the mean of each run over its samples, whatever is filtered. A
 * click shows just these samples.
 *
 * @event pairs-intent `sampleFilter`
 */
@customElement('pairs-slice-rows')
export class PairsSliceRows extends LitElement {
  static override styles = [
    controlStyles,
    lineStyles,
    css`
      :host {
        display: block;
        width: max-content;
        min-width: 100%;
        border-bottom: 1px solid var(--pairs-color-line);
        --pairs-cell-color: var(--pairs-color-page);
        font-size: 12px;
        font-variant-numeric: tabular-nums;
      }
      .line {
        min-height: 34px;
      }
      .head {
        color: var(--pairs-color-ink-2);
      }
      .head select {
        width: auto;
        max-width: 100%;
        height: 24px;
        padding: 1px 4px;
      }
      .value {
        justify-content: flex-start;
        min-width: 0;
        max-width: 100%;
        margin-left: -6px;
        font-weight: 600;
      }
      [role='gridcell'].wide {
        grid-column: span 2;
        color: var(--pairs-color-ink-2);
      }
      .score {
        flex-direction: column;
        align-items: flex-start;
        justify-content: center;
        gap: 3px;
      }
      .of {
        color: var(--pairs-color-ink-2);
        font-size: 11px;
      }
      .best {
        gap: 6px;
      }
      [data-tone='good'] {
        color: var(--pairs-color-good);
        font-weight: 600;
      }
    `,
  ];

  @property({attribute: false}) model: TagModel | undefined;
  @property({attribute: false}) view: ViewState = INITIAL_VIEW;
  /** Of the bars of the table. */
  @property({attribute: false}) scale: BarScale = [0, 1];
  /** The attribute that was chosen; the first where it is gone. */
  @state() private chosen: string | null = null;

  #made:
    {readonly model: TagModel; readonly by: string; readonly slices: readonly Slice[]} | undefined;

  protected override render() {
    const {model} = this;
    const [first] = model?.attributeNames ?? [];
    if (model === undefined || first === undefined || model.metric === null) {
      return nothing;
    }
    const {attributeNames, metric} = model;
    const attribute = attributeNames.find((name) => name === this.chosen) ?? first;
    const all = this.#slicesOf(model, attribute, metric);
    const shown = shownSlices(all);
    const names = shortNames(model.runs.map(({run}) => run));
    return html`<div class="line head" role="row">
        <div role="gridcell"></div>
        <div role="gridcell">
          <label
            >by
            <select
              aria-label="Attribute of the slices"
              @change=${({target}: Event) => (this.chosen = (target as HTMLSelectElement).value)}
            >
              ${attributeNames.map((name) => html`<option value=${name} .selected=${name === attribute}>${name}</option>`)}
            </select></label
          >
        </div>
        <div role="gridcell" class="wide">
          ${all.length === shown.length ? 'Samples' : showPhrase(phrase`Samples; ${countOf(all.length - shown.length, 'hidden slices', {tag: model.tag})} smaller slices are not shown`)}
        </div>
        ${model.runs.map(() => html`<div role="gridcell">mean ${metricName(metric)}</div>`)}
        ${model.runs.length > 1 ? html`<div role="gridcell">Best</div>` : nothing}
        ${renderRest(model)}
      </div>
      ${shown.map((slice) => this.#renderSlice(model, metric, slice, names))}`;
  }

  /** The model is another one with each step; the view changes all the while. */
  #slicesOf(model: TagModel, by: string, metric: string): readonly Slice[] {
    if (this.#made?.model !== model || this.#made.by !== by) {
      const runs = model.runs.map(({run}) => run);
      this.#made = {model, by, slices: slicesOf(model.allRows, by, runs, metric)};
    }
    return this.#made.slices;
  }

  #renderSlice(
    model: TagModel,
    metric: string,
    slice: Slice,
    names: ReadonlyMap<string, string>,
  ): TemplateResult {
    const {tag, runs, lowerIsBetter} = model;
    const means = slice.scores.map(({mean}) => mean);
    const ranks = means.map((mean) => rankOf(mean, means, lowerIsBetter.has(metric)));
    const best = ranks.flatMap((rank, i) => (rank?.isBest === true ? runs[i]! : []));
    const scope = {tag, slice: sliceScope(slice)};
    return html`<div class="line" role="row">
      <div role="gridcell"></div>
      <div role="gridcell">${this.#renderValue(slice)}</div>
      <div role="gridcell" class="wide">
        ${showNumber(countOf(slice.samples.length, 'samples', scope))}
      </div>
      ${slice.scores.map((score, i) => this.#renderScore(slice, score, runs[i]!, {...scope, metric}, rankTone(ranks[i])))}
      ${runs.length > 1 ? this.#renderBest(names, best) : nothing} ${renderRest(model)}
    </div>`;
  }

  #renderValue(slice: Slice): TemplateResult {
    const text = sliceText(slice);
    const filter = sliceFilter(slice);
    if (filter === null) {
      return html`<span class="muted">${text}</span>`;
    }
    const isShown = this.view.sampleFilter.text === filter;
    return html`<button
      class="value plain"
      aria-pressed=${isShown ? 'true' : 'false'}
      title=${isShown ? 'Show all samples' : `Show the samples with ${filter}`}
      @click=${() =>
        this.dispatchEvent(intent({type: 'sampleFilter', change: {text: isShown ? '' : filter}}))}
    >
      <pairs-name .name=${text}></pairs-name>
    </button>`;
  }

  #renderScore(
    {samples}: Slice,
    {mean, measured}: SliceScore,
    {run, step, color}: RunAtStep,
    place: Omit<NumberScope, 'what'>,
    tone: string,
  ): TemplateResult {
    const scope = {...place, run, step};
    return html`<div role="gridcell" class="score">
      <span
        ><span data-tone=${tone === 'good' ? tone : 'plain'}
          >${showNumber(scopedNumber(mean, {...scope, what: 'mean', samples: measured}))}</span
        >${measured === samples.length ? nothing : html` <span class="of">of ${showNumber(countOf(measured, 'measured samples', scope))}</span>`}</span
      >
      <span class="bar"
        ><i
          style=${styleMap({width: `${100 * barShare(mean, this.scale)}%`, background: color})}
        ></i
      ></span>
    </div>`;
  }

  #renderBest(
    names: ReadonlyMap<string, string>,
    [best, ...others]: readonly RunAtStep[],
  ): TemplateResult {
    return html`<div role="gridcell" class="best">
      ${
        best === undefined || others.length > 0
          ? '–'
          : html`<span class="dot" style=${styleMap({background: best.color})}></span
              ><pairs-name .name=${names.get(best.run) ?? best.run} .hint=${best.run}></pairs-name>`
      }
    </div>`;
  }
}

/** The cells of the columns that say nothing of a slice. */
function renderRest(model: TagModel) {
  const cell = html`<div role="gridcell"></div>`;
  return html`${cell}${hasInstability(model) ? cell : nothing}${cell}`;
}

declare global {
  interface HTMLElementTagNameMap {
    'pairs-slice-rows': PairsSliceRows;
  }
}
