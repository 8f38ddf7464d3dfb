// SPDX-License-Identifier: Apache-2.0
import {LitElement, html, nothing} from 'lit';
import {customElement, property, query, state} from 'lit/decorators.js';
import {styleMap} from 'lit/directives/style-map.js';
import type {Api} from '../../api/client.js';
import type {Size} from '../../pixels/raster.js';
import type {TagModel} from '../../store/data.js';
import {kindOf} from '../../kinds/registry.js';
import {intent} from '../../store/intents.js';
import {formatStep} from '../../store/steps.js';
import {FIT, INITIAL_VIEW, type ViewState, type Zoom} from '../../store/view.js';
import {columnsForBox} from '../../views/pane-layout.js';
import '../cards/pairs-pane.js';
import {pixelText} from '../../views/pixel-values.js';
import type {Studio} from '../../views/render-context.js';
import type {Point} from '../../views/viewport.js';
import {dialogStyles} from '../../controls/dialog-styles.js';
import {controlStyles} from '../../controls/control-styles.js';
import {count} from '../../texts/numbers.js';
import '../../controls/pairs-icon.js';
import '../../controls/pairs-name.js';
import {BallotBox} from '../../views/blind/comparison-storage.js';
import {
  newBallot,
  nextOpen,
  sidesOf,
  voted,
  type Ballot,
  type Vote,
} from '../../views/blind/comparison.js';
import {percent, tallyOf, tallyText, verdict, type Tally} from '../../views/blind/tally.js';
import {loadTrial, type Trial, type TrialPane} from '../../views/blind/trial.js';
import {styles} from './pairs-blind-styles.js';

/** CSS pixels of a pane's caption. */
const CAPTION = 32;
const USUAL_SAMPLES = 30;

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
  @property({attribute: false}) studio: Studio | undefined;
  @property({attribute: false}) api: Pick<Api, 'frames'> | undefined;

  @state() private ballot: Ballot | undefined;
  @state() private index = 0;
  @state() private isOver = false;
  @state() private trial: Trial | undefined;
  @state() private problem = '';
  @state() private zoom: Zoom = FIT;
  @state() private cursor: Point | null = null;
  @state() private box: Size = {width: 0, height: 0};
  @query('dialog') private dialog!: HTMLDialogElement;
  @query('.panes') private panes!: HTMLElement | null;

  readonly #kept = new BallotBox(() => localStorage, location.pathname);
  readonly #leaving = new AbortController();
  readonly #trials = new Map<number, Promise<Trial>>();
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
    this.#leaving.abort();
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
    const {model, ballot} = this;
    if (model === undefined) {
      return nothing;
    }
    const isVoting = ballot !== undefined && !this.isOver;
    return html`<dialog
      class=${isVoting ? 'full' : ''}
      aria-labelledby="title"
      @close=${this.#close}
    >
      ${ballot === undefined ? this.#renderSetup(model) : this.isOver ? this.#renderResult(model, ballot) : this.#renderVoting(ballot)}
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
    const {runs} = model;
    const left = this.#kept.read(model.tag);
    const canGoOn =
      left !== null && [left.a, left.b].every((name) => runs.some(({run}) => run === name));
    const options = (chosen: number) =>
      runs.map(({run}, i) => html`<option value=${run} ?selected=${i === chosen}>${run}</option>`);
    return html`<form class="box" @submit=${this.#begin}>
      ${this.#renderHeader('Blind A/B test')}
      <div class="body">
        <p>
          The predictions of two runs are shown as 1 and 2, without names and on random sides. Vote
          for the better one of each sample; the runs are named at the end. Votes stay in this
          browser.
        </p>
        ${
          runs.length < 2
            ? html`<p role="status">
                This needs two runs that have <bdi>${model.tag}</bdi>: show another one first.
              </p>`
            : html`<div class="pair">
                  <label
                    ><span class="label">One run</span
                    ><select name="a">
                      ${options(0)}
                    </select></label
                  >
                  <label
                    ><span class="label">The other</span
                    ><select name="b">
                      ${options(1)}
                    </select></label
                  >
                </div>
                <div class="pair">
                  <label>
                    <span class="label">Samples, of ${model.rows.length}, in random order</span>
                    <input
                      type="number"
                      name="most"
                      min="1"
                      max=${model.rows.length}
                      .value=${String(Math.min(USUAL_SAMPLES, model.rows.length))}
                    />
                  </label>
                  <div>
                    <span class="label">Of ${model.tag}</span><br />step
                    ${model.step === null ? '' : formatStep(model.step)}
                  </div>
                </div>`
        }
        ${this.problem === '' ? nothing : html`<p class="error" role="alert">${this.problem}</p>`}
      </div>
      <footer>
        ${
          canGoOn
            ? html`<button type="button" @click=${() => this.#goOn(left)}>
                Go on with the last (${left.votes.filter((vote) => vote !== null).length} of
                ${left.samples.length})
              </button>`
            : nothing
        }
        <button type="submit" class="main" ?disabled=${runs.length < 2 || model.rows.length === 0}>
          Begin
        </button>
      </footer>
    </form>`;
  }

  #renderVoting(ballot: Ballot) {
    const {index, trial, box} = this;
    const sample = ballot.samples[index] ?? '';
    const done = ballot.votes.filter((vote) => vote !== null).length;
    const vote = this.#voteShown(ballot);
    const columns =
      trial === undefined ? 1 : columnsForBox(box, trial.panes.length, trial.frame, CAPTION);
    const button = (side: 0 | 1 | null, key: string, text: string) =>
      html`<button
        class="vote"
        aria-pressed=${vote === side ? 'true' : 'false'}
        ?disabled=${trial === undefined}
        @click=${() => this.#choose(side)}
      >
        ${text} <kbd>${key}</kbd>
      </button>`;
    return html`<div class="page">
      <header>
        <h2 id="title" class="clip">Which is closer to the ground truth?</h2>
        <span class="muted clip" title=${sample}>${sample}</span>
        <span class="space"></span>
        <progress aria-hidden="true" max=${ballot.samples.length} .value=${done}></progress>
        <span class="muted">${index + 1} of ${ballot.samples.length}</span>
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
          ?disabled=${index === 0}
          @click=${() => this.#go(index - 1)}
        >
          <kbd>←</kbd>
        </button>
        ${button(0, '1', '1 is better')} ${button(null, '0', 'Tie')}
        ${button(1, '2', '2 is better')}
        <button
          title="The next sample (→)"
          aria-label="The next sample"
          ?disabled=${index === ballot.samples.length - 1}
          @click=${() => this.#go(index + 1)}
        >
          <kbd>→</kbd>
        </button>
      </div>
      <div class="unseen" role="status" aria-live="polite">
        Sample ${index + 1} of
        ${ballot.samples.length}${vote === undefined ? '' : `, voted ${vote === null ? 'tie' : vote + 1}`}
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
      .studio=${this.studio}
      .cursor=${cursor}
      .tip=${cursor === null ? '' : (pixelText(picture, cursor, frame) ?? '')}
      wheel-zooms
      @pairs-pane-zoom=${({detail}: CustomEvent<Zoom>) => (this.zoom = detail)}
      @pairs-pane-cursor=${({detail}: CustomEvent<Point | null>) => (this.cursor = detail)}
      @pairs-pane-magnify=${() => (this.zoom = FIT)}
    ></pairs-pane>`;
  }

  #renderResult(model: TagModel, ballot: Ballot) {
    const tally = tallyOf(ballot);
    const [low, high] = tally.interval;
    const row = (run: string, wins: number, from: number, to: number) => {
      const share = tally.share === null ? '–' : percent(wins / (tally.a + tally.b));
      const color = model.runs.find((other) => other.run === run)?.color ?? 'transparent';
      return html`<tr>
        <th scope="row">
          <span class="dot" style=${styleMap({background: color})}></span
          ><pairs-name .name=${run}></pairs-name>
        </th>
        <td>${wins}</td>
        <td>${share}</td>
        <td>${percent(from)} to ${percent(to)}</td>
      </tr>`;
    };
    return html`<div class="box">
      ${this.#renderHeader('Result')}
      <div class="body">
        <p class="verdict" role="status">${verdict(ballot, tally)}</p>
        <p class="muted">
          <bdi>${ballot.tag}</bdi>, step ${formatStep(ballot.step)}: ${tally.voted} of
          ${count(ballot.samples.length, 'sample')} voted on
        </p>
        <table>
          <thead>
            <tr>
              <th scope="col">Run</th>
              <th scope="col">Wins</th>
              <th scope="col">Share</th>
              <th scope="col">95 % interval</th>
            </tr>
          </thead>
          <tbody>
            ${row(ballot.a, tally.a, low, high)} ${row(ballot.b, tally.b, 1 - high, 1 - low)}
            <tr>
              <th scope="row">Ties</th>
              <td>${tally.ties}</td>
              <td></td>
              <td></td>
            </tr>
          </tbody>
        </table>
        ${this.#renderScale(ballot, tally)}
        <p class="muted">
          Shares are of the votes that were no ties; the intervals are Wilson's score intervals.
        </p>
        ${this.#renderVotes(ballot)}
      </div>
      <footer>
        <button @click=${() => this.#startAgain()}>Another test</button>
        <button
          @click=${() => this.dispatchEvent(intent({type: 'copy', text: tallyText(ballot), what: 'The result'}))}
        >
          Copy as text
        </button>
        <button class="main" @click=${() => this.dialog.close()}>Done</button>
      </footer>
    </div>`;
  }

  /** Where the share lies between the two runs. */
  #renderScale({a, b}: Ballot, {share, interval: [low, high]}: Tally) {
    if (share === null) {
      return nothing;
    }
    // A is at the left, so that its share grows towards it.
    return html`<div aria-hidden="true">
      <div class="scale">
        <div class="half" style="left: 50%"></div>
        <div
          class="interval"
          style=${styleMap({left: `${100 * (1 - high)}%`, width: `${100 * (high - low)}%`})}
        ></div>
        <div class="share" style=${styleMap({left: `${100 * (1 - share)}%`})}></div>
      </div>
      <div class="ends">
        <span class="end">← <pairs-name .name=${a}></pairs-name></span>
        <span class="end"><pairs-name .name=${b}></pairs-name> →</span>
      </div>
    </div>`;
  }

  #renderVotes(ballot: Ballot) {
    const names = {a: ballot.a, b: ballot.b, tie: 'Tie'};
    return html`<details>
      <summary>Each vote</summary>
      <div class="each">
        <table>
          <tbody>
            ${ballot.samples.map((sample, i) => {
              const vote = ballot.votes[i] ?? null;
              return html`<tr>
                <th scope="row"><pairs-name .name=${sample}></pairs-name></th>
                <td>${vote === null ? '–' : names[vote]}</td>
              </tr>`;
            })}
          </tbody>
        </table>
      </div>
    </details>`;
  }

  readonly #begin = (event: SubmitEvent): void => {
    event.preventDefault();
    const {model} = this;
    if (model?.step == null) {
      return;
    }
    const form = new FormData(event.target as HTMLFormElement);
    const [a, b] = [form.get('a'), form.get('b')].map(String) as [string, string];
    if (a === b) {
      this.problem = 'Choose two different runs.';
      return;
    }
    const measured = model.rows.filter(({metrics}) => metrics.has(a) && metrics.has(b));
    const rows = measured.length > 0 ? measured : model.rows;
    const seed = crypto.getRandomValues(new Uint32Array(1))[0]!;
    const most = Math.max(1, Math.round(Number(form.get('most'))) || USUAL_SAMPLES);
    this.#goOn(
      newBallot({
        seed,
        tag: model.tag,
        step: model.step,
        a,
        b,
        samples: rows.map(({id}) => id),
        most,
      }),
    );
  };

  #goOn(ballot: Ballot): void {
    this.ballot = ballot;
    this.isOver = false;
    this.#kept.write(ballot);
    this.#trials.clear();
    this.#go(Math.max(0, nextOpen(ballot, 0)));
  }

  #startAgain(): void {
    this.ballot = undefined;
    this.isOver = false;
    this.problem = '';
  }

  #go(index: number): void {
    const {ballot} = this;
    if (ballot === undefined || index < 0 || index >= ballot.samples.length) {
      return;
    }
    this.index = index;
    this.problem = '';
    this.cursor = null;
    this.zoom = FIT;
    this.trial = undefined;
    this.#load(index).then(
      (trial) => {
        if (this.index === index && this.ballot?.seed === ballot.seed) {
          this.trial = trial;
        }
      },
      (error: unknown) => {
        if (this.#leaving.signal.aborted || this.index !== index) {
          return;
        }
        this.#trials.delete(index);
        this.problem = `This sample can't be compared: ${error instanceof Error ? error.message : String(error)}.`;
      },
    );
    // The next one is there by the time it is wanted; should it fail, it is asked for again then.
    if (index + 1 < ballot.samples.length) {
      this.#load(index + 1).catch(() => this.#trials.delete(index + 1));
    }
  }

  #load(index: number): Promise<Trial> {
    const {model, ballot, view, studio, api} = this;
    const known = this.#trials.get(index);
    if (known !== undefined) {
      return known;
    }
    if (model === undefined || ballot === undefined || studio === undefined || api === undefined) {
      return Promise.reject(new Error('the page is not ready'));
    }
    const trial = loadTrial({model, ballot, index, view, studio, api}, this.#leaving.signal);
    this.#trials.set(index, trial);
    return trial;
  }

  /** The side voted for; `null` for a tie, `undefined` for no vote yet. */
  #voteShown(ballot: Ballot): 0 | 1 | null | undefined {
    const vote = ballot.votes[this.index] ?? null;
    if (vote === null) {
      return undefined;
    }
    return vote === 'tie' ? null : sidesOf(ballot, this.index)[0] === vote ? 0 : 1;
  }

  #choose(side: 0 | 1 | null): void {
    const {ballot, index} = this;
    if (ballot === undefined || this.trial === undefined) {
      return;
    }
    const vote: Vote = side === null ? 'tie' : sidesOf(ballot, index)[side];
    this.ballot = voted(ballot, index, vote);
    this.#kept.write(this.ballot);
    const next = nextOpen(this.ballot, index + 1);
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
    if (
      this.ballot === undefined ||
      this.isOver ||
      event.ctrlKey ||
      event.metaKey ||
      event.altKey
    ) {
      return;
    }
    const keys: Readonly<Record<string, () => void>> = {
      1: () => this.#choose(0),
      2: () => this.#choose(1),
      0: () => this.#choose(null),
      ArrowLeft: () => this.#go(this.index - 1),
      ArrowRight: () => this.#go(this.index + 1),
    };
    const work = keys[event.key];
    if (work === undefined) {
      return;
    }
    event.preventDefault();
    work();
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
