// SPDX-License-Identifier: Apache-2.0
/**
 * The full view of one sample: large panes, film strip and details. The app shows it while
 * `view.open` names a sample.
 */
import {LitElement, html, nothing} from 'lit';
import {customElement, property, query, state} from 'lit/decorators.js';
import {styleMap} from 'lit/directives/style-map.js';
import type {TagSamples} from '../../api/types.js';
import type {Size} from '../../pixels/raster.js';
import type {SampleRow, SampleSource, TagModel} from '../../store/data.js';
import {intent, type Intent} from '../../store/intents.js';
import {paneCount} from '../../store/sides.js';
import {INITIAL_VIEW, type ViewState, type Zoom} from '../../store/view.js';
import {controlStyles} from '../../controls/control-styles.js';
import {isolated} from '../../texts/isolated.js';
import '../../controls/pairs-icon.js';
import '../../controls/pairs-name.js';
import {showNumber} from '../../controls/scoped-number.js';
import {countOf} from '../../texts/scoped-number.js';
import {Blink} from '../behaviors/blink.js';
import {chipStyles} from './card-styles.js';
import type {LegendEntry} from '../../kinds/legend.js';
import './pairs-film-strip.js';
import './pairs-legend.js';
import './pairs-menu.js';
import './pairs-panes.js';
import type {PairsPanes} from './pairs-panes.js';
import './pairs-sample-details.js';
import {
  CAPTION,
  columnsFor,
  columnsForBox,
  heightOfCard,
  rowsToPrediction,
  tallestPane,
} from '../../views/pane-layout.js';
import {Peek} from '../behaviors/peek.js';
import type {SamplePictures} from '../../views/sample-pictures.js';
import {shareIntent, shareItems} from '../../views/share-items.js';
import type {RenderContext} from '../../views/render-context.js';
import {styles} from './pairs-full-view-styles.js';

/** CSS pixels beside the pictures of a card, at least. */
const CARD_MARGIN = 26;
/** The details stand beside the pictures from this width on, and are hidden at first below it. */
const WIDE = 820;
/** In a view that is less tall, the pictures have the room of the film strip. */
const TALL = 520;

/**
 * One sample, large: to be placed over the cards while `view.open` names a sample of `model`.
 *
 * @event pairs-intent What the user asks for; `close` and `moveSample` among it.
 * @event pairs-visible-film The steps that the film strip shows.
 */
@customElement('pairs-full-view')
export class PairsFullView extends LitElement {
  static override styles = [controlStyles, chipStyles, styles];

  /** The tag of the open sample. */
  @property({attribute: false}) model: TagModel | undefined;
  /** Id of the open sample. */
  @property() sample = '';
  @property({attribute: false}) view: ViewState = INITIAL_VIEW;
  @property({attribute: false}) source: SampleSource | undefined;
  /** Any other value tells that `source` has something new. */
  @property({type: Number}) revision = 0;
  /** Metrics of the samples over all steps, when the store has them. */
  @property({attribute: false}) history: TagSamples | undefined;
  /** One for the page. */
  @property({attribute: false}) renderContext: RenderContext | undefined;

  /** Whose table and film are shown; the first run while it is not one of those on. */
  @state() private chosenRun = '';
  @state() private chosenMetric: string | null = null;
  @state() private isDetailed: boolean | undefined;
  @state() private legend: readonly LegendEntry[] = [];
  @state() private pictures: SamplePictures | undefined;
  @state() private box: Size = {width: 0, height: 0};
  @state() private isNarrow = false;
  @state() private isShort = false;
  @query('pairs-panes') private panes!: PairsPanes | null;
  @query('.frame') private frameElement!: HTMLElement | null;

  readonly #blink = new Blink(this);
  readonly #peek = new Peek(this);
  #sizes: ResizeObserver | undefined;
  #unlisted: SampleRow | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#sizes = new ResizeObserver(() => {
      this.#measure();
    });
    this.#sizes.observe(this);
    void this.updateComplete.then(() => {
      this.panes?.focusPictures();
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#sizes?.disconnect();
  }

  #measure(): void {
    this.isNarrow = this.clientWidth < WIDE;
    this.isShort = this.clientHeight < TALL;
    this.classList.toggle('narrow', this.isNarrow);
    const frame = this.frameElement;
    if (frame === null) {
      return;
    }
    if (frame.clientWidth !== this.box.width || frame.clientHeight !== this.box.height) {
      this.box = {width: frame.clientWidth, height: frame.clientHeight};
    }
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('view')) {
      this.#blink.follow(this.view);
    }
  }

  protected override updated(): void {
    this.#measure();
  }

  protected override render() {
    const {model} = this;
    if (model === undefined) {
      return nothing;
    }
    const row = this.#row(model);
    const detailed = this.isDetailed ?? !this.isNarrow;
    const {columns, height} = this.#layout(model);
    return html`
      ${this.#renderHeader(model, row, detailed)}
      <div class="body ${detailed ? 'detailed' : ''}">
        <div class="frame">
          <pairs-panes
            fill
            .model=${model}
            .row=${row}
            .view=${this.view}
            .source=${this.source}
            .revision=${this.revision}
            .renderContext=${this.renderContext}
            .zoom=${this.view.zoom}
            .columns=${columns}
            style=${styleMap({minHeight: `${height}px`})}
            .showsOtherSide=${this.#blink.showsOtherSide}
            .peeking=${this.#peek.held}
            .wheelZooms=${true}
            @pairs-panes-zoom=${({detail}: CustomEvent<Zoom>) => {
              this.#send({type: 'zoom', zoom: detail});
            }}
            @pairs-panes-swipe=${({detail}: CustomEvent<number>) => {
              this.#send({type: 'swipe', position: detail});
            }}
            @pairs-panes-change=${({target}: Event) => {
              const panes = target as PairsPanes;
              this.legend = panes.legend;
              this.pictures = panes.sample;
            }}
          ></pairs-panes>
        </div>
        ${detailed ? this.#renderDetails(model, row) : nothing}
      </div>
      ${this.isShort ? nothing : this.#renderFilm(model)}
    `;
  }

  /** A filter, or data that is still under way, may leave the open sample out: it is shown nonetheless. */
  #row(model: TagModel): SampleRow {
    const listed = model.rows.find(({id}) => id === this.sample);
    if (listed !== undefined) {
      return listed;
    }
    // The same object each time: the panes take another one for news, and tell of it, without end.
    if (this.#unlisted?.id !== this.sample) {
      this.#unlisted = {
        id: this.sample,
        metrics: new Map(),
        changed: [],
        attributes: {},
        flagged: false,
      };
    }
    return this.#unlisted;
  }

  /** How the panes are laid out: scrolled, where they would be smaller than on a card. */
  #layout(model: TagModel): {readonly columns: number; readonly height: number} {
    const frame = this.pictures?.frame ?? {width: 2, height: 1};
    const hasInput = this.pictures?.input !== undefined;
    const panes = paneCount(model, this.view, hasInput);
    const width = this.clientWidth - CARD_MARGIN;
    const columns = columnsFor(width, panes);
    const tallest = tallestPane(frame, window.innerHeight, rowsToPrediction(columns, hasInput));
    const height = heightOfCard(this.box.width, panes, frame, {width, columns, tallest});
    const box = {...this.box, height: Math.max(this.box.height, height)};
    return {columns: columnsForBox(box, panes, frame, CAPTION), height};
  }

  #renderHeader(model: TagModel, row: SampleRow, detailed: boolean) {
    const at = model.rows.indexOf(row);
    return html`<header>
      <span class="group">
        <button
          aria-label="Previous sample"
          title="Previous sample (↑)"
          ?disabled=${at === 0}
          @click=${this.#intent({type: 'moveSample', by: -1})}
        >
          <pairs-icon name="chevron-left"></pairs-icon>
        </button>
        <button
          aria-label="Next sample"
          title="Next sample (↓)"
          ?disabled=${at === model.rows.length - 1}
          @click=${this.#intent({type: 'moveSample', by: 1})}
        >
          <pairs-icon name="chevron-right"></pairs-icon>
        </button>
      </span>
      <h2>${row.id}</h2>
      <span class="muted">
        ${[
          this.pictures?.caption,
          at < 0
            ? undefined
            : html`${showNumber(countOf(at + 1, 'place', {tag: model.tag, sample: row.id}))} of
              ${showNumber(countOf(model.rows.length, 'shown samples', {tag: model.tag}))}`,
          model.tag,
        ]
          .filter((part) => part !== undefined && part !== '')
          .map((part, i) => html`${i === 0 ? nothing : ' · '}<bdi>${part}</bdi>`)}
      </span>
      <span class="space"></span>
      ${this.legend.length === 0 ? nothing : html`<pairs-legend .entries=${this.legend}></pairs-legend>`}
      <span class="group">
        <button title="Fit (0)" @click=${() => this.panes?.zoomTo('fit')}>Fit</button>
        <button
          title="One picture pixel per screen pixel (9)"
          @click=${() => this.panes?.zoomTo('actual')}
        >
          1:1
        </button>
        <button
          title="Magnify until values can be read (8)"
          @click=${() => this.panes?.zoomTo('values')}
        >
          Values
        </button>
        <button
          aria-pressed=${detailed ? 'true' : 'false'}
          @click=${() => (this.isDetailed = !detailed)}
        >
          Details
        </button>
        <pairs-menu
          label="Export and compare"
          .items=${shareItems(this.model?.runs.length ?? 0)}
          @pairs-menu-choose=${({detail}: CustomEvent<string>) => this.#share(detail)}
        ></pairs-menu>
        <button
          class="close"
          aria-label="Close the full view"
          title="Close (Esc)"
          @click=${this.#intent({type: 'close'})}
        >
          <pairs-icon name="x"></pairs-icon>
        </button>
      </span>
    </header>`;
  }

  #renderDetails(model: TagModel, row: SampleRow) {
    return html`<aside aria-label="Details of ${row.id}">
      <pairs-sample-details
        .model=${model}
        .row=${row}
        .view=${this.view}
        .history=${this.history}
        .pictures=${this.pictures}
        .chosenRun=${this.chosenRun}
        .chosenMetric=${this.chosenMetric}
        @pairs-metric-choose=${({detail}: CustomEvent<string>) => (this.chosenMetric = detail)}
        @pairs-run-choose=${({detail}: CustomEvent<string>) => (this.chosenRun = detail)}
      ></pairs-sample-details>
    </aside>`;
  }

  #renderFilm(model: TagModel) {
    const runs = this.pictures?.runs ?? [];
    const subject = runs.find(({run: {run: name}}) => name === this.chosenRun) ?? runs[0];
    if (subject === undefined || subject.run.steps.length < 2) {
      return nothing;
    }
    const at = runs.indexOf(subject);
    const next = runs[(at + 1) % runs.length]!.run.run;
    return html`<div class="film">
      <button
        class="who plain"
        ?disabled=${runs.length < 2}
        title=${runs.length < 2 ? subject.run.run : `${isolated(subject.run.run)}; show ${isolated(next)}`}
        @click=${() => (this.chosenRun = next)}
      >
        <span class="dot" style="background:${subject.run.color}"></span
        ><pairs-name
          .name=${subject.run.run}
          .hint=${runs.length < 2 ? '' : `${isolated(subject.run.run)}; show ${isolated(next)}`}
        ></pairs-name>
      </button>
      <pairs-film-strip
        .model=${model}
        .run=${subject.run}
        .sample=${this.sample}
        .view=${this.view}
        .source=${this.source}
        .revision=${this.revision}
        .renderContext=${this.renderContext}
        .frame=${this.pictures?.frame}
        .display=${this.panes?.display}
      ></pairs-film-strip>
    </div>`;
  }

  #share(id: string): void {
    const shared = shareIntent(id, {tag: this.model?.tag ?? '', sample: this.sample});
    if (shared !== null) {
      this.#send(shared);
    }
  }

  #intent(detail: Intent): () => void {
    return () => {
      this.#send(detail);
    };
  }

  #send(detail: Intent): void {
    this.dispatchEvent(intent(detail));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pairs-full-view': PairsFullView;
  }
}
