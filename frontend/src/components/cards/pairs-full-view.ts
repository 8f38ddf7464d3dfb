// SPDX-License-Identifier: Apache-2.0
/**
 * The full view of one sample: large panes, film strip and details. The app shows it while
 * `view.open` names a sample.
 */
import {LitElement, html, nothing} from 'lit';
import {customElement, property, query, state} from 'lit/decorators.js';
import {styleMap} from 'lit/directives/style-map.js';
import type {Api} from '../../api/client.js';
import type {TagSamples} from '../../api/types.js';
import type {Size} from '../../pixels/raster.js';
import type {SampleRow, SampleSource, TagModel} from '../../store/data.js';
import {intent, type Intent} from '../../store/intents.js';
import {emptyRow, findRow} from '../../store/sample-rows.js';
import {isSameSide, paneCount} from '../../store/sides.js';
import {INITIAL_VIEW, type ViewState, type Zoom} from '../../store/view.js';
import {pictureWidthOf} from '../../layouts/registry.js';
import {controlStyles} from '../../controls/control-styles.js';
import {Blink} from '../behaviors/blink.js';
import type {LegendEntry} from '../../kinds/legend.js';
import './pairs-film-strip.js';
import './pairs-full-header.js';
import './pairs-panes.js';
import type {PairsPanes} from './pairs-panes.js';
import './pairs-sample-details.js';
import {filmRuns} from '../../views/film-rows.js';
import {gainOf} from '../../views/gain.js';
import {scaleOnCard} from '../../views/pane-layout.js';
import {
  arrangeAlike,
  arrangeSpotlight,
  gridOfAlike,
  gridOfSpotlight,
  type StageGrid,
} from '../../views/stage-layout.js';
import {largeAfter} from '../../views/stage-keys.js';
import {Peek} from '../behaviors/peek.js';
import type {ZoomTarget} from '../../views/pane-keys.js';
import type {SamplePictures} from '../../views/sample-pictures.js';
import type {RenderContext} from '../../views/render-context.js';
import {styles} from './pairs-full-view-styles.js';

/** The details stand beside the pictures from this width on, and are hidden at first below it. */
const WIDE = 820;
/** CSS pixels that header and film strip take together at most, of the film's edge among them, and of one row of it. */
const AROUND = 150;
const FILM_BORDER = 4;
const SHORTEST_FILM = 56;
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
  static override styles = [controlStyles, styles];

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
  /** What the cards are in, behind this view. */
  @property({attribute: false}) scroller: HTMLElement | undefined;

  /** Where all samples are fetched from, when that is asked for. */
  @property({attribute: false}) api: Pick<Api, 'frames'> | undefined;

  /** Whose details are shown; the first run while it is not one of those on. */
  @state() private chosenRun = '';
  @state() private chosenMetric: string | null = null;
  @state() private legend: readonly LegendEntry[] = [];
  @state() private pictures: SamplePictures | undefined;
  @state() private box: Size = {width: 0, height: 0};
  @state() private isNarrow = false;
  @state() private isShort = false;
  @state() private headerHeight = 0;
  /** CSS pixels of a line of cards. */
  @state() private cardsWidth = 0;
  @query('pairs-panes') private panes!: PairsPanes | null;
  @query('.frame') private frameElement!: HTMLElement | null;
  @query('pairs-full-header') private header!: HTMLElement | null;

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
    this.#observeParts();
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
    this.headerHeight = this.header?.offsetHeight ?? 0;
    this.cardsWidth = contentWidth(this.scroller ?? this);
    const {clientWidth: width = 0, clientHeight: height = 0} = this.frameElement ?? {};
    if (width !== this.box.width || height !== this.box.height) {
      this.box = {width, height};
    }
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('view')) {
      this.#blink.follow(this.view);
    }
    const before = changed.get('model') as TagModel | undefined;
    if (before !== undefined && before.tag !== this.model?.tag) {
      // Runs of one tag at steps of another would be asked for.
      this.pictures = undefined;
    }
  }

  protected override firstUpdated(): void {
    this.#observeParts();
  }

  #observeParts(): void {
    for (const part of [this.frameElement, this.header]) {
      if (part !== null) {
        this.#sizes?.observe(part);
      }
    }
  }

  protected override render() {
    const {model} = this;
    if (model === undefined) {
      return nothing;
    }
    const row = this.#row(model);
    const {details} = this.view;
    const {grid, height} = this.#layout(model);
    return html`
      <pairs-full-header
        .model=${model}
        .row=${row}
        .caption=${this.pictures?.caption ?? ''}
        .legend=${this.legend}
        .details=${details}
        @pairs-full-zoom=${({detail}: CustomEvent<ZoomTarget>) => this.panes?.zoomTo(detail)}
      >
        <slot name="compare" slot="compare"></slot>
      </pairs-full-header>
      <div class="body ${details ? 'detailed' : ''}">
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
            .stage=${grid}
            .large=${this.view.large}
            style=${styleMap({minHeight: `${height}px`})}
            .showsOtherSide=${this.#blink.showsOtherSide}
            .peeking=${this.#peek.held}
            .wheelZooms=${true}
            @keydown=${this.#onStageKey}
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
        ${details ? this.#renderDetails(model, row) : nothing}
      </div>
      ${this.isShort ? nothing : this.#renderFilm(model)}
    `;
  }

  /** Data that is still under way may leave the open sample out: it is shown nonetheless. */
  #row(model: TagModel): SampleRow {
    const listed = findRow(model, this.sample);
    if (listed !== undefined) {
      return listed;
    }
    // The same object each time: the panes take another one for news, and tell of it, without end.
    if (this.#unlisted?.id !== this.sample) {
      this.#unlisted = emptyRow(this.sample);
    }
    return this.#unlisted;
  }

  /** Scrolled, where the pictures would be smaller than on a card. */
  #layout(model: TagModel): {readonly grid: StageGrid; readonly height: number} {
    const {box, view} = this;
    const frame = this.pictures?.frame ?? {width: 2, height: 1};
    const hasInput = this.pictures?.input !== undefined;
    const panes = paneCount(model, view, hasInput);
    const {large} = view;
    if (panes > 1 && this.panes?.sides.some((side) => large !== null && isSameSide(side, large))) {
      return {grid: gridOfSpotlight(arrangeSpotlight(box, panes, frame)), height: box.height};
    }
    const least = scaleOnCard({
      width: this.cardsWidth,
      narrowest: pictureWidthOf(view, model.tag, model.runs.length),
      runs: model.runs.length,
      panes,
      hasInput,
      frame,
      viewportHeight: window.innerHeight,
    });
    const arranged = arrangeAlike(box, panes, frame, {least});
    return {grid: gridOfAlike(arranged), height: arranged.height};
  }

  /** Tab goes from picture to picture and then on, so that nobody is caught; full stop and comma go round. */
  readonly #onStageKey = (event: KeyboardEvent): void => {
    const {large} = this.view;
    const next = largeAfter(this.panes?.sides ?? [], large, event);
    if (next === undefined) {
      return;
    }
    if (next.staysHere) {
      event.preventDefault();
      event.stopPropagation();
    }
    if (next.side !== large) {
      this.#send({type: 'large', side: next.side});
    }
  };

  #renderDetails(model: TagModel, row: SampleRow) {
    return html`<aside aria-label="Details of ${row.id}">
      <pairs-sample-details
        .model=${model}
        .row=${row}
        .view=${this.view}
        .history=${this.history}
        .pictures=${this.pictures}
        .renderContext=${this.renderContext}
        .api=${this.api}
        .chosenRun=${this.chosenRun}
        .chosenMetric=${this.chosenMetric}
        @pairs-metric-choose=${({detail}: CustomEvent<string>) => (this.chosenMetric = detail)}
        @pairs-run-choose=${({detail}: CustomEvent<string>) => (this.chosenRun = detail)}
      ></pairs-sample-details>
    </aside>`;
  }

  #renderFilm(model: TagModel) {
    const {pictures} = this;
    const runs = pictures === undefined ? [] : filmRuns(pictures);
    if (pictures === undefined || runs.every(({run: {steps}}) => steps.length < 2)) {
      return nothing;
    }
    return html`<pairs-film-strip
      .model=${model}
      .runs=${runs}
      .sample=${this.sample}
      .view=${this.view}
      .source=${this.source}
      .revision=${this.revision}
      .renderContext=${this.renderContext}
      .frame=${pictures.frame}
      .display=${this.panes?.display}
      .gain=${gainOf(this.view, pictures)?.gain ?? 1}
      .tallest=${Math.max(SHORTEST_FILM, AROUND - FILM_BORDER - this.headerHeight)}
    ></pairs-film-strip>`;
  }

  #send(detail: Intent): void {
    this.dispatchEvent(intent(detail));
  }
}

function contentWidth(element: HTMLElement): number {
  const {paddingLeft, paddingRight} = getComputedStyle(element);
  return element.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight);
}

declare global {
  interface HTMLElementTagNameMap {
    'pairs-full-view': PairsFullView;
  }
}
