// SPDX-License-Identifier: Apache-2.0
/** The layout of samples against runs. */
import {html, nothing} from 'lit';
import {customElement, query, state} from 'lit/decorators.js';
import {repeat} from 'lit/directives/repeat.js';
import {styleMap} from 'lit/directives/style-map.js';
import {pictureWidthOf} from '../../layouts/registry.js';
import type {Size} from '../../pixels/raster.js';
import type {SampleRow, TagModel} from '../../store/data.js';
import {runGroups} from '../../store/hparams.js';
import {intent, type VisibleSamples} from '../../store/intents.js';
import type {Zoom} from '../../store/view.js';
import {Blink} from '../behaviors/blink.js';
import {focusedSample} from '../behaviors/key-scope.js';
import {hasModifier} from '../behaviors/key-targets.js';
import {Peek} from '../behaviors/peek.js';
import {SampleZooms} from '../behaviors/sample-zooms.js';
import '../cards/pairs-panes.js';
import type {PairsPanes} from '../cards/pairs-panes.js';
import {isEqual} from '../../views/equality.js';
import {
  findKnown,
  isSameModel,
  matrixCells,
  modelGeometry,
  narrowedModel,
  partInSight,
  type KnownPictures,
  type MatrixPart,
} from '../../views/matrix-cells.js';
import {groupStarts, scrollToRow, type MatrixGeometry} from '../../views/matrix-geometry.js';
import {metricName} from '../../views/metric-text.js';
import {samplePreview} from '../../views/sample-preview.js';
import './pairs-matrix-head.js';
import './pairs-matrix-title.js';
import {styles} from './pairs-matrix-styles.js';
import {LayoutElement} from '../layouts/layout-element.js';
import {rankLegendStyles} from '../layouts/rank-legend.js';

/**
 * Samples against runs. Input and ground truth stay at the left and the headers at the top while the rest scrolls; only what is
 * in sight is drawn and fetched.
 *
 * Keys: the arrows up and down go from sample to sample; else as in `pairs-panes`.
 *
 * @event pairs-intent What the user asks for.
 */
@customElement('pairs-matrix')
export class PairsMatrix extends LayoutElement {
  static override styles = [rankLegendStyles, styles];

  /** What of the box is seen. */
  @state() private left = 0;
  @state() private top = 0;
  @state() private size: Size = {width: 0, height: 0};
  @query('.box') private box!: HTMLElement | null;

  readonly #blink = new Blink(this);
  readonly #peek = new Peek(this);
  readonly #zooms = new SampleZooms(this);
  #sizes: ResizeObserver | undefined;
  #known: KnownPictures | undefined;
  #shownModel: TagModel | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#sizes = new ResizeObserver(() => this.#measure());
    this.#sizes.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#sizes?.disconnect();
    this.#tell({tag: this.model?.tag ?? '', samples: []});
  }

  topmost(top: number): string | null {
    const {model, box} = this;
    if (model === undefined || box === null) {
      return null;
    }
    const hidden = Math.max(top - box.getBoundingClientRect().top, 0);
    const {rowHeight} = this.#geometry(model);
    return model.rows[Math.floor((this.top + hidden) / rowHeight)]?.id ?? null;
  }

  override columnsAway(): number {
    return this.model === undefined ? 0 : this.left / this.#geometry(this.model).cell.width;
  }

  reveal(sample: string, columns: number): boolean {
    const {model, box} = this;
    const place = this.#placeOf(sample);
    if (model === undefined || box === null || place < 0) {
      return false;
    }
    this.scrollIntoView({block: 'nearest'});
    const {rowHeight, cell} = this.#geometry(model);
    box.scrollTo(columns * cell.width, place * rowHeight);
    // Until a picture is there, rows are of another height.
    return this.#known !== undefined && this.#panesOf(sample) !== null;
  }

  focusSample(sample: string): boolean {
    const panes = this.#panesOf(sample);
    panes?.focusPictures();
    return panes !== null;
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('view')) {
      this.#blink.follow(this.view);
      this.#zooms.follow(this.view);
    }
    const old = changed.get('model') as TagModel | undefined;
    if (old !== undefined && old.tag !== this.model?.tag) {
      this.#zooms.clear();
    }
    this.#learn();
  }

  protected override firstUpdated(): void {
    this.#sizes?.observe(this.box!);
    this.#measure();
  }

  protected override updated(): void {
    const {model} = this;
    if (model !== undefined && this.size.width > 0) {
      const {samples, runs} = this.#inSight(model, this.#geometry(model));
      this.#tell({
        tag: model.tag,
        samples: samples.map(({id}) => id),
        runs: runs.map(({run}) => run),
      });
    }
  }

  protected override render() {
    const {model} = this;
    if (model === undefined) {
      return nothing;
    }
    const geometry = this.#geometry(model);
    const {samples, runs} = this.#inSight(model, geometry);
    const groups = runGroups(
      model.hparams,
      model.runs.map(({run}) => run),
    );
    return html`<div
        class="box"
        role="group"
        tabindex="-1"
        aria-label="Samples and runs of ${model.tag}"
        @scroll=${this.#onScroll}
        @pairs-panes-swipe=${this.#onSwipe}
      >
        <div
          class="all"
          style=${styleMap({width: `${geometry.width}px`, height: `${geometry.height}px`})}
        >
          <pairs-matrix-head
            .model=${model}
            .reference=${this.view.reference}
            .geometry=${geometry}
            .groups=${groups}
            .hasInput=${this.#hasInput}
            style=${styleMap({height: `${geometry.headHeight}px`})}
          ></pairs-matrix-head>
          ${groupStarts(
            geometry,
            groups.map(({runs: ofGroup}) => ofGroup.length),
          ).map(
            (left) =>
              html`<div
                class="divider"
                style=${styleMap({left: `${left}px`, top: `${geometry.headHeight}px`})}
              ></div>`,
          )}
          ${repeat(
            samples,
            ({id}) => id,
            (row) => this.#renderRow(model, row, runs, geometry),
          )}
        </div>
      </div>
      ${this.#renderLegend(model)}`;
  }

  #renderRow(model: TagModel, row: SampleRow, runs: TagModel['runs'], geometry: MatrixGeometry) {
    const {rowHeight, headHeight, cell} = geometry;
    const top = headHeight + this.#placeOf(row.id) * rowHeight;
    return html`<article
      class="row"
      data-sample=${row.id}
      aria-label="Sample ${row.id}"
      style=${styleMap({top: `${top}px`, height: `${rowHeight}px`})}
      @keydown=${(event: KeyboardEvent) => this.#onKeyDown(event, row.id)}
    >
      <pairs-matrix-title
        style=${styleMap({width: `${Math.min(this.size.width, geometry.width)}px`})}
        .model=${model}
        .row=${row}
        .view=${this.view}
        .history=${this.history}
        .caption=${samplePreview(this.source, model, row.id)?.caption ?? ''}
      ></pairs-matrix-title>
      <pairs-panes
        cells
        style=${styleMap({height: `${cell.height}px`})}
        .model=${this.#narrowed(model, runs)}
        .row=${row}
        .view=${this.view}
        .source=${this.source}
        .revision=${this.revision}
        .renderContext=${this.renderContext}
        .cells=${matrixCells(model, row, runs, geometry, this.#hasInput, this.view.a)}
        .zoom=${this.#zooms.of(row.id, this.view)}
        .showsOtherSide=${this.#blink.showsOtherSide}
        .peeking=${this.#peek.held}
        @pairs-panes-zoom=${({detail}: CustomEvent<Zoom>) => this.#zooms.set(row.id, detail)}
        @pairs-panes-change=${this.#onPanesChange}
      ></pairs-panes>
    </article>`;
  }

  #renderLegend({metric, runs}: TagModel) {
    return metric === null || runs.length < 2
      ? nothing
      : html`<div class="legend">
          <span
            ><bdi>${metricName(metric)}</bdi> of each sample: <span class="best">best run</span>,
            <span class="worst">worst run</span></span
          >
        </div>`;
  }

  #narrowed(model: TagModel, runs: TagModel['runs']): TagModel {
    const made = narrowedModel(model, runs);
    if (this.#shownModel === undefined || !isSameModel(this.#shownModel, made)) {
      this.#shownModel = made;
    }
    return this.#shownModel;
  }

  get #hasInput(): boolean {
    return this.#known?.hasInput ?? true;
  }

  #geometry(model: TagModel): MatrixGeometry {
    return modelGeometry(
      model,
      pictureWidthOf(this.view, model.tag, model.runs.length),
      this.#known,
      this.size.width,
    );
  }

  #inSight(model: TagModel, geometry: MatrixGeometry): MatrixPart {
    const box = {left: this.left, top: this.top, ...this.size};
    return partInSight(model, geometry, box, focusedSample(this.renderRoot));
  }

  #learn(): void {
    const {model, source} = this;
    if (model === undefined || this.#known?.tag === model.tag) {
      return;
    }
    this.#known = undefined;
    this.#known = findKnown(model, this.#inSight(model, this.#geometry(model)).samples, source);
  }

  #placeOf(sample: string): number {
    return this.model?.rows.findIndex(({id}) => id === sample) ?? -1;
  }

  #panesOf(sample: string): PairsPanes | null {
    return this.rowOf(sample)?.querySelector('pairs-panes') ?? null;
  }

  #measure(): void {
    const {box} = this;
    if (box === null) {
      return;
    }
    const size = {width: box.clientWidth, height: box.clientHeight};
    if (!isEqual(size, this.size)) {
      this.size = size;
    }
  }

  #tell(detail: VisibleSamples): void {
    // The first run is needed for comparisons, wherever it stands.
    const first = this.model?.runs[0]?.run;
    const runs =
      detail.runs === undefined || first === undefined || detail.runs.includes(first)
        ? detail.runs
        : [first, ...detail.runs];
    this.tellVisible({...detail, ...(runs !== undefined && {runs})});
  }

  readonly #onScroll = (): void => {
    const {box} = this;
    if (box !== null) {
      [this.left, this.top] = [box.scrollLeft, box.scrollTop];
    }
  };

  /** What the colours of a row span, its title says. */
  readonly #onPanesChange = ({target}: Event): void => {
    const panes = target as PairsPanes;
    const title = panes.parentElement?.querySelector('pairs-matrix-title');
    if (title != null) {
      title.legend = panes.legend;
    }
  };

  readonly #onSwipe = ({detail}: CustomEvent<number>): void => {
    this.dispatchEvent(intent({type: 'swipe', position: detail}));
  };

  #onKeyDown(event: KeyboardEvent, sample: string): void {
    const by = {ArrowDown: 1, ArrowUp: -1}[event.key];
    const isInPictures = (event.target as HTMLElement).localName === 'pairs-panes';
    if (by === undefined || event.defaultPrevented || !isInPictures || hasModifier(event)) {
      return;
    }
    void this.#focusRow(this.#placeOf(sample) + by);
    event.preventDefault();
    event.stopPropagation();
  }

  async #focusRow(place: number): Promise<void> {
    const {model, box} = this;
    const row = model?.rows[place];
    if (model === undefined || box === null || row === undefined) {
      return;
    }
    box.scrollTop = scrollToRow(this.#geometry(model), place, this.top, this.size.height);
    this.top = box.scrollTop;
    await this.updateComplete;
    this.focusSample(row.id);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pairs-matrix': PairsMatrix;
  }
}
