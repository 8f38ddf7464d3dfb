// SPDX-License-Identifier: Apache-2.0
/** The layout of many samples as tiles. */
import {html, nothing, type PropertyValues} from 'lit';
import {customElement, state} from 'lit/decorators.js';
import {repeat} from 'lit/directives/repeat.js';
import {choicesOf, pictureWidthOf} from '../../layouts/registry.js';
import type {Size} from '../../pixels/raster.js';
import type {SampleRow, TagModel} from '../../store/data.js';
import {intent} from '../../store/intents.js';
import {FIRST_SAMPLES} from '../../store/prefetch.js';
import {oneRun} from '../../store/one-run.js';
import {RowsInSight} from '../../views/rows-in-sight.js';
import {samplePreview} from '../../views/sample-preview.js';
import {shownRun, type ShownRun} from '../../views/shown-run.js';
import {
  movedSample,
  rowsOfPage,
  samplesOfRow,
  sheetGeometry,
  type SheetGeometry,
} from '../../views/sheet-geometry.js';
import {partsOfTiles} from '../../views/tile-view.js';
import {Blink} from '../behaviors/blink.js';
import {hasModifier} from '../behaviors/key-targets.js';
import {Peek} from '../behaviors/peek.js';
import {RowElements} from '../behaviors/row-elements.js';
import {VisibleRows} from '../behaviors/visible-rows.js';
import {styles} from './pairs-sheet-styles.js';
import {renderRowPlaces} from './row-places.js';
import {renderLegend} from './sheet-legend.js';
import {renderSheetRow} from './sheet-row.js';
import type {PairsTile} from './pairs-tile.js';
import {LayoutElement} from '../layouts/layout-element.js';
import {rankLegendStyles} from '../layouts/rank-legend.js';
import {ElementWidth} from '../behaviors/element-width.js';

const UNKNOWN_FRAME: Size = {width: 3, height: 2};

/**
 * Many samples at once: one run's prediction of each, as tiles. Only the rows near the part of the page that is seen are made;
 * places of their height stand where all others are.
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
      this.#inSight.move(rows.map(Number));
      this.#tell();
    },
    ({dataset}) => dataset.row ?? '',
  );
  readonly #blink = new Blink(this);
  readonly #peek = new Peek(this);
  readonly #width = new ElementWidth(this);
  readonly #rowElements: RowElements = new RowElements(this);
  readonly #inSight = new RowsInSight();
  #shown: ShownRun | undefined;
  /** Size of the first picture that was there: all tiles are as high. */
  #known: {tag: string; frame: Size} | undefined;

  topmost(top: number): string | null {
    const {model} = this;
    const row = [...this.rows].find((one) => one.getBoundingClientRect().bottom > top);
    if (model === undefined || row === undefined) {
      return null;
    }
    const {first} = samplesOfRow(this.#geometry(model), Number(row.dataset.row), model.rows.length);
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
    this.#followFocus();
    this.#tell();
  }

  /** The tile that had the focus may show another sample now, or be gone with its row. */
  #followFocus(): void {
    if (this.#rowElements.lostFocus) {
      this.#tileOf(this.model?.rows[this.#currentPlace]?.id ?? null)?.focus({preventScroll: true});
    }
    const focused = this.#tiles.find((tile) => tile === this.shadowRoot?.activeElement);
    const sample = focused?.row?.id;
    if (sample !== undefined && sample !== this.current) {
      const moved = this.#tileOf(this.current);
      moved?.focus({preventScroll: true});
      this.current = moved?.row?.id ?? sample;
    }
  }

  #tileOf(sample: string | null): PairsTile | undefined {
    return this.#tiles.find(({row}) => row?.id === sample);
  }

  get #tiles(): readonly PairsTile[] {
    return [...this.renderRoot.querySelectorAll('pairs-tile')];
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
      return renderLegend(model);
    }
    const geometry = this.#geometry(model);
    const current = this.#currentPlace;
    const common = {
      shown,
      geometry,
      current,
      view: this.view,
      source: this.source,
      revision: this.revision,
      renderContext: this.renderContext,
      showsOtherSide: this.#showsOtherSide,
      onFocus: this.#onFocus,
      onOpen: this.#open,
    };
    return html`${renderLegend(model)}
      <div
        class="grid"
        role="grid"
        aria-label="Samples of ${model.tag}"
        aria-rowcount=${geometry.rows}
        aria-colcount=${geometry.columns}
        @keydown=${this.#onKeyDown}
      >
        ${renderRowPlaces(geometry)}
        ${repeat(
          this.#rowElements.place(this.#rowsToMake(geometry, current), geometry.rows),
          ({slot}) => slot,
          ({row}) => renderSheetRow({...common, row}),
        )}
      </div>`;
  }

  #rowsToMake({rows, columns}: SheetGeometry, current: number): ReadonlySet<number> {
    const made = new Set<number>();
    for (let row = 0; row < rows; row++) {
      // Tab must find the tile that it comes to.
      if (row === Math.floor(current / columns) || this.#visibleRows.isVisible(String(row), row)) {
        made.add(row);
      }
    }
    return made;
  }

  #show(model: TagModel): ShownRun | undefined {
    const run = oneRun(model, choicesOf(this.view, model.tag).run, this.view.reference);
    if (run === undefined) {
      return undefined;
    }
    this.#shown = shownRun(model, this.history, run, this.#shown);
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
    const inSight = this.#samplesOf(model, this.#inSight.rows);
    for (const {id} of [...inSight, ...model.rows.slice(0, FIRST_SAMPLES)]) {
      const sample = shown && samplePreview(source, shown.model, id);
      const frame = sample?.groundTruth ?? sample?.prediction;
      if (frame !== undefined) {
        this.#known = {tag: model.tag, frame};
        return;
      }
    }
  }

  #samplesOf(model: TagModel, rows: readonly number[]): readonly SampleRow[] {
    const geometry = this.#geometry(model);
    return rows.flatMap((row) => {
      const {first, end} = samplesOfRow(geometry, row, model.rows.length);
      return model.rows.slice(first, end);
    });
  }

  #tell(): void {
    const {model} = this;
    const shown = model && this.#show(model);
    // Until the tiles were laid out nobody knows.
    const isUnknown = this.#inSight.rows.length === 0 && !this.hasTold;
    if (model === undefined || shown === undefined || isUnknown) {
      return;
    }
    this.tellVisible({
      tag: model.tag,
      samples: this.#samplesOf(model, this.#inSight.rows).map(({id}) => id),
      ahead: this.#samplesOf(model, this.#inSight.ahead).map(({id}) => id),
      runs: [shown.run.run],
      ...partsOfTiles(this.view, shown.run.kind, this.#showsOtherSide),
    });
  }

  get #showsOtherSide(): boolean {
    return this.#peek.held || this.#blink.showsOtherSide;
  }

  readonly #onFocus = (sample: string): void => {
    this.current = sample;
  };

  readonly #open = (sample: string): void => {
    if (this.model !== undefined) {
      this.dispatchEvent(intent({type: 'open', tag: this.model.tag, sample}));
    }
  };

  readonly #onKeyDown = (event: KeyboardEvent): void => {
    const {model} = this;
    if (model === undefined || hasModifier(event)) {
      return;
    }
    const geometry = this.#geometry(model);
    // Keys may come faster than tiles are made and get the focus.
    const place = this.#currentPlace;
    const target = movedSample(
      event.key,
      geometry,
      model.rows.length,
      place,
      rowsOfPage(geometry, window.innerHeight),
    );
    if (event.key === 'Enter') {
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
