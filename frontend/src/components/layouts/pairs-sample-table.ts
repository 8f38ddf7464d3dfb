// SPDX-License-Identifier: Apache-2.0
/** The samples of a tag as a table. */
import {clamp} from '../../clamp.js';
import {html, nothing, type TemplateResult} from 'lit';
import {customElement, query, state} from 'lit/decorators.js';
import {repeat} from 'lit/directives/repeat.js';
import {styleMap} from 'lit/directives/style-map.js';
import {controlStyles} from '../../controls/control-styles.js';
import '../../controls/pairs-icon.js';
import {choicesOf, pictureWidthOf} from '../../layouts/registry.js';
import {modeOf} from '../../modes/registry.js';
import type {RunAtStep, SampleRow, TagModel} from '../../store/data.js';
import {intent} from '../../store/intents.js';
import {hasInstability} from '../../store/ranking.js';
import {latest, PENDING} from '../../store/resource.js';
import {shortNames} from '../../texts/short-names.js';
import {hparamTitle} from '../../views/hparam-text.js';
import {metricName} from '../../views/metric-text.js';
import {scopedStep} from '../../views/scoped-step.js';
import {showNumber} from '../../controls/scoped-number.js';
import {oneRun} from '../../store/one-run.js';
import {barScale, type BarScale} from '../../views/table-cells.js';
import {tableColumns} from '../../views/table-columns.js';
import {
  CHANGE_COLUMN,
  FLAG_COLUMN,
  INSTABILITY_COLUMN,
  LEAD_COLUMN,
  runColumn,
  SAMPLE_COLUMN,
  type SortColumn,
} from '../../views/table-sorting.js';
import {hasModifier} from '../behaviors/key-targets.js';
import {VisibleRows} from '../behaviors/visible-rows.js';
import {styles} from './pairs-sample-table-styles.js';
import {sortHeader} from './sort-header.js';
import './pairs-slice-rows.js';
import './pairs-table-row.js';
import type {PairsTableRow} from './pairs-table-row.js';
import {LayoutElement} from './layout-element.js';
import {ElementWidth} from '../behaviors/element-width.js';

/** CSS pixels between a picture and the edges of its cell. */
const CELL = 12;
/** Height by width of a picture whose size is not known yet. */
const GUESSED_RATIO = 0.625;
const RATIOS = [0.4, 1] as const;

/**
 * The samples of one tag as rows: pictures, the metric of each run, which one leads, and how it changed. Only the rows near the
 * part of the page that is seen are made, and the one that Tab comes to.
 *
 * @event pairs-intent `sort`, and what the rows ask for.
 */
@customElement('pairs-sample-table')
export class PairsSampleTable extends LayoutElement {
  static override styles = [controlStyles, styles];

  /** The row that Tab comes to. */
  @state() private current: string | null = null;
  @query('.head') private head!: HTMLElement | null;

  readonly #visibleRows = new VisibleRows(this, (samples) => {
    this.#visible = samples;
    this.#tell();
  });
  #visible: readonly string[] = [];
  readonly #width = new ElementWidth(this);
  #ratio: number | undefined;
  #scaled: {readonly of: TagModel; readonly scale: BarScale} | undefined;

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    const old = changed.get('model') as TagModel | undefined;
    if (old !== undefined && old.tag !== this.model?.tag) {
      this.#visibleRows.clear();
      this.#ratio = undefined;
      this.current = null;
    }
  }

  protected override updated(): void {
    this.#visibleRows.follow(this.rows);
    this.#tell();
  }

  /** Rows show pictures of one run, so that those of no other are fetched. */
  #tell(): void {
    const {model} = this;
    const run = model && this.#shownRun(model);
    if (model === undefined || run === undefined) {
      return;
    }
    this.tellVisible({tag: model.tag, samples: this.#visible, runs: [run.run]});
  }

  topmost(top: number): string | null {
    const below = top + (this.head?.offsetHeight ?? 0);
    const row = [...this.rows].find((one) => one.getBoundingClientRect().bottom > below + 8);
    return row?.dataset.sample ?? null;
  }

  reveal(sample: string): boolean {
    const row = this.rowOf(sample);
    row?.scrollIntoView({block: 'start'});
    return row !== undefined;
  }

  focusSample(sample: string): boolean {
    const row = this.rowOf(sample)?.querySelector('pairs-table-row');
    row?.focus();
    return row != null;
  }

  protected override render() {
    const {model} = this;
    const [run] = model === undefined ? [] : [this.#shownRun(model)];
    if (model === undefined || run === undefined) {
      return nothing;
    }
    const columns = tableColumns(model, this.#pictureWidth(model) + CELL, this.#width.value - 2);
    const current = this.#currentRow(model);
    return html`<div
      class="table"
      role="grid"
      aria-label="Samples of ${model.tag}"
      aria-rowcount=${model.rows.length + 1}
      style=${styleMap({'--columns': columns.map((width) => `${width}px`).join(' ')})}
      @keydown=${this.#onKeyDown}
    >
      <div class="head" role="rowgroup">
        <div class="line" role="row" aria-rowindex="1">${this.#renderHeaders(model, run)}</div>
      </div>
      <div class="body" role="presentation" @scroll=${this.#onScroll}>
        <pairs-slice-rows
          role="rowgroup"
          ?hidden=${model.attributeNames.length === 0 || model.metric === null}
          .model=${model}
          .view=${this.view}
          .scale=${this.#scaleOf(model)}
        ></pairs-slice-rows>
        <div role="rowgroup">
          ${repeat(
            model.rows,
            ({id}) => id,
            (row, place) => this.#renderRow(model, run, row, place, row === current),
          )}
        </div>
      </div>
    </div>`;
  }

  #shownRun(model: TagModel): RunAtStep | undefined {
    return oneRun(model, choicesOf(this.view, model.tag).run, this.view.reference);
  }

  #pictureWidth(model: TagModel): number {
    return pictureWidthOf(this.view, model.tag, model.runs.length);
  }

  #renderHeaders(model: TagModel, run: RunAtStep): TemplateResult {
    const {metric, since} = model;
    const short = shortNames(model.runs.map((one) => one.run));
    const name = metric === null ? '' : metricName(metric);
    return html`
      ${this.#renderHeader(
        FLAG_COLUMN,
        'Flagged samples first',
        html`<pairs-icon name="flag"></pairs-icon><span class="unseen">Flag</span>`,
      )}
      ${this.#renderHeader(SAMPLE_COLUMN, 'By id', html`Sample`)}
      <div role="columnheader">Truth</div>
      <div role="columnheader" class="clip" title=${run.run}>
        ${modeOf(this.view).compares ? 'Difference' : 'Prediction'}
      </div>
      ${
        metric === null
          ? nothing
          : html`${model.runs.map((one) =>
                this.#renderHeader(
                  runColumn(one.run),
                  `${name} of ${one.run} at step ${one.step}`,
                  html`<span class="dot" style=${styleMap({background: one.color})}></span
                    ><span class="run"><bdi>${short.get(one.run) ?? one.run}</bdi></span>`,
                  titlePart(hparamTitle(model.hparams, one.run)),
                ),
              )}
              ${model.runs.length > 1 ? this.#renderHeader(LEAD_COLUMN, `By how much the best run leads in ${name}`, html`Lead`) : nothing}
              ${this.#renderHeader(
                CHANGE_COLUMN,
                `Change of ${name}, of the run that changed most`,
                html`<span class="clip"
                  >since
                  ${since === null ? '…' : showNumber(scopedStep(since, {tag: model.tag}))}</span
                >`,
              )}
              ${
                hasInstability(model)
                  ? this.#renderHeader(
                      INSTABILITY_COLUMN,
                      'Share of the pixels that changed since the record before, of the run where most did',
                      html`Instability`,
                    )
                  : nothing
              }
              <div role="columnheader" class="clip" title="${name} of ${run.run} over the steps">
                ${name} over steps
              </div>`
      }
    `;
  }

  #renderHeader(
    column: SortColumn,
    title: string,
    text: TemplateResult,
    more = '',
  ): TemplateResult {
    const {metric, lowerIsBetter} = this.model!;
    return sortHeader(
      this.view.sort,
      metric !== null && lowerIsBetter.has(metric),
      (change) => this.dispatchEvent(intent({type: 'sort', change})),
      column,
      title,
      text,
      more,
    );
  }

  #renderRow(
    model: TagModel,
    run: RunAtStep,
    row: SampleRow,
    place: number,
    isCurrent: boolean,
  ): TemplateResult {
    const picture = this.#pictureWidth(model);
    const height = Math.round(picture * this.#ratioOf(model, run));
    // Tab must find the row that it comes to.
    const isMade = isCurrent || this.#visibleRows.isVisible(row.id, place);
    return html`<div
      class="row"
      role="presentation"
      data-sample=${row.id}
      style=${styleMap({height: `${height + CELL}px`})}
    >
      ${
        isMade
          ? html`<pairs-table-row
              role="row"
              aria-rowindex=${place + 2}
              tabindex=${isCurrent ? 0 : -1}
              .model=${model}
              .run=${run}
              .row=${row}
              .view=${this.view}
              .source=${this.source}
              .revision=${this.revision}
              .history=${this.history}
              .renderContext=${this.renderContext}
              .picture=${{width: picture, height}}
              .scale=${this.#scaleOf(model)}
              @focus=${() => (this.current = row.id)}
            ></pairs-table-row>`
          : nothing
      }
    </div>`;
  }

  /** The row that had the focus, or else the first one. */
  #currentRow({rows}: TagModel): SampleRow | undefined {
    return rows.find(({id}) => id === this.current) ?? rows[0];
  }

  #scaleOf(model: TagModel): BarScale {
    const {metric} = model;
    if (this.#scaled?.of !== model) {
      const scale: BarScale =
        metric === null ? [0, 1] : barScale(model.rows, metric, model.lowerIsBetter.has(metric));
      this.#scaled = {of: model, scale};
    }
    return this.#scaled.scale;
  }

  /** Of the first picture that was fetched: rows are equally high, so that they keep their places. */
  #ratioOf({tag, rows}: TagModel, {run, step}: RunAtStep): number {
    if (this.#ratio === undefined) {
      const first = rows[0];
      const size =
        first && latest(this.source?.get(tag, run, step, first.id) ?? PENDING)?.groundTruth;
      if (size === undefined) {
        return GUESSED_RATIO;
      }
      const [low, high] = RATIOS;
      this.#ratio = clamp(size.height / size.width, low, high);
    }
    return this.#ratio;
  }

  /** The header is no part of what scrolls sideways, so that it stays in sight while the page scrolls. */
  readonly #onScroll = ({target}: Event): void => {
    if (this.head !== null) {
      this.head.scrollLeft = (target as HTMLElement).scrollLeft;
    }
  };

  readonly #onKeyDown = (event: KeyboardEvent): void => {
    const {key, target} = event;
    const {model} = this;
    if (model === undefined || !(target instanceof HTMLElement)) {
      return;
    }
    const sample = (target as Partial<PairsTableRow>).row?.id;
    const isOnButton = event.composedPath()[0] instanceof HTMLButtonElement;
    if (sample === undefined || isOnButton || hasModifier(event)) {
      return;
    }
    // Keys may come faster than rows are made and get the focus.
    const current = this.#currentRow(model);
    const place = model.rows.findIndex((row) => row === current);
    const by = {ArrowDown: 1, ArrowUp: -1}[key];
    if (by === undefined) {
      return;
    }
    const next = model.rows[place + by];
    if (next !== undefined) {
      void this.#focusRow(next.id);
    }
    event.preventDefault();
    event.stopPropagation();
  };

  async #focusRow(sample: string): Promise<void> {
    this.current = sample;
    this.rowOf(sample)?.scrollIntoView({block: 'nearest'});
    await this.updateComplete;
    this.focusSample(sample);
  }
}

/** What a tooltip says besides, in lines of its own. */
function titlePart(text: string): string {
  return text === '' ? '' : `\n\n${text}`;
}

declare global {
  interface HTMLElementTagNameMap {
    'pairs-sample-table': PairsSampleTable;
  }
}
