// SPDX-License-Identifier: Apache-2.0
import {LitElement, css, html, nothing} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import {repeat} from 'lit/directives/repeat.js';
import {styleMap} from 'lit/directives/style-map.js';
import type {Step} from '../../api/wire.js';
import type {Display} from '../../kinds/types.js';
import type {Size} from '../../pixels/raster.js';
import type {RunAtStep, ShotSource, TagModel} from '../../store/data.js';
import {intent, type Film} from '../../store/intents.js';
import {PENDING, type Resource} from '../../store/resource.js';
import {formatStep} from '../../store/steps.js';
import {INITIAL_VIEW, type ViewState} from '../../store/view.js';
import {Decoded} from './decoded.js';
import {filmIndex, filmSteps} from './film-steps.js';
import {metricText} from './metric-text.js';
import './pairs-thumbnail.js';
import {gatherSample} from './sample-pictures.js';
import {predictionContent, type SceneContent} from './scene-building.js';
import type {Studio} from './studio.js';

/** CSS pixels. */
const THUMB_HEIGHT = 56;
const GAP = 4;

/**
 * One run's predictions of a sample over the steps. A step is chosen by clicking its frame; the arrow keys that move the step
 * move the mark along.
 *
 * @event pairs-intent `step`.
 * @event pairs-film The steps that should be fetched.
 */
@customElement('pairs-film-strip')
export class PairsFilmStrip extends LitElement {
  static override styles = css`
    :host {
      display: block;
      overflow: hidden;
    }
    .frames {
      display: flex;
      gap: 4px;
    }
    button {
      flex: none;
      padding: 0;
      border: 0;
      border-radius: 5px;
      background: none;
      color: var(--pairs-color-ink-2);
      font: inherit;
      font-size: 11px;
      font-variant-numeric: tabular-nums;
      cursor: pointer;
    }
    pairs-thumbnail {
      border-radius: 5px;
      overflow: hidden;
    }
    button[aria-current='step'] {
      color: var(--pairs-color-ink);
      font-weight: 600;
    }
    button[aria-current='step'] pairs-thumbnail {
      box-shadow: 0 0 0 2px var(--pairs-color-accent);
    }
    button:focus-visible {
      outline: var(--pairs-focus-ring);
      outline-offset: 1px;
    }
    .frames {
      padding: 3px;
    }
    .text {
      display: flex;
      justify-content: space-between;
      gap: 6px;
      padding: 2px 2px 0;
      white-space: nowrap;
    }
  `;

  @property({attribute: false}) model: TagModel | undefined;
  @property({attribute: false}) run: RunAtStep | undefined;
  @property() sample = '';
  @property({attribute: false}) view: ViewState = INITIAL_VIEW;
  @property({attribute: false}) source: ShotSource | undefined;
  /** Any other value tells that `source` has something new. */
  @property({type: Number}) revision = 0;
  @property({attribute: false}) studio: Studio | undefined;
  @property({attribute: false}) frame: Size | undefined;
  @property({attribute: false}) display: Display | undefined;

  @state() private width = 0;

  readonly #decoded = new Decoded(this);
  #sizes: ResizeObserver | undefined;
  #told = '';

  override connectedCallback(): void {
    super.connectedCallback();
    this.#sizes = new ResizeObserver(([entry]) => {
      if (entry !== undefined) {
        this.width = entry.contentRect.width;
      }
    });
    this.#sizes.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#sizes?.disconnect();
  }

  get #thumb(): Size {
    const {width, height} = this.frame ?? {width: 2, height: 1};
    return {
      width: Math.min(Math.max(Math.round((THUMB_HEIGHT * width) / height), 40), 160),
      height: THUMB_HEIGHT,
    };
  }

  get #steps(): readonly Step[] {
    const room = Math.floor((this.width - 6 + GAP) / (this.#thumb.width + GAP));
    return this.run === undefined || this.width === 0 ? [] : filmSteps(this.run.steps, room);
  }

  protected override updated(): void {
    this.#tell(this.#steps);
  }

  protected override render() {
    const {model, run, source, studio} = this;
    if (model === undefined || run === undefined || source === undefined || studio === undefined) {
      return nothing;
    }
    const steps = this.#steps;
    const current = filmIndex(steps, run.step);
    const frames = this.#decoded.collect(() =>
      steps.map((step) => this.#frameAt(model, run, source, studio, step)),
    );
    const size = this.#thumb;
    return html`<div class="frames" role="group" aria-label=${`Steps of ${run.run}`}>
      ${repeat(
        steps,
        (step) => step,
        (step, i) => {
          const frame = frames[i]!;
          // What is seen is in it word by word, for those who speak what they see.
          const label = `Step ${formatStep(step)} ${frame.metric}`.trim();
          return html`<button
            aria-label=${label}
            aria-current=${i === current ? 'step' : 'false'}
            style=${styleMap({width: `${size.width}px`})}
            @click=${() => this.dispatchEvent(intent({type: 'step', step}))}
          >
            <pairs-thumbnail
              style=${styleMap({height: `${size.height}px`})}
              .content=${frame.content}
              .frame=${this.frame}
              .display=${this.display}
              .studio=${studio}
            ></pairs-thumbnail>
            <span class="text"><span>${formatStep(step)}</span> <span>${frame.metric}</span></span>
          </button>`;
        },
      )}
    </div>`;
  }

  #frameAt(
    model: TagModel,
    run: RunAtStep,
    source: ShotSource,
    studio: Studio,
    step: Step,
  ): {content: SceneContent | undefined; metric: string} {
    const {view} = this;
    const compares =
      view.mode === 'difference' && !['runs', 'steps', 'ssim'].includes(view.difference);
    const gathered = gatherSample({
      model: {...model, runs: [{...run, step}]},
      sample: this.sample,
      view: {...view, mode: 'side'},
      source: {
        get: (tag, name, at, sample) => fresh(source.get(tag, name, at, sample)),
        blob: (digest) => source.blob(digest),
      },
      decode: (picture, blob) => this.#decoded.read(studio.pixels, picture, blob),
      shown: new Map(),
    });
    const [subject] = gathered.runs;
    const metric = model.metric === null ? undefined : subject?.shot?.metrics[model.metric];
    const shown: ViewState = {...view, mode: compares ? 'difference' : 'side'};
    return {
      content: subject?.picture && predictionContent(shown, subject.pictures, false, 1),
      metric: metric === undefined ? '' : metricText(metric),
    };
  }

  #tell(steps: readonly Step[]): void {
    const run = this.run?.run ?? '';
    const detail: Film = {
      tag: this.model?.tag ?? '',
      samples: [this.sample],
      at: run === '' ? [] : steps.map((step) => ({run, step})),
    };
    const text = JSON.stringify(detail);
    if (text === this.#told) {
      return;
    }
    this.#told = text;
    this.dispatchEvent(new CustomEvent('pairs-film', {detail, bubbles: true, composed: true}));
  }
}

/** A frame of a film is that step's or nothing: the step shown before is another frame. */
function fresh<T>(resource: Resource<T>): Resource<T> {
  return resource.state === 'pending' ? PENDING : resource;
}

declare global {
  interface HTMLElementTagNameMap {
    'pairs-film-strip': PairsFilmStrip;
  }
}
