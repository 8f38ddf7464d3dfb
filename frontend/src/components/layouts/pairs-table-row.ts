// SPDX-License-Identifier: Apache-2.0
/** The row of one sample in a table. */
import {LitElement, html, nothing, svg, type PropertyValues, type TemplateResult} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import {styleMap} from 'lit/directives/style-map.js';
import type {TagSamples} from '../../api/types.js';
import {controlStyles} from '../../controls/control-styles.js';
import '../../controls/pairs-icon.js';
import '../../controls/pairs-name.js';
import {showNumber, showPhrase} from '../../controls/scoped-number.js';
import type {Display} from '../../kinds/kind.js';
import type {ModeContent} from '../../modes/mode.js';
import type {Size} from '../../pixels/raster.js';
import type {RunAtStep, SampleRow, SampleSource, TagModel} from '../../store/data.js';
import {intent} from '../../store/intents.js';
import {hasInstability} from '../../store/ranking.js';
import {EACH_RUN} from '../../store/sides.js';
import {INITIAL_VIEW, type ViewState} from '../../store/view.js';
import {shortNames} from '../../texts/short-names.js';
import {isMeasured} from '../../texts/numbers.js';
import {scopedNumber} from '../../texts/scoped-number.js';
import {displayFor} from '../../views/display-mapping.js';
import {gainOf} from '../../views/gain.js';
import {largestChange} from '../../views/history.js';
import {changeNote, leadNote, metricName, NOT_LOGGED} from '../../views/metric-text.js';
import type {RenderContext} from '../../views/render-context.js';
import {instabilityNote} from '../../views/sample-note.js';
import {
  absenceText,
  type GatheredPicture,
  type SamplePictures,
} from '../../views/sample-pictures.js';
import {comparedContent, referenceContent} from '../../views/scene-building.js';
import {scopedOffset} from '../../views/scoped-step.js';
import {barShare, changeSign, sparkPath, type BarScale} from '../../views/table-cells.js';
import {SampleGathering} from '../behaviors/sample-gathering.js';
import '../cards/pairs-thumbnail.js';
import {renderSmallPicture, smallPictureStyles} from '../cards/small-picture.js';
import {rowStyles} from './pairs-sample-table-styles.js';

const CURVE: Size = {width: 104, height: 24};
const GATHERS = ['model', 'run', 'row', 'view', 'source', 'revision', 'renderContext'];

/**
 * The row of one sample in a table.
 *
 * @event pairs-intent `open` and `flag`
 */
@customElement('pairs-table-row')
export class PairsTableRow extends LitElement {
  static override styles = [controlStyles, smallPictureStyles, rowStyles];

  @property({attribute: false}) model: TagModel | undefined;
  /** The run whose prediction and curve are shown. */
  @property({attribute: false}) run: RunAtStep | undefined;
  @property({attribute: false}) row: SampleRow | undefined;
  @property({attribute: false}) view: ViewState = INITIAL_VIEW;
  @property({attribute: false}) source: SampleSource | undefined;
  /** Any other value tells that `source` has something new. */
  @property({type: Number}) revision = 0;
  @property({attribute: false}) history: TagSamples | undefined;
  @property({attribute: false}) renderContext: RenderContext | undefined;
  /** CSS pixels of a picture. */
  @property({attribute: false}) picture: Size = {width: 0, height: 0};
  @property({attribute: false}) scale: BarScale = [0, 1];

  readonly #pictures = new SampleGathering(this);
  #sample: SamplePictures | undefined;

  /** Most of what comes is of other rows. */
  protected override shouldUpdate(changed: PropertyValues<this>): boolean {
    return this.#pictures.concerns(changed);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const [oldRun, oldRow] = [changed.get('run'), changed.get('row')];
    if (
      (oldRun !== undefined && oldRun.run !== this.run?.run) ||
      (oldRow !== undefined && oldRow.id !== this.row?.id)
    ) {
      this.#pictures.clear();
    }
    const has = (name: string) => changed.has(name as keyof PairsTableRow);
    if (this.#pictures.takeDirty() || GATHERS.some(has)) {
      this.#sample = this.#gather();
    }
  }

  protected override render() {
    const {model, run, row} = this;
    if (model === undefined || run === undefined || row === undefined) {
      return nothing;
    }
    const sample = this.#sample;
    const [shown] = sample?.runs ?? [];
    const truth =
      shown && referenceContent(this.view, {...shown.pictures, a: shown.pictures.truth}, 1);
    return html`<div class="line" role="presentation">
      <div role="gridcell">${this.#renderFlag(row)}</div>
      <div role="gridcell" class="sample">
        <button class="plain" tabindex="-1" title="Open full view (Enter)" @click=${this.#open}>
          <pairs-name .name=${row.id}></pairs-name>
        </button>
        <span class="caption clip" title=${sample?.caption ?? nothing}>${sample?.caption}</span>
      </div>
      ${this.#renderPicture(`Ground truth of ${row.id}`, sample?.truth, truth)}
      ${this.#renderPicture(`${run.run}: prediction of ${row.id}`, shown, this.#prediction(sample))}
      ${this.#renderNumbers(model, run, row)}
    </div>`;
  }

  #gather(): SamplePictures | undefined {
    const {model, run, row, source, renderContext} = this;
    if (model === undefined || run === undefined) {
      return undefined;
    }
    const ofRun = {...model, runs: [run], named: [...model.named, ...model.runs]};
    const view = {...this.view, b: EACH_RUN};
    return this.#pictures.gather({model: ofRun, row, source, renderContext}, view);
  }

  #prediction(sample: SamplePictures | undefined): ModeContent | undefined {
    const [run] = sample?.runs ?? [];
    if (sample === undefined || run?.picture === undefined) {
      return undefined;
    }
    const {gain = 1} = gainOf(this.view, sample) ?? {};
    return comparedContent({...this.view, gain}, run.pictures, false, 1);
  }

  #displayOf({truth, runs}: SamplePictures): Display {
    return displayFor(this.view, [truth.picture, ...runs.map(({picture}) => picture)]);
  }

  #renderFlag({id, flagged}: SampleRow): TemplateResult {
    return html`<button
      class="flag plain"
      tabindex="-1"
      aria-label="Flag ${id}"
      title=${flagged ? 'Take the flag away (X)' : 'Flag this sample (X)'}
      aria-pressed=${flagged ? 'true' : 'false'}
      @click=${() =>
        this.dispatchEvent(
          intent({type: 'flag', tag: this.model!.tag, sample: id, flagged: !flagged}),
        )}
    >
      <pairs-icon name="flag"></pairs-icon>
    </button>`;
  }

  #renderPicture(
    name: string,
    picture: GatheredPicture | undefined,
    content: ModeContent | undefined,
  ): TemplateResult {
    const {width, height} = this.picture;
    const sample = this.#sample;
    const thumbnail = html`<pairs-thumbnail
      style=${styleMap({width: `${width}px`, height: `${height}px`})}
      .content=${content}
      .frame=${sample?.frame}
      .display=${sample && this.#displayOf(sample)}
      .renderContext=${this.renderContext}
    ></pairs-thumbnail>`;
    return html`<div role="gridcell" class="picture" @click=${this.#open}>
      ${renderSmallPicture(name, picture?.status ?? {state: 'loading'}, thumbnail)}
    </div>`;
  }

  #renderNumbers(model: TagModel, run: RunAtStep, row: SampleRow) {
    const {metric, runs} = model;
    if (metric === null) {
      return nothing;
    }
    return html`${runs.map((one) => this.#renderMetric(model, one, row, metric))}
    ${runs.length > 1 ? this.#renderLead(model, row, metric) : nothing}
    ${this.#renderChange(model, row, metric)}
    ${hasInstability(model) ? this.#renderInstability(model, row) : nothing}
    ${this.#renderCurve(run, row, metric)}`;
  }

  #renderMetric({tag}: TagModel, one: RunAtStep, row: SampleRow, metric: string): TemplateResult {
    const value = row.metrics.get(one.run)?.[metric];
    const place = {tag, run: one.run, step: one.step, sample: row.id};
    if (row.absentFrom.includes(one.run)) {
      return html`<div role="gridcell" class="muted" title=${absenceText(one, row.id)}>
        ${NOT_LOGGED}
      </div>`;
    }
    const why = isMeasured(value) ? nothing : `${metricName(metric)} was not measured`;
    return html`<div role="gridcell" class="metric" title=${why}>
      <span class="value"
        >${showNumber(scopedNumber(value, {...place, what: 'value', metric}))}${
          one.offset === 0n
            ? nothing
            : html`<span class="offset" title="${one.run} has no such step: this is its nearest"
                >${showNumber(scopedOffset(one.offset, one.step, {tag, run: one.run}))}</span
              >`
        }</span
      >
      <span class="bar"
        ><i
          style=${styleMap({width: `${100 * barShare(value, this.scale)}%`, background: one.color})}
        ></i
      ></span>
    </div>`;
  }

  #renderLead(model: TagModel, row: SampleRow, metric: string): TemplateResult {
    const values = model.runs.map((run) => ({run, value: row.metrics.get(run.run)?.[metric]}));
    const lower = model.lowerIsBetter.has(metric);
    const note = leadNote(metric, {tag: model.tag, sample: row.id}, values, lower);
    return html`<div role="gridcell" class="lead" title=${note?.title ?? nothing}>
      ${
        note?.run == null
          ? nothing
          : html`<span class="name"
              ><span class="dot" style=${styleMap({background: note.run.color})}></span
              ><pairs-name
                .name=${this.#shortName(model, note.run)}
                .hint=${note.title}
              ></pairs-name
            ></span>`
      }
      <span class="muted">${note === null ? '–' : showPhrase(note.text)}</span>
    </div>`;
  }

  #shortName({runs}: TagModel, {run}: RunAtStep): string {
    return shortNames(runs.map((one) => one.run)).get(run) ?? run;
  }

  /** Of the run that the order is about, or else of the one that changed most. */
  #renderChange(model: TagModel, row: SampleRow, metric: string): TemplateResult {
    const lower = model.lowerIsBetter.has(metric);
    const sign = changeSign(this.view.sort, lower);
    const found = largestChange(this.history, model.runs, row.id, metric, model.since, sign);
    if (found === null) {
      return html`<div role="gridcell" class="muted">–</div>`;
    }
    const {run, change} = found;
    const place = {tag: model.tag, sample: row.id};
    const {title, tone, text} = changeNote(metric, place, run, change, lower);
    const [number] = text;
    return html`<div role="gridcell" class="change" title=${title} data-tone=${tone}>
      ${typeof number === 'object' ? showNumber(number) : nothing}${this.#renderRun(model, run)}
    </div>`;
  }

  #renderInstability(model: TagModel, row: SampleRow): TemplateResult {
    const note = instabilityNote(model, row);
    return html`<div role="gridcell" class="change" title=${note?.title ?? nothing}>
      ${note === null ? '–' : html`${showPhrase(note.text)}${this.#renderRun(model, note.run)}`}
    </div>`;
  }

  /** Of which run a number is, where there are several. */
  #renderRun({runs}: TagModel, run: RunAtStep | null): TemplateResult | typeof nothing {
    return runs.length === 1 || run === null
      ? nothing
      : html`<span class="dot" style=${styleMap({background: run.color})}></span
          ><span class="unseen"><bdi>${run.run}</bdi></span>`;
  }

  #renderCurve(run: RunAtStep, row: SampleRow, metric: string): TemplateResult {
    const {width, height} = CURVE;
    const path = sparkPath(this.history, run, row.id, metric, CURVE);
    return html`<div role="gridcell">
      <svg
        role="img"
        aria-label="${metricName(metric)} of ${row.id} over the steps"
        width=${width}
        height=${height}
        viewBox="0 0 ${width} ${height}"
      >
        ${svg`<path d=${path} stroke=${run.color}></path>`}
      </svg>
    </div>`;
  }

  readonly #open = (): void => {
    const {model, row} = this;
    if (model !== undefined && row !== undefined) {
      this.dispatchEvent(intent({type: 'open', tag: model.tag, sample: row.id}));
    }
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'pairs-table-row': PairsTableRow;
  }
}
