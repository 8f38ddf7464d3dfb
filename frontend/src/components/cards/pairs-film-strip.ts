// SPDX-License-Identifier: Apache-2.0
/** The film strip of the full view: thumbnails of one run's predictions at all steps. */
import {LitElement, html, nothing} from 'lit';
import {customElement, property, query, state} from 'lit/decorators.js';
import {repeat} from 'lit/directives/repeat.js';
import {styleMap} from 'lit/directives/style-map.js';
import type {Step} from '../../api/types.js';
import type {Display} from '../../kinds/kind.js';
import type {Size} from '../../pixels/raster.js';
import type {ModeContent} from '../../modes/mode.js';
import {modeOf, PLAIN_MODE} from '../../modes/registry.js';
import type {RunAtStep, SampleSource, TagModel} from '../../store/data.js';
import {intent, type VisibleFilm} from '../../store/intents.js';
import {formatStep} from '../../store/steps.js';
import {EACH_RUN} from '../../store/sides.js';
import {INITIAL_VIEW, isVersus, type ViewState} from '../../store/view.js';
import {showNumber} from '../../controls/scoped-number.js';
import {scopedNumber, type ScopedNumber} from '../../texts/scoped-number.js';
import {DecodedPictures} from '../../views/decoded-pictures.js';
import {centredScroll, filmWindow} from '../../views/film-window.js';
import {scopedStep} from '../../views/scoped-step.js';
import './pairs-thumbnail.js';
import {gainOf} from '../../views/gain.js';
import {gatherSample} from '../../views/sample-pictures.js';
import {comparedContent, isComputed} from '../../views/scene-building.js';
import type {RenderContext} from '../../views/render-context.js';
import {styles} from './pairs-film-strip-styles.js';
import {clamp} from '../../clamp.js';
import {ElementWidth} from '../behaviors/element-width.js';

/** CSS pixels. */
const THUMB_HEIGHT = 56;
const GAP = 4;
const TEXT_HEIGHT = 22;
/** Of a digit in a frame's text. */
const DIGIT_WIDTH = 7.2;
/** Of the number beside a frame's step, with the gap between. */
const METRIC_DIGITS = 9;

/**
 * One run's predictions of a sample, at all its steps: a row that scrolls and brings the step shown to its middle. A step is
 * chosen by clicking its frame. Where the run does not have the step shown, its nearest is marked as that.
 *
 * @event pairs-intent `step`.
 * @event pairs-visible-film The steps that should be fetched.
 */
@customElement('pairs-film-strip')
export class PairsFilmStrip extends LitElement {
  static override styles = styles;

  @property({attribute: false}) model: TagModel | undefined;
  @property({attribute: false}) run: RunAtStep | undefined;
  @property() sample = '';
  @property({attribute: false}) view: ViewState = INITIAL_VIEW;
  @property({attribute: false}) source: SampleSource | undefined;
  /** Any other value tells that `source` has something new. */
  @property({type: Number}) revision = 0;
  @property({attribute: false}) renderContext: RenderContext | undefined;
  @property({attribute: false}) frame: Size | undefined;
  @property({attribute: false}) display: Display | undefined;

  @state() private left = 0;
  @query('.frames') private frames!: HTMLElement | null;

  readonly #decoded = new DecodedPictures(this);
  readonly #width = new ElementWidth(this);
  #lastSent = '';
  #centred = '';

  /** Wide enough for the picture, and for the longest step with its number. */
  get #thumb(): Size {
    const {width, height} = this.frame ?? {width: 2, height: 1};
    const picture = clamp(Math.round((THUMB_HEIGHT * width) / height), 40, 160);
    const {steps = []} = this.run ?? {};
    const digits = Math.max(
      ...[steps[0], steps.at(-1)].map((step) => formatStep(step ?? '').length),
    );
    const text = Math.ceil((digits + METRIC_DIGITS) * DIGIT_WIDTH);
    return {width: Math.max(picture, text), height: THUMB_HEIGHT};
  }

  get #pitch(): number {
    return this.#thumb.width + GAP;
  }

  /** The steps that are drawn. */
  get #steps(): readonly Step[] {
    const {run, left} = this;
    const width = this.#width.value;
    if (run === undefined || width === 0) {
      return [];
    }
    const {first, end} = filmWindow(run.steps.length, this.#pitch, left, width);
    return run.steps.slice(first, end);
  }

  protected override updated(): void {
    this.#centre();
    this.#tell(this.#steps);
  }

  /** Once for each step shown: between, the user may scroll. */
  #centre(): void {
    const {run, frames} = this;
    const width = this.#width.value;
    if (run === undefined || frames === null || width === 0) {
      return;
    }
    const count = run.steps.length;
    const place = [run.run, run.step, count, width, this.#pitch].join(' ');
    if (place === this.#centred) {
      return;
    }
    this.#centred = place;
    frames.scrollLeft = centredScroll(run.steps.indexOf(run.step), count, this.#pitch, width);
    this.left = frames.scrollLeft;
  }

  protected override render() {
    const {model, run, source, renderContext} = this;
    if (
      model === undefined ||
      run === undefined ||
      source === undefined ||
      renderContext === undefined
    ) {
      return nothing;
    }
    const steps = this.#steps;
    const frames = this.#decoded.collect(() =>
      steps.map((step) => this.#frameAt(model, run, source, renderContext, step)),
    );
    const size = this.#thumb;
    const wanted = String(BigInt(run.step) - run.offset);
    const places = new Map(run.steps.map((step, i) => [step, i]));
    const reel = {
      width: `${run.steps.length * this.#pitch - GAP}px`,
      height: `${THUMB_HEIGHT + TEXT_HEIGHT}px`,
    };
    return html`<div
      class="frames"
      role="group"
      aria-label=${`Steps of ${run.run}`}
      @scroll=${this.#onScroll}
      @wheel=${this.#onWheel}
    >
      <div class="reel" style=${styleMap(reel)}>
        ${repeat(
          steps,
          (step) => step,
          (step, i) => {
            const frame = frames[i]!;
            const isNearest = step === run.step && run.offset !== 0n;
            const note = isNearest ? `nearest to ${formatStep(wanted)}` : '';
            // What is seen is in it word by word, for those who speak what they see.
            const label = `Step ${formatStep(step)} ${frame.metric?.text ?? ''} ${note}`.trim();
            return html`<button
              class=${isNearest ? 'nearest' : ''}
              aria-label=${label}
              title=${isNearest ? `${run.run} has no step ${formatStep(wanted)}: this is its nearest` : nothing}
              aria-current=${step === run.step && !isNearest ? 'step' : 'false'}
              style=${styleMap({width: `${size.width}px`, left: `${places.get(step)! * this.#pitch}px`})}
              @click=${() => this.dispatchEvent(intent({type: 'step', step}))}
            >
              <pairs-thumbnail
                style=${styleMap({height: `${size.height}px`})}
                .content=${frame.content}
                .frame=${this.frame}
                .display=${this.display}
                .renderContext=${renderContext}
              ></pairs-thumbnail>
              ${
                note === ''
                  ? nothing
                  : html`<span class="note"
                      >nearest to
                      ${showNumber(scopedStep(wanted, {tag: model.tag, run: run.run}))}</span
                    >`
              }
              <span class="text"
                ><span>${showNumber(scopedStep(step, {tag: model.tag, run: run.run}))}</span>
                <span
                  >${frame.metric === undefined ? nothing : showNumber(frame.metric)}</span
                ></span
              >
            </button>`;
          },
        )}
      </div>
    </div>`;
  }

  readonly #onScroll = (event: Event): void => {
    this.left = (event.target as HTMLElement).scrollLeft;
  };

  /** A plain wheel moves along the row: there is nothing above or below. */
  readonly #onWheel = (event: WheelEvent): void => {
    if (this.frames === null || event.ctrlKey || Math.abs(event.deltaY) <= Math.abs(event.deltaX)) {
      return;
    }
    event.preventDefault();
    this.frames.scrollLeft += event.deltaY;
  };

  #frameAt(
    model: TagModel,
    run: RunAtStep,
    source: SampleSource,
    renderContext: RenderContext,
    step: Step,
  ): {content: ModeContent | undefined; metric: ScopedNumber | undefined} {
    const {view} = this;
    const gathered = gatherSample({
      model: {...model, runs: [{...run, step}], named: [...model.named, ...model.runs]},
      sample: this.sample,
      view: {...view, mode: PLAIN_MODE, b: EACH_RUN},
      source: {
        get: (tag, name, at, sample) => source.get(tag, name, at, sample, true),
        blob: (digest) => source.blob(digest),
      },
      decode: (picture, blob) => this.#decoded.read(renderContext.decoder, picture, blob),
      shown: new Map(),
    });
    const [subject] = gathered.runs;
    const {tag, metric} = model;
    const value = metric === null ? undefined : subject?.sampleAtStep?.metrics[metric];
    const a = subject?.pictures.a;
    // A frame has no computed picture to compare with.
    const isPlain = isVersus(view) || (a !== undefined && isComputed(view, a));
    const mode = modeOf(view).compares && !isPlain ? view.mode : PLAIN_MODE;
    const {gain = 1} = gainOf({...view, mode}, gathered) ?? {};
    const shown = {...view, mode, gain};
    return {
      content: subject?.picture && comparedContent(shown, subject.pictures, false, 1),
      metric:
        metric === null || value === undefined
          ? undefined
          : scopedNumber(value, {
              what: 'value',
              tag,
              run: run.run,
              step,
              sample: this.sample,
              metric,
            }),
    };
  }

  #tell(steps: readonly Step[]): void {
    const run = this.run?.run ?? '';
    const detail: VisibleFilm = {
      tag: this.model?.tag ?? '',
      samples: [this.sample],
      at: run === '' ? [] : steps.map((step) => ({run, step})),
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
