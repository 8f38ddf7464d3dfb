// SPDX-License-Identifier: Apache-2.0
/** The export dialog: asks for format, steps and samples, shows progress and saves the file. */
import {LitElement, html, nothing} from 'lit';
import {customElement, property, query, state} from 'lit/decorators.js';
import type {Api} from '../api/client.js';
import type {Step} from '../api/types.js';
import {download} from './download.js';
import {stepsOf} from '../store/model-at.js';
import {spread} from '../spread.js';
import {estimateBytes, formatBytes} from './plan.js';
import {encodersHere, planVideo} from './video.js';
import type {SampleSource, TagModel} from '../store/data.js';
import {intent} from '../store/intents.js';
import {formatStep} from '../store/steps.js';
import {INITIAL_VIEW, type ExportFormat, type ViewState} from '../store/view.js';
import type {RenderContext} from '../views/render-context.js';
import {sampleOrders} from '../views/sample-orders.js';
import {dialogStyles} from '../controls/dialog-styles.js';
import {controlStyles} from '../controls/control-styles.js';
import {showNumber} from '../controls/scoped-number.js';
import {formatNumber} from '../texts/numbers.js';
import {countOf} from '../texts/scoped-number.js';
import '../controls/pairs-icon.js';
import '../controls/pairs-name.js';
import {FORMATS, MOST_STEPS, USUAL_STEPS} from './formats.js';
import {makeFile, type MadeFile} from './make-file.js';
import {GROWTH, PAGE_BYTES} from './page-making.js';
import {chosenSamples, ONE_SAMPLE, renderSampleChoice, type SampleChoice} from './sample-choice.js';
import {styles} from './pairs-export-styles.js';
import {clamp} from '../clamp.js';
import {errorMessage} from '../error-message.js';

/**
 * Asks what of a sample, or of all samples of a tag, is to be exported and how, and does it.
 *
 * @event pairs-intent `dialog` and `toast`.
 */
@customElement('pairs-export')
export class PairsExport extends LitElement {
  static override styles = [controlStyles, dialogStyles, styles];

  @property({attribute: false}) model: TagModel | undefined;
  /** Id of the sample that it was asked for. */
  @property() sample = '';
  @property() format: ExportFormat = 'gif';
  @property({attribute: false}) view: ViewState = INITIAL_VIEW;
  /** What the page has fetched; for the estimate of sizes. */
  @property({attribute: false}) source: SampleSource | undefined;
  @property({attribute: false}) renderContext: RenderContext | undefined;
  @property({attribute: false}) api: Pick<Api, 'frames'> | undefined;

  @state() private choice: SampleChoice = ONE_SAMPLE;
  /** `null`: as many as are usual for the format. */
  @state() private wantedSteps: number | null = null;
  @state() private wantedRate: number | null = null;
  @state() private videoNote: {readonly text: string; readonly isProblem: boolean} = {
    text: '',
    isProblem: false,
  };
  /** What was made, until it is saved: browsers want a click for each file. */
  @state() private made: MadeFile | undefined;
  /** 0 to 1 while something is made. */
  @state() private done: number | undefined;
  @query('dialog') private dialog!: HTMLDialogElement;

  #work: AbortController | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#findVideo();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#work?.abort();
  }

  protected override firstUpdated(): void {
    this.dialog.showModal();
    this.renderRoot.querySelector<HTMLInputElement>('.formats :checked')?.focus();
  }

  protected override render() {
    const {model, format, done} = this;
    if (model === undefined) {
      return nothing;
    }
    const [, , what] = FORMATS.find(([id]) => id === format) ?? FORMATS[0];
    const problem = this.#problem(model);
    return html`<dialog aria-labelledby="title" @close=${this.#close} @cancel=${this.#onCancel}>
      <header>
        <h2 id="title">Export</h2>
        <button class="plain" aria-label="Close" @click=${() => this.dialog.close()}>
          <pairs-icon name="x"></pairs-icon>
        </button>
      </header>
      <div class="body" ?inert=${done !== undefined || this.made !== undefined}>
        <fieldset>
          <legend>Format</legend>
          <div class="formats">
            ${FORMATS.map(
              ([id, name]) =>
                html`<label
                  ><input
                    type="radio"
                    name="format"
                    .checked=${id === format}
                    @change=${() => this.#choose(id)}
                  />${name}</label
                >`,
            )}
          </div>
        </fieldset>
        <p class="hint">${what}</p>
        ${
          format === 'page'
            ? renderSampleChoice(
                model,
                this.sample,
                this.#order(model),
                this.choice,
                (choice) => void (this.choice = choice),
              )
            : html`<p class="named">
                <b><pairs-name .name=${this.sample}></pairs-name></b>
                <span class="muted">of <pairs-name .name=${model.tag}></pairs-name></span>
              </p>`
        }
        ${this.#renderNumbers(model)}
        <p class=${problem === '' ? 'hint' : 'problem'} role="status">
          ${this.made !== undefined ? html`Ready: <b><bdi>${this.made.name}</bdi></b>` : problem === '' ? this.#summary(model) : problem}
        </p>
      </div>
      <footer>
        ${
          this.made !== undefined
            ? html`<button @click=${() => (this.made = undefined)}>Back</button>
                <button class="main" @click=${this.#save}>
                  Save ${formatBytes(this.made.blob.size)}
                </button>`
            : done === undefined
              ? html`<button @click=${() => this.dialog.close()}>Cancel</button>
                  <button
                    class="main"
                    ?disabled=${problem !== ''}
                    @click=${() => void this.#make(model)}
                  >
                    Export
                  </button>`
              : html`<progress aria-label="Exporting" max="1" .value=${done}></progress>
                  <span class="muted" aria-hidden="true">${Math.floor(100 * done)} %</span>
                  <button @click=${() => this.#work?.abort()}>Cancel</button>`
        }
      </footer>
    </dialog>`;
  }

  #renderNumbers(model: TagModel) {
    const all = this.#allSteps(model).length;
    const number = (event: Event): number => (event.target as HTMLInputElement).valueAsNumber;
    return html`<div class="row">
      <label>
        <span class="label">Steps, of ${showNumber(countOf(all, 'steps', {tag: model.tag}))}</span>
        <input
          type="number"
          name="steps"
          min="1"
          max=${Math.min(all, MOST_STEPS[this.format])}
          .value=${String(this.#stepCount(model))}
          @change=${(event: Event) => (this.wantedSteps = number(event))}
        />
      </label>
      ${
        this.format === 'page'
          ? nothing
          : html`<label>
              <span class="label">Steps per second</span>
              <input
                type="number"
                name="rate"
                min="0.25"
                max="60"
                step="any"
                .value=${String(this.#rate)}
                @change=${(event: Event) => (this.wantedRate = number(event))}
              />
            </label>`
      }
    </div>`;
  }

  #choose(format: ExportFormat): void {
    this.format = format;
    this.wantedSteps = null;
  }

  /** Whether there is an encoder at all, for a size that every one of them takes. */
  async #findVideo(): Promise<void> {
    const plan = await planVideo({width: 640, height: 360}, 4, encodersHere());
    this.videoNote =
      typeof plan === 'string'
        ? {text: plan, isProblem: true}
        : {text: `MP4 (${plan.format})`, isProblem: false};
  }

  #allSteps(model: TagModel): readonly Step[] {
    return stepsOf(model);
  }

  #stepCount(model: TagModel): number {
    const most = Math.min(this.#allSteps(model).length, MOST_STEPS[this.format]);
    const wanted = this.wantedSteps ?? USUAL_STEPS[this.format];
    return Math.max(1, Math.min(Math.round(wanted) || 1, most));
  }

  get #rate(): number {
    const rate = this.wantedRate ?? this.view.playRate;
    return Number.isFinite(rate) ? clamp(rate, 0.25, 60) : this.view.playRate;
  }

  /** One step is the one shown. */
  #steps(model: TagModel): readonly Step[] {
    const most = this.#stepCount(model);
    return most === 1 && model.step !== null ? [model.step] : spread(this.#allSteps(model), most);
  }

  /** What the samples are sorted by. */
  #order({metric, runs}: TagModel): string {
    const {by} = this.view.sort;
    return sampleOrders(metric, runs.length, true).find(([order]) => order === by)?.[1] ?? '';
  }

  #samples(model: TagModel): readonly string[] {
    return this.format === 'page' ? chosenSamples(model, this.sample, this.choice) : [this.sample];
  }

  #summary(model: TagModel): string {
    const steps = this.#steps(model);
    const places =
      steps.length === 1
        ? `Step ${formatStep(steps[0]!)}`
        : `Steps ${formatStep(steps[0]!)} to ${formatStep(steps.at(-1)!)}`;
    if (this.format === 'page') {
      const bytes = this.#estimate(model);
      return bytes === null ? places : `${places} · about ${formatBytes(bytes)}`;
    }
    const length = `${formatNumber(steps.length / this.#rate)} s`;
    return [places, length, ...(this.format === 'video' ? [this.videoNote.text] : [])].join(' · ');
  }

  #problem(model: TagModel): string {
    if (model.runs.length === 0) {
      return 'No run that is shown has this tag.';
    }
    if (this.format === 'video' && this.videoNote.isProblem) {
      return this.videoNote.text;
    }
    const bytes = this.format === 'page' ? this.#estimate(model) : null;
    return bytes !== null && bytes > PAGE_BYTES
      ? `About ${formatBytes(bytes)}, and a page can have ${formatBytes(PAGE_BYTES)}: choose fewer samples or steps.`
      : '';
  }

  #estimate(model: TagModel): number | null {
    if (this.source === undefined) {
      return null;
    }
    const bytes = estimateBytes(model, this.#samples(model), this.#stepCount(model), this.source);
    return bytes === null ? null : bytes * GROWTH;
  }

  async #make(model: TagModel): Promise<void> {
    const {api, renderContext} = this;
    if (api === undefined || renderContext === undefined) {
      return;
    }
    this.#work = new AbortController();
    const {signal} = this.#work;
    this.done = 0;
    try {
      this.made = await makeFile(
        {
          model,
          sample: this.sample,
          samples: this.#samples(model),
          order: this.choice.which === 'one' ? '' : this.#order(model),
          steps: this.#steps(model),
          format: this.format,
          rate: this.#rate,
          view: this.view,
          renderContext,
          api,
          host: this,
        },
        {signal, progress: (done) => void (this.done = done)},
      );
      void this.updateComplete.then(() =>
        this.renderRoot.querySelector<HTMLElement>('button.main')?.focus(),
      );
    } catch (error) {
      if (!signal.aborted) {
        this.#toast(`The export failed: ${errorMessage(error)}`, 'error');
      }
    } finally {
      this.done = undefined;
      this.#work = undefined;
    }
  }

  readonly #save = (): void => {
    if (this.made === undefined) {
      return;
    }
    const {blob, name} = this.made;
    download(blob, name);
    this.#toast(`Saved ${name}`, 'info');
    this.dialog.close();
  };

  #toast(text: string, tone: 'info' | 'error'): void {
    this.dispatchEvent(intent({type: 'toast', text, tone}));
  }

  /** Escape first cancels an export that is under way, then closes the dialog. */
  readonly #onCancel = (event: Event): void => {
    if (this.#work === undefined) {
      return;
    }
    event.preventDefault();
    this.#work.abort();
  };

  readonly #close = (): void => {
    this.#work?.abort();
    this.dispatchEvent(intent({type: 'dialog', dialog: null}));
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'pairs-export': PairsExport;
  }
}
