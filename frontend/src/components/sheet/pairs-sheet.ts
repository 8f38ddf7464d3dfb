// SPDX-License-Identifier: Apache-2.0
/** The layout of many samples as tiles. */
import {html, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {customElement, state} from 'lit/decorators.js';
import {repeat} from 'lit/directives/repeat.js';
import {styleMap} from 'lit/directives/style-map.js';
import type {TagSamples} from '../../api/types.js';
import {choicesOf, pictureWidthOf} from '../../layouts/registry.js';
import type {Size} from '../../pixels/raster.js';
import type {RunAtStep, SampleRow, TagModel} from '../../store/data.js';
import {intent} from '../../store/intents.js';
import {FIRST_SAMPLES} from '../../store/prefetch.js';
import {metricName} from '../../views/metric-text.js';
import {oneRun} from '../../views/one-run.js';
import {samplePreview} from '../../views/sample-preview.js';
import {sampleRanks, type SampleRank} from '../../views/sample-ranks.js';
import {
  movedSample,
  rowsOfPage,
  placeInRow,
  samplesOfRow,
  sheetGeometry,
  type SheetGeometry,
} from '../../views/sheet-geometry.js';
import {Blink} from '../behaviors/blink.js';
import {hasModifier} from '../behaviors/key-targets.js';
import {Peek} from '../behaviors/peek.js';
import {VisibleRows} from '../behaviors/visible-rows.js';
import {styles} from './pairs-sheet-styles.js';
import {contentOfRow, renderRowCanvas} from './row-canvas.js';
import './pairs-tile.js';
import type {PairsTile} from './pairs-tile.js';
import {LayoutElement} from '../layouts/layout-element.js';
import {rankLegendStyles} from '../layouts/rank-legend.js';
import {ElementWidth} from '../behaviors/element-width.js';

const UNKNOWN_FRAME: Size = {width: 3, height: 2};

/** What follows from the model and the run, made anew only where one of them is another. */
interface Shown {
  readonly of: TagModel;
  readonly history: TagSamples | undefined;
  readonly run: RunAtStep;
  /** Of the run alone. */
  readonly model: TagModel;
  readonly ranks: ReadonlyMap<string, SampleRank>;
}

/**
 * Many samples at once: one run's prediction of each, as tiles. Only the rows near the part of the page that is seen are made.
 *
 * Keys: the arrows, Home, End, PageUp and PageDown go from sample to sample; Enter opens one.
 *
 * @event pairs-intent `open`
 */
@customElement('pairs-sheet')
export class PairsSheet extends LayoutElement {
  static override styles = [rankLegendStyles, styles];

  /** The sample that Tab comes to. */
  @state() private current: string | null = null;

  readonly #visibleRows = new VisibleRows(
    this,
    (rows) => {
      this.#inSight = rows.map(Number);
      this.#tell();
    },
    ({dataset}) => dataset.row ?? '',
  );
  readonly #blink = new Blink(this);
  readonly #peek = new Peek(this);
  readonly #width = new ElementWidth(this);
  #inSight: readonly number[] = [];
  #shown: Shown | undefined;
  /** Size of the first picture that was there: all tiles are as high. */
  #known: {tag: string; frame: Size} | undefined;

  topmost(top: number): string | null {
    const {model} = this;
    const row = [...this.rows].find((one) => one.getBoundingClientRect().bottom > top);
    if (model === undefined || row === undefined) {
      return null;
    }
    const {first} = samplesOfRow(this.#geometry(model), this.#numberOf(row), model.rows.length);
    return model.rows[first]?.id ?? null;
  }

  reveal(sample: string): boolean {
    const {model} = this;
    const place = this.#placeOf(sample);
    if (model === undefined || place < 0 || this.#width.value === 0) {
      return false;
    }
    const row = Math.floor(place / this.#geometry(model).columns);
    this.rows[row]?.scrollIntoView({block: 'start'});
    return this.#tileOf(sample) !== undefined;
  }

  focusSample(sample: string): boolean {
    const tile = this.#tileOf(sample);
    tile?.focus({preventScroll: true});
    return tile !== undefined;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('view')) {
      this.#blink.follow(this.view);
    }
    this.#learn();
  }

  protected override updated(): void {
    this.#visibleRows.follow(this.rows);
    this.#tell();
  }

  #numberOf({dataset}: HTMLElement): number {
    return Number(dataset.row);
  }

  #tileOf(sample: string): PairsTile | undefined {
    const tiles = [...this.renderRoot.querySelectorAll('pairs-tile')];
    return tiles.find(({row}) => row?.id === sample);
  }

  #placeOf(sample: string | null): number {
    return this.model?.rows.findIndex(({id}) => id === sample) ?? -1;
  }

  /** Of the sample that had the focus, or else of the first. */
  get #currentPlace(): number {
    return Math.max(this.#placeOf(this.current), 0);
  }

  protected override render() {
    const {model} = this;
    const shown = model && this.#show(model);
    if (model === undefined || shown === undefined) {
      return nothing;
    }
    if (this.#width.value === 0) {
      return this.#renderLegend(model);
    }
    const geometry = this.#geometry(model);
    const current = this.#currentPlace;
    return html`${this.#renderLegend(model)}
      <div
        role="grid"
        aria-label="Samples of ${model.tag}"
        aria-rowcount=${geometry.rows}
        aria-colcount=${geometry.columns}
        @keydown=${this.#onKeyDown}
      >
        ${Array.from({length: geometry.rows}, (_, row) => this.#renderRow(shown, geometry, row, current))}
      </div>`;
  }

  #renderLegend({metric}: TagModel) {
    return metric === null
      ? nothing
      : html`<div class="legend">
          <bdi>${metricName(metric)}</bdi> among all samples of the run:
          <span class="best">best tenth</span>, <span class="worst">worst tenth</span>
        </div>`;
  }

  #renderRow(shown: Shown, geometry: SheetGeometry, row: number, current: number) {
    const {rows} = shown.of;
    const {first, end} = samplesOfRow(geometry, row, rows.length);
    const hasCurrent = first <= current && current < end;
    // Tab must find the tile that it comes to.
    const isMade = hasCurrent || this.#visibleRows.isVisible(String(row), row);
    const {picture, columns, pitch} = geometry;
    const samples = isMade ? rows.slice(first, end) : [];
    const of = isMade ? contentOfRow(samples, geometry) : '';
    return html`<div
      class="row"
      data-row=${row}
      role=${isMade ? 'row' : 'presentation'}
      aria-rowindex=${isMade ? row + 1 : nothing}
      style=${styleMap({
        height: `${pitch}px`,
        gridTemplateColumns: `repeat(${columns}, ${picture.width + 2}px)`,
      })}
    >
      ${
        isMade
          ? html`${renderRowCanvas(geometry, of)}
            ${repeat(
              samples,
              ({id}) => id,
              (one, column) =>
                this.#renderTile(shown, one, geometry, {column, of}, first + column === current),
            )}`
          : nothing
      }
    </div>`;
  }

  #renderTile(
    {model, run, ranks}: Shown,
    row: SampleRow,
    geometry: SheetGeometry,
    {column, of}: {column: number; of: string},
    isCurrent: boolean,
  ): TemplateResult {
    return html`<pairs-tile
      role="gridcell"
      tabindex=${isCurrent ? 0 : -1}
      data-sample=${row.id}
      .model=${model}
      .run=${run}
      .row=${row}
      .view=${this.view}
      .source=${this.source}
      .revision=${this.revision}
      .renderContext=${this.renderContext}
      .picture=${geometry.picture}
      .place=${placeInRow(geometry, column, of)}
      .rank=${ranks.get(row.id)}
      .showsOtherSide=${this.#peek.held || this.#blink.showsOtherSide}
      @focus=${() => (this.current = row.id)}
      @click=${() => this.#open(row.id)}
    ></pairs-tile>`;
  }

  #show(model: TagModel): Shown | undefined {
    const run = oneRun(model, choicesOf(this.view, model.tag).run, this.view.reference);
    if (run === undefined) {
      return undefined;
    }
    const {history} = this;
    const old = this.#shown;
    if (old?.of !== model || old.run !== run || old.history !== history) {
      const {metric, lowerIsBetter} = model;
      const isLower = metric !== null && lowerIsBetter.has(metric);
      this.#shown = {
        of: model,
        history,
        run,
        model: {
          ...model,
          runs: [{...run, offset: 0n}],
          // A may be any of them.
          named: [...model.named, ...model.runs.filter((other) => other !== run)],
        },
        ranks: sampleRanks(history, run, metric, isLower),
      };
    }
    return this.#shown;
  }

  #geometry(model: TagModel): SheetGeometry {
    return sheetGeometry(
      model.rows.length,
      pictureWidthOf(this.view, model.tag, model.runs.length),
      this.#known?.frame ?? UNKNOWN_FRAME,
      this.#width.value,
    );
  }

  /** What the first picture says of all. */
  #learn(): void {
    const {model, source} = this;
    if (model === undefined || this.#known?.tag === model.tag) {
      return;
    }
    this.#known = undefined;
    const shown = this.#show(model);
    for (const {id} of [...this.#samplesInSight(model), ...model.rows.slice(0, FIRST_SAMPLES)]) {
      const sample = shown && samplePreview(source, shown.model, id);
      const frame = sample?.groundTruth ?? sample?.prediction;
      if (frame !== undefined) {
        this.#known = {tag: model.tag, frame};
        return;
      }
    }
  }

  #samplesInSight(model: TagModel): readonly SampleRow[] {
    const geometry = this.#geometry(model);
    return this.#inSight.flatMap((row) => {
      const {first, end} = samplesOfRow(geometry, row, model.rows.length);
      return model.rows.slice(first, end);
    });
  }

  #tell(): void {
    const {model} = this;
    const shown = model && this.#show(model);
    // Until the tiles were laid out nobody knows.
    const isUnknown = this.#inSight.length === 0 && !this.hasTold;
    if (model === undefined || shown === undefined || isUnknown) {
      return;
    }
    this.tellVisible({
      tag: model.tag,
      samples: this.#samplesInSight(model).map(({id}) => id),
      runs: [shown.run.run],
    });
  }

  #open(sample: string): void {
    if (this.model !== undefined) {
      this.dispatchEvent(intent({type: 'open', tag: this.model.tag, sample}));
    }
  }

  readonly #onKeyDown = (event: KeyboardEvent): void => {
    const {key} = event;
    const {model} = this;
    if (model === undefined || hasModifier(event)) {
      return;
    }
    const geometry = this.#geometry(model);
    // Keys may come faster than tiles are made and get the focus.
    const place = this.#currentPlace;
    const target = movedSample(
      key,
      geometry,
      model.rows.length,
      place,
      rowsOfPage(geometry, window.innerHeight),
    );
    if (key === 'Enter') {
      this.#open(model.rows[place]!.id);
    } else if (target === null) {
      return;
    } else {
      void this.#focus(model.rows[target]!.id);
    }
    event.preventDefault();
    event.stopPropagation();
  };

  async #focus(sample: string): Promise<void> {
    this.current = sample;
    await this.updateComplete;
    const tile = this.#tileOf(sample);
    tile?.scrollIntoView({block: 'nearest'});
    tile?.focus({preventScroll: true});
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pairs-sheet': PairsSheet;
  }
}
