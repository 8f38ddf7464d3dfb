// SPDX-License-Identifier: Apache-2.0
/** The blind comparison of two runs: setup, votes and result in one dialog. The app opens it. */
import {LitElement, html, nothing} from 'lit';
import {customElement, property, query, state} from 'lit/decorators.js';
import {styleMap} from 'lit/directives/style-map.js';
import type {Api} from '../../api/client.js';
import type {Size} from '../../pixels/raster.js';
import type {TagModel} from '../../store/data.js';
import {kindOf} from '../../kinds/registry.js';
import {intent} from '../../store/intents.js';
import {FIT, INITIAL_VIEW, type ViewState, type Zoom} from '../../store/view.js';
import {arrangeAlike} from '../../views/stage-layout.js';
import '../cards/pairs-pane.js';
import './pairs-blind-result.js';
import './pairs-blind-setup.js';
import {pixelText} from '../../views/pixel-values.js';
import type {RenderContext} from '../../views/render-context.js';
import type {Point} from '../../views/viewport.js';
import {dialogStyles} from '../../controls/dialog-styles.js';
import {controlStyles} from '../../controls/control-styles.js';
import '../../controls/pairs-icon.js';
import {ComparisonStorage} from '../../views/blind/comparison-storage.js';
import {
  nextOpen,
  sidesOf,
  sideVotedFor,
  voted,
  type BlindComparison,
  type Vote,
} from '../../views/blind/comparison.js';
import type {Trial, TrialPane} from '../../views/blind/trial.js';
import {Trials, type ComparisonRequest} from '../../views/blind/trials.js';
import {voteKeyEffect} from '../../views/blind/vote-keys.js';
import {styles} from './pairs-blind-styles.js';
import {errorMessage} from '../../error-message.js';

/** CSS pixels of a pane's caption. */
const CAPTION = 32;

/**
 * Two runs' predictions without their names, to vote on: over the whole page, so that nothing tells which is which.
 *
 * @event pairs-intent `dialog`, `copy` and `toast`.
 */
@customElement('pairs-blind')
export class PairsBlind extends LitElement {
  static override styles = [controlStyles, dialogStyles, styles];

  @property({attribute: false}) model: TagModel | undefined;
  @property({attribute: false}) view: ViewState = INITIAL_VIEW;
  @property({attribute: false}) renderContext: RenderContext | undefined;
  @property({attribute: false}) api: Pick<Api, 'frames'> | undefined;

  @state() private comparison: BlindComparison | undefined;
  @state() private index = 0;
  @state() private isOver = false;
  @state() private trial: Trial | undefined;
  @state() private problem = '';
  @state() private zoom: Zoom = FIT;
  @state() private cursor: Point | null = null;
  @state() private box: Size = {width: 0, height: 0};
  @query('dialog') private dialog!: HTMLDialogElement;
  @query('.panes') private panes!: HTMLElement | null;

  readonly #kept = new ComparisonStorage(() => localStorage, location.pathname);
  #trials: Trials | undefined;
  readonly #sizes = new ResizeObserver(() => this.#measure());

  override connectedCallback(): void {
    super.connectedCallback();
    this.#sizes.observe(this);
    // The button that had the focus is gone after each vote, so keys can't be heard in the dialog.
    window.addEventListener('keydown', this.#onKey);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#sizes.disconnect();
    window.removeEventListener('keydown', this.#onKey);
    this.#trials?.stop();
  }

  protected override firstUpdated(): void {
    this.dialog.showModal();
  }

  protected override updated(): void {
    this.#measure();
  }

  #measure(): void {
    const {panes} = this;
    if (panes === null) {
      return;
    }
    const {clientWidth: width, clientHeight: height} = panes;
    if (width !== this.box.width || height !== this.box.height) {
      this.box = {width, height};
    }
  }

  protected override render() {
    const {model, comparison} = this;
    if (model === undefined) {
      return nothing;
    }
    const isVoting = comparison !== undefined && !this.isOver;
    return html`<dialog
      class=${isVoting ? 'full' : ''}
      aria-labelledby="title"
      @close=${this.#close}
    >
      ${comparison === undefined ? this.#renderSetup(model) : this.isOver ? this.#renderResult(model, comparison) : this.#renderVoting(comparison)}
    </dialog>`;
  }

  #renderHeader(title: string) {
    return html`<header>
      <h2 id="title">${title}</h2>
      <button class="plain" aria-label="Close" @click=${() => this.dialog.close()}>
        <pairs-icon name="x"></pairs-icon>
      </button>
    </header>`;
  }

  #renderSetup(model: TagModel) {
    return html`<div class="box">
      ${this.#renderHeader('Blind A/B test')}
      <pairs-blind-setup
        .model=${model}
        .unfinished=${this.#kept.read(model.tag)}
        @pairs-blind-start=${({detail}: CustomEvent<BlindComparison>) => this.#goOn(detail)}
      ></pairs-blind-setup>
    </div>`;
  }

  #renderResult(model: TagModel, comparison: BlindComparison) {
    return html`<div class="box">
      ${this.#renderHeader('Result')}
      <pairs-blind-result
        .model=${model}
        .comparison=${comparison}
        @pairs-blind-again=${this.#startAgain}
        @pairs-blind-done=${() => this.dialog.close()}
      ></pairs-blind-result>
    </div>`;
  }

  #renderVoting(comparison: BlindComparison) {
    const {index, trial, box} = this;
    const sample = comparison.samples[index] ?? '';
    const done = comparison.votes.filter((vote) => vote !== null).length;
    const vote = sideVotedFor(comparison, index);
    const columns =
      trial === undefined
        ? 1
        : arrangeAlike(box, trial.panes.length, trial.frame, {caption: CAPTION}).columns;
    const button = (side: 0 | 1 | null, key: string, text: string) =>
      html`<button
        class="vote"
        aria-pressed=${vote === side ? 'true' : 'false'}
        aria-disabled=${trial === undefined ? 'true' : 'false'}
        @click=${() => this.#choose(side)}
      >
        ${text} <kbd>${key}</kbd>
      </button>`;
    return html`<div class="page">
      <header>
        <h2 id="title" class="clip">Which is closer to the ground truth?</h2>
        <span class="muted clip" title=${sample}>${sample}</span>
        <span class="space"></span>
        <progress aria-hidden="true" max=${comparison.samples.length} .value=${done}></progress>
        <span class="muted">${index + 1} of ${comparison.samples.length}</span>
        ${done === 0 ? nothing : html`<button @click=${this.#end}>End now</button>`}
        <button
          class="plain"
          aria-label="Leave (Esc)"
          title="Leave (Esc)"
          @click=${() => this.dialog.close()}
        >
          <pairs-icon name="x"></pairs-icon>
        </button>
      </header>
      <div
        class="panes"
        role="group"
        aria-label="Pictures of ${sample}"
        style=${styleMap({gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`})}
      >
        ${
          trial === undefined
            ? html`<div class="message" role="status">
                ${this.problem === '' ? 'Loading …' : this.problem}
              </div>`
            : trial.panes.map((pane) => this.#renderPane(pane, trial))
        }
      </div>
      <div class="votes" role="group" aria-label="Vote">
        <button
          title="The sample before (←)"
          aria-label="The sample before"
          aria-disabled=${index === 0 ? 'true' : 'false'}
          @click=${() => this.#go(index - 1)}
        >
          <kbd>←</kbd>
        </button>
        ${button(0, '1', '1 is better')} ${button(null, '0', 'Tie')}
        ${button(1, '2', '2 is better')}
        <button
          title="The next sample (→)"
          aria-label="The next sample"
          aria-disabled=${index === comparison.samples.length - 1 ? 'true' : 'false'}
          @click=${() => this.#go(index + 1)}
        >
          <kbd>→</kbd>
        </button>
      </div>
      <div class="unseen" role="status" aria-live="polite">
        Sample ${index + 1} of
        ${comparison.samples.length}${vote === undefined ? '' : `, voted ${vote === null ? 'tie' : vote + 1}`}
      </div>
    </div>`;
  }

  #renderPane({heading, picture, content}: TrialPane, {frame, display}: Trial) {
    const {cursor} = this;
    return html`<pairs-pane
      .heading=${heading}
      .description=${heading}
      .content=${content}
      .frame=${frame}
      .display=${display}
      .checkered=${kindOf(picture).isTranslucent}
      .zoom=${this.zoom}
      .renderContext=${this.renderContext}
      .cursor=${cursor}
      .tip=${cursor === null ? '' : (pixelText(picture, cursor, frame) ?? '')}
      wheel-zooms
      @pairs-pane-zoom=${({detail}: CustomEvent<Zoom>) => (this.zoom = detail)}
      @pairs-pane-cursor=${({detail}: CustomEvent<Point | null>) => (this.cursor = detail)}
      @pairs-pane-magnify=${() => (this.zoom = FIT)}
    ></pairs-pane>`;
  }

  #goOn(comparison: BlindComparison): void {
    this.comparison = comparison;
    this.isOver = false;
    this.#kept.write(comparison);
    this.#trials?.stop();
    this.#trials = new Trials(() => this.#request(comparison));
    this.#go(Math.max(0, nextOpen(comparison, 0)));
  }

  readonly #startAgain = (): void => {
    this.comparison = undefined;
    this.isOver = false;
    this.problem = '';
  };

  #go(index: number): void {
    const {comparison} = this;
    if (comparison === undefined || index < 0 || index >= comparison.samples.length) {
      return;
    }
    this.index = index;
    this.problem = '';
    this.cursor = null;
    this.zoom = FIT;
    this.trial = undefined;
    const trials = this.#trials;
    trials?.load(index).then(
      (trial) => {
        if (this.index === index && this.#trials === trials) {
          this.trial = trial;
        }
      },
      (error: unknown) => {
        if (this.index === index && this.#trials === trials && !trials.isStopped) {
          this.problem = `This sample can't be compared: ${errorMessage(error)}.`;
        }
      },
    );
    if (index + 1 < comparison.samples.length) {
      trials?.loadAhead(index + 1);
    }
  }

  #request(comparison: BlindComparison): ComparisonRequest | undefined {
    const {model, view, renderContext, api} = this;
    return model === undefined || renderContext === undefined || api === undefined
      ? undefined
      : {model, comparison, view, renderContext, api};
  }

  #choose(side: 0 | 1 | null): void {
    const {comparison, index} = this;
    if (comparison === undefined || this.trial === undefined) {
      return;
    }
    const vote: Vote = side === null ? 'tie' : sidesOf(comparison, index)[side];
    this.comparison = voted(comparison, index, vote);
    this.#kept.write(this.comparison);
    const next = nextOpen(this.comparison, index + 1);
    if (next < 0) {
      this.isOver = true;
    } else {
      this.#go(next);
    }
  }

  readonly #end = (): void => {
    this.isOver = true;
  };

  readonly #onKey = (event: KeyboardEvent): void => {
    const effect = voteKeyEffect(event);
    if (this.comparison === undefined || this.isOver || effect === undefined) {
      return;
    }
    event.preventDefault();
    if ('vote' in effect) {
      this.#choose(effect.vote);
    } else {
      this.#go(this.index + effect.by);
    }
  };

  readonly #close = (): void => {
    this.dispatchEvent(intent({type: 'dialog', dialog: null}));
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'pairs-blind': PairsBlind;
  }
}
