// SPDX-License-Identifier: Apache-2.0
/** The film strip of the full view: a row a run, with thumbnails of its predictions at all steps. */
import {LitElement, html, nothing} from 'lit';
import {customElement, property, query, state} from 'lit/decorators.js';
import {repeat} from 'lit/directives/repeat.js';
import {styleMap} from 'lit/directives/style-map.js';
import type {Step} from '../../api/types.js';
import type {Display} from '../../kinds/kind.js';
import {SWIPE_MODE} from '../../modes/registry.js';
import type {Size} from '../../pixels/raster.js';
import type {SampleSource, TagModel} from '../../store/data.js';
import {intent, type VisibleFilm} from '../../store/intents.js';
import {isSameSide, runSide} from '../../store/sides.js';
import {formatStep} from '../../store/steps.js';
import {INITIAL_VIEW, type ViewState} from '../../store/view.js';
import {shortNames} from '../../texts/short-names.js';
import {DecodedPictures} from '../../views/decoded-pictures.js';
import {
  filmFrame,
  filmRecords,
  frameIntent,
  type FilmRun,
  type Frame,
  type FrameRequest,
} from '../../views/film-rows.js';
import {filmNotes, notesText} from '../../views/film-notes.js';
import {GAP, NAMES_WIDTH, TEXT_HEIGHT, thumbSize} from '../../views/film-sizes.js';
import {
  centredScroll,
  filmWindow,
  firstColumn,
  reelOf,
  rowsBelow,
  type FilmRow,
  type Reel,
} from '../../views/film-window.js';
import type {RenderContext} from '../../views/render-context.js';
import {visibleRange} from '../../views/visible-range.js';
import {ElementWidth} from '../behaviors/element-width.js';
import {FrameDragging} from '../behaviors/frame-dragging.js';
import {filmFrameButton, type FilmStrip} from './film-frame.js';
import {filmMore, filmName} from './film-names.js';
import {styles} from './pairs-film-strip-styles.js';

interface DrawnRow extends FilmRun {
  readonly place: FilmRow;
  readonly index: number;
  readonly steps: readonly Step[];
}

/**
 * The predictions of a sample over all steps: a row for each run. All scroll together, with the steps that the panes show below
 * each other in the middle. A step is chosen by clicking its frame; with Alt it becomes A. A frame that is dragged onto another is
 * swiped against it. Where a run does not have the step shown, its nearest is marked as that. Only what is in sight is drawn and
 * fetched.
 *
 * Of each row one frame has a place in the order of the focus: the one shown. The arrow keys go on from it, as they do everywhere.
 *
 * @event pairs-intent `step`, `sides`, `mode`, and `large` for the name of a run.
 * @event pairs-visible-film The steps that should be fetched.
 */
@customElement('pairs-film-strip')
export class PairsFilmStrip extends LitElement {
  static override styles = styles;

  @property({attribute: false}) model: TagModel | undefined;
  @property({attribute: false}) runs: readonly FilmRun[] = [];
  @property() sample = '';
  @property({attribute: false}) view: ViewState = INITIAL_VIEW;
  @property({attribute: false}) source: SampleSource | undefined;
  /** Any other value tells that `source` has something new. */
  @property({type: Number}) revision = 0;
  @property({attribute: false}) renderContext: RenderContext | undefined;
  @property({attribute: false}) frame: Size | undefined;
  @property({attribute: false}) display: Display | undefined;
  /** By what differences are multiplied, in all frames. */
  @property({type: Number}) gain = 1;
  /** CSS pixels of its height at most. */
  @property({type: Number}) tallest = Infinity;

  @state() private left = 0;
  @state() private top = 0;
  @query('.strip') private strip!: HTMLElement | null;

  readonly #decoded = new DecodedPictures(this);
  readonly #width = new ElementWidth(this);
  #thumb: Size = {width: 0, height: 0};
  #lastSent = '';
  #centred = '';
  #stepsShown = '';
  /** The row in which the focus goes on to the frame shown. */
  #follows: string | undefined;

  get #pitch(): number {
    return this.#thumb.width + GAP;
  }

  get #rowHeight(): number {
    return this.#thumb.height + TEXT_HEIGHT + GAP;
  }

  /** CSS pixels beside the names. */
  get #room(): number {
    return Math.max(0, this.#width.value - NAMES_WIDTH);
  }

  /** CSS pixels of the rows in sight. */
  get #height(): number {
    return Math.min(this.tallest, this.runs.length * this.#rowHeight);
  }

  get #places(): readonly FilmRow[] {
    return this.runs.map(({run: {steps, step}}) => ({
      count: steps.length,
      current: Math.max(0, steps.indexOf(step)),
    }));
  }

  #rows(reel: Reel, places: readonly FilmRow[]): readonly DrawnRow[] {
    if (this.#room === 0) {
      return [];
    }
    const count = this.runs.length;
    const {first, end} = visibleRange(count, this.#rowHeight, this.top, this.#height, 0);
    return this.runs.slice(first, end).map((row, i) => {
      const index = first + i;
      const place = places[index]!;
      const drawn = filmWindow(place, reel, this.#pitch, this.left, this.#room);
      return {...row, index, place, steps: row.run.steps.slice(drawn.first, drawn.end)};
    });
  }

  constructor() {
    super();
    new FrameDragging(this, (from, to) => this.#compare(from, to));
  }

  protected override willUpdate(): void {
    this.#thumb = thumbSize(this.runs, this.frame, this.tallest);
    const shown = this.runs.map(({key, run: {step}}) => `${key} ${step}`).join('\n');
    if (shown !== this.#stepsShown) {
      this.#stepsShown = shown;
      const focused = this.shadowRoot?.activeElement;
      if (focused instanceof HTMLElement && focused.matches('.frame')) {
        this.#follows = focused.closest<HTMLElement>('.row')?.dataset.row;
      }
    }
  }

  protected override updated(): void {
    const places = this.#places;
    const reel = reelOf(places);
    this.#centre(reel);
    this.#tell(this.#rows(reel, places));
    this.#followFocus();
  }

  /** Once for each step shown: between, the user may scroll. */
  #centre(reel: Reel): void {
    const {strip} = this;
    if (strip === null || this.#room === 0) {
      return;
    }
    const place = [this.#stepsShown, reel.current, this.#room, this.#pitch].join(' ');
    if (place === this.#centred) {
      return;
    }
    this.#centred = place;
    strip.scrollLeft = centredScroll(reel, this.#pitch, this.#room);
    this.left = strip.scrollLeft;
  }

  #followFocus(): void {
    const row = this.#follows;
    const frame =
      row === undefined
        ? null
        : this.renderRoot.querySelector<HTMLElement>(`[data-row="${CSS.escape(row)}"] .current`);
    if (frame !== null) {
      this.#follows = undefined;
      frame.focus({preventScroll: true});
    }
  }

  protected override render() {
    const {model, source, renderContext} = this;
    if (model === undefined || source === undefined || renderContext === undefined) {
      return nothing;
    }
    const places = this.#places;
    const reel = reelOf(places);
    const rows = this.#rows(reel, places);
    const names = shortNames([...new Set(this.runs.map(({run: {run}}) => run))]);
    const request: FrameRequest = {
      model,
      sample: this.sample,
      view: this.view,
      source,
      gain: this.gain,
      decode: (picture, blob) => this.#decoded.read(renderContext.decoder, picture, blob),
    };
    const frames = this.#decoded.collect(() =>
      rows.map((row) => row.steps.map((step) => filmFrame(request, row, step))),
    );
    const film: FilmStrip = {
      tag: model.tag,
      thumb: this.#thumb,
      frame: this.frame,
      display: this.display,
      renderContext,
    };
    const size = {
      width: `${NAMES_WIDTH + reel.count * this.#pitch}px`,
      height: `${this.runs.length * this.#rowHeight}px`,
    };
    return html`<div
        class="strip"
        style=${styleMap({maxHeight: `${this.tallest}px`})}
        @scroll=${this.#onScroll}
      >
        <div class="reel" style=${styleMap(size)}>
          ${repeat(
            rows,
            ({key}) => key,
            (row, i) => this.#renderRow(film, row, reel, frames[i]!, names),
          )}
        </div>
      </div>
      ${filmMore(rowsBelow(this.runs.length, this.#rowHeight, this.top + this.#height), this.#onMore)}`;
  }

  #renderRow(
    strip: FilmStrip,
    row: DrawnRow,
    reel: Reel,
    frames: readonly Frame[],
    names: ReadonlyMap<string, string>,
  ) {
    const {run, key, index, steps, place, pinned} = row;
    const name = names.get(run.run) ?? run.run;
    const stays = pinned === null ? '' : ` stays at step ${formatStep(run.step)}`;
    const notes = filmNotes({tag: strip.tag, metric: this.model?.metric ?? null}, this.view, row);
    // Without a frame that is shown in sight, the row is entered at its first.
    const entered = steps.includes(run.step) ? run.step : steps[0];
    const first = firstColumn(place, reel);
    const drawn = steps[0] === undefined ? 0 : run.steps.indexOf(steps[0]);
    return html`<div
      class="row ${pinned === null ? '' : 'pinned'}"
      role="group"
      aria-label=${`Steps of ${run.run}${stays}${notesText(notes)}`}
      data-row=${key}
      style=${styleMap({top: `${index * this.#rowHeight}px`, height: `${this.#rowHeight}px`})}
      @wheel=${this.#onWheel}
    >
      ${filmName(row, name, {stays, notes}, () => this.#enlarge(row))}
      ${repeat(
        steps,
        (step) => step,
        (step, i) =>
          filmFrameButton(
            strip,
            run,
            step,
            frames[i]!,
            first + drawn + i,
            step === entered,
            (withAlt) => this.#choose(row, step, withAlt),
          ),
      )}
    </div>`;
  }

  /** With Alt, the frame becomes A. */
  #choose(row: DrawnRow, step: Step, withAlt: boolean): void {
    this.dispatchEvent(
      intent(
        withAlt
          ? {type: 'sides', change: {a: runSide(row.run.run, step)}}
          : frameIntent(row, step, this.view),
      ),
    );
  }

  #compare(from: HTMLElement, to: HTMLElement): void {
    const [a, b] = [from, to].map((frame) => {
      const key = frame.closest<HTMLElement>('.row')?.dataset.row;
      const row = this.runs.find((one) => one.key === key);
      return row && runSide(row.run.run, frame.dataset.step ?? null);
    });
    if (a !== undefined && b !== undefined) {
      this.dispatchEvent(intent({type: 'sides', change: {a, b}}));
      this.dispatchEvent(intent({type: 'mode', mode: SWIPE_MODE}));
    }
  }

  /** A second time, all alike again. */
  #enlarge({run, pinned}: FilmRun): void {
    const side = runSide(run.run, pinned === null ? null : run.step);
    const {large} = this.view;
    const isLarge = large !== null && isSameSide(large, side);
    this.dispatchEvent(intent({type: 'large', side: isLarge ? null : side}));
  }

  /** All rows that are whole go out of sight, or at least one. */
  readonly #onMore = (): void => {
    const whole = Math.max(1, Math.floor(this.#height / this.#rowHeight));
    this.strip?.scrollBy({top: whole * this.#rowHeight});
  };

  readonly #onScroll = ({target}: Event): void => {
    const {scrollLeft, scrollTop} = target as HTMLElement;
    this.left = scrollLeft;
    this.top = scrollTop;
  };

  /** On frames a plain wheel moves along the steps; on the names it goes over the runs, as it does where there are no steps. */
  readonly #onWheel = (event: WheelEvent): void => {
    const {strip} = this;
    const isOnFrames = event.clientX - this.getBoundingClientRect().left > NAMES_WIDTH;
    const isAcross = Math.abs(event.deltaY) <= Math.abs(event.deltaX);
    if (strip === null || event.ctrlKey || event.shiftKey || !isOnFrames || isAcross) {
      return;
    }
    event.preventDefault();
    strip.scrollLeft += event.deltaY;
  };

  #tell(rows: readonly DrawnRow[]): void {
    const detail: VisibleFilm = {
      tag: this.model?.tag ?? '',
      samples: [this.sample],
      at: this.model === undefined ? [] : filmRecords(this.model, this.view, rows),
    };
    const text = JSON.stringify(detail);
    if (text === this.#lastSent) {
      return;
    }
    this.#lastSent = text;
    this.dispatchEvent(
      new CustomEvent('pairs-visible-film', {detail, bubbles: true, composed: true}),
    );
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pairs-film-strip': PairsFilmStrip;
  }
}
