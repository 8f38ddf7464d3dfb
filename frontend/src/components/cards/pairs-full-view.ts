// SPDX-License-Identifier: Apache-2.0
import {LitElement, html, nothing} from 'lit';
import {customElement, property, query, state} from 'lit/decorators.js';
import {styleMap} from 'lit/directives/style-map.js';
import type {TagSamples} from '../../api/wire.js';
import type {Picture} from '../../kinds/kind.js';
import {isSameKind, kindOf} from '../../kinds/registry.js';
import type {Size} from '../../pixels/raster.js';
import type {RunAtStep, SampleRow, ShotSource, TagModel} from '../../store/data.js';
import {modeOf} from '../../modes/registry.js';
import {intent, type Intent} from '../../store/intents.js';
import {INITIAL_VIEW, type ViewState, type Zoom} from '../../store/view.js';
import {controlStyles} from '../../controls/control-styles.js';
import {isolated} from '../../texts/isolated.js';
import {formatMetric, isMeasured} from '../../texts/numbers.js';
import '../../controls/pairs-icon.js';
import '../../controls/pairs-name.js';
import {Blink} from '../behaviors/blink.js';
import {chipStyles} from './card-styles.js';
import type {RunCurve} from '../../views/curve-drawing.js';
import {curveOf} from '../../views/history.js';
import type {LegendEntry} from '../../kinds/legend.js';
import {metricName, whyNotMeasured} from '../../views/metric-text.js';
import './pairs-class-table.js';
import './pairs-film-strip.js';
import './pairs-histogram.js';
import type {HistogramLine} from './pairs-histogram.js';
import './pairs-legend.js';
import './pairs-menu.js';
import './pairs-panes.js';
import type {PairsPanes} from './pairs-panes.js';
import './pairs-sample-curve.js';
import {
  CAPTION,
  columnsFor,
  columnsForBox,
  heightOfCard,
  rowsToPrediction,
  tallestPane,
} from '../../views/pane-layout.js';
import {Peek} from '../behaviors/peek.js';
import type {RunSubject, SamplePictures} from '../../views/sample-pictures.js';
import {shareIntent, shareItems} from '../../views/share-items.js';
import type {Studio} from '../../views/render-context.js';
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
 * @event pairs-film The steps that the film strip shows.
 */
@customElement('pairs-full-view')
export class PairsFullView extends LitElement {
  static override styles = [controlStyles, chipStyles, styles];

  /** The tag of the open sample. */
  @property({attribute: false}) model: TagModel | undefined;
  /** Id of the open sample. */
  @property() sample = '';
  @property({attribute: false}) view: ViewState = INITIAL_VIEW;
  @property({attribute: false}) source: ShotSource | undefined;
  /** Any other value tells that `source` has something new. */
  @property({type: Number}) revision = 0;
  /** Metrics of the samples over all steps, when the store has them. */
  @property({attribute: false}) history: TagSamples | undefined;
  /** One for the page. */
  @property({attribute: false}) studio: Studio | undefined;

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
      this.#blink.rate = modeOf(this.view).turns ? this.view.blinkRate : 0;
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
            .studio=${this.studio}
            .zoom=${this.view.zoom}
            .columns=${columns}
            style=${styleMap({minHeight: `${height}px`})}
            .turned=${this.#blink.turned}
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
      this.#unlisted = {id: this.sample, metrics: new Map(), changed: []};
    }
    return this.#unlisted;
  }

  /** How the panes are laid out: scrolled, where they would be smaller than on a card. */
  #layout(model: TagModel): {readonly columns: number; readonly height: number} {
    const frame = this.pictures?.frame ?? {width: 2, height: 1};
    const hasInput = this.pictures?.input !== undefined;
    const panes = model.runs.length + 1 + Number(hasInput);
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
          at < 0 ? undefined : `${at + 1} of ${model.rows.length}`,
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
    const runs = this.pictures?.runs ?? [];
    const run = runs.find(({run: {run: name}}) => name === this.chosenRun) ?? runs[0];
    return html`<aside aria-label="Details of ${row.id}">
      ${this.#renderMetrics(model, row)} ${this.#renderRun(runs, run)} ${this.#renderHistogram()}
    </aside>`;
  }

  #renderMetrics(model: TagModel, row: SampleRow) {
    const names = model.metricNames;
    const metric = this.#metric(model);
    if (names.length === 0 || metric === null) {
      return nothing;
    }
    const curves = model.runs.flatMap(({run, color}): RunCurve[] => {
      const curve = curveOf(this.history, run, row.id, metric);
      return curve === undefined ? [] : [{run, color, ...curve}];
    });
    return html`<section>
      <h3>Metrics</h3>
      <table>
        <thead class="unseen">
          <tr>
            <th scope="col">Metric</th>
            ${model.runs.map(({run}) => html`<th scope="col">${run}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${names.map(
            (name) =>
              html`<tr>
                <th scope="row">
                  <button
                    class="plain"
                    title="Draw its curve"
                    aria-pressed=${name === metric ? 'true' : 'false'}
                    @click=${() => (this.chosenMetric = name)}
                  >
                    ${metricName(name)}
                  </button>
                </th>
                ${model.runs.map((run) => this.#renderMetric(row, run, name))}
              </tr>`,
          )}
        </tbody>
      </table>
      <pairs-sample-curve
        label=${`${metricName(metric)} of ${row.id} over the steps`}
        .curves=${curves}
        .step=${model.step}
      ></pairs-sample-curve>
    </section>`;
  }

  #renderMetric(row: SampleRow, {run, color}: RunAtStep, name: string) {
    const value = row.metrics.get(run)?.[name];
    const shot = this.pictures?.runs.find((subject) => subject.run.run === run)?.shot;
    const why = isMeasured(value)
      ? nothing
      : `Not measured: ${whyNotMeasured(name, value, shot?.groundTruth, shot?.prediction)}`;
    return html`<td title=${why}>
      <span
        class="dot"
        style="display:inline-block;width:7px;height:7px;background:${color}"
      ></span>
      ${formatMetric(value)}
    </td>`;
  }

  #metric(model: TagModel): string | null {
    return this.chosenMetric !== null && model.metricNames.includes(this.chosenMetric)
      ? this.chosenMetric
      : model.metric;
  }

  #renderRun(runs: readonly RunSubject[], run: RunSubject | undefined) {
    const {truth, prediction} = run?.pictures ?? {};
    if (run === undefined || !isSameKind(truth, prediction) || !kindOf(truth!).hasClasses) {
      return nothing;
    }
    return html`<section>
      <h3>Classes of this sample</h3>
      ${this.#renderRunChoice(runs, run)}
      <pairs-class-table
        .truth=${truth}
        .prediction=${prediction}
        .isolated=${this.view.isolatedClass}
      ></pairs-class-table>
    </section>`;
  }

  #renderRunChoice(runs: readonly RunSubject[], chosen: RunSubject) {
    if (runs.length < 2) {
      return nothing;
    }
    return html`<div class="runs" role="group" aria-label="Run">
      ${runs.map(
        ({run}) =>
          html`<button
            aria-pressed=${run === chosen.run ? 'true' : 'false'}
            @click=${() => (this.chosenRun = run.run)}
          >
            <span class="dot" style="background:${run.color}"></span
            ><pairs-name .name=${run.run}></pairs-name>
          </button>`,
      )}
    </div>`;
  }

  #renderHistogram() {
    const {truth, runs = []} = this.pictures ?? {};
    const lines: HistogramLine[] = [];
    const add = (name: string, color: string | undefined, picture: Picture | undefined) => {
      const numbers = picture && kindOf(picture).numbers(picture);
      if (numbers !== undefined) {
        lines.push({name, color, numbers});
      }
    };
    add('Ground truth', undefined, truth?.picture);
    for (const {picture, run} of runs) {
      add(run.run, run.color, picture);
    }
    if (lines.length === 0) {
      return nothing;
    }
    return html`<section>
      <h3>Values</h3>
      <pairs-histogram .lines=${this.#sameLines(lines)}></pairs-histogram>
    </section>`;
  }

  #lines: readonly HistogramLine[] = [];

  /** Counting is done again only for other pictures. */
  #sameLines(lines: readonly HistogramLine[]): readonly HistogramLine[] {
    const isSame =
      lines.length === this.#lines.length &&
      lines.every(
        ({numbers, color}, i) =>
          numbers.raster === this.#lines[i]!.numbers.raster && color === this.#lines[i]!.color,
      );
    if (!isSame) {
      this.#lines = lines;
    }
    return this.#lines;
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
        .studio=${this.studio}
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
