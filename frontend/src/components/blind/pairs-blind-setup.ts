// SPDX-License-Identifier: Apache-2.0
/** The form that begins a blind comparison: which two runs, and how many samples. */
import {LitElement, css, html, nothing} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import {controlStyles} from '../../controls/control-styles.js';
import type {TagModel} from '../../store/data.js';
import {formatStep} from '../../store/steps.js';
import {newComparison, type BlindComparison} from '../../views/blind/comparison.js';
import {formStyles} from './blind-form-styles.js';

const USUAL_SAMPLES = 30;

/**
 * Asks which runs to compare blind.
 *
 * @event pairs-blind-start The comparison to begin, or to go on with.
 */
@customElement('pairs-blind-setup')
export class PairsBlindSetup extends LitElement {
  static override styles = [
    controlStyles,
    formStyles,
    css`
      .body label {
        display: grid;
        gap: 4px;
        min-width: 0;
      }
      .pair {
        display: grid;
        grid-template-columns: 1fr 1fr;
        gap: 12px;
      }
    `,
  ];

  @property({attribute: false}) model: TagModel | undefined;
  /** A comparison of this tag that was left before its end. */
  @property({attribute: false}) unfinished: BlindComparison | null = null;

  @state() private problem = '';

  protected override render() {
    const {model} = this;
    if (model === undefined) {
      return nothing;
    }
    const {runs} = model;
    const left = this.unfinished;
    const canGoOn =
      left !== null && [left.a, left.b].every((name) => runs.some(({run}) => run === name));
    const options = (chosen: number) =>
      runs.map(({run}, i) => html`<option value=${run} .selected=${i === chosen}>${run}</option>`);
    return html`<form @submit=${this.#begin}>
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
            ? html`<button type="button" @click=${() => this.#start(left)}>
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
    this.#start(
      newComparison({
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

  #start(detail: BlindComparison): void {
    this.dispatchEvent(new CustomEvent('pairs-blind-start', {detail}));
  }
}

declare global {
  interface HTMLElementEventMap {
    'pairs-blind-start': CustomEvent<BlindComparison>;
  }
  interface HTMLElementTagNameMap {
    'pairs-blind-setup': PairsBlindSetup;
  }
}
