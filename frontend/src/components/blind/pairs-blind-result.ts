// SPDX-License-Identifier: Apache-2.0
/** The outcome of a blind comparison, with the names of the runs. */
import {LitElement, html, nothing} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import {styleMap} from 'lit/directives/style-map.js';
import {controlStyles} from '../../controls/control-styles.js';
import '../../controls/pairs-name.js';
import type {TagModel} from '../../store/data.js';
import {intent} from '../../store/intents.js';
import {showNumber, showPhrase} from '../../controls/scoped-number.js';
import {countOf, scopedCount, scopedText} from '../../texts/scoped-number.js';
import {scopedStep} from '../../views/scoped-step.js';
import type {BlindComparison} from '../../views/blind/comparison.js';
import {percent, tallyOf, tallyText, verdict, type Tally} from '../../views/blind/tally.js';
import {formStyles} from './blind-form-styles.js';
import {styles} from './pairs-blind-result-styles.js';

/**
 * Who won, by how much, and each vote.
 *
 * @event pairs-intent `copy`.
 * @event pairs-blind-again Another comparison is wanted.
 * @event pairs-blind-done The dialog is no longer needed.
 */
@customElement('pairs-blind-result')
export class PairsBlindResult extends LitElement {
  static override styles = [controlStyles, formStyles, styles];

  @property({attribute: false}) model: TagModel | undefined;
  @property({attribute: false}) comparison: BlindComparison | undefined;

  protected override render() {
    const {model, comparison} = this;
    if (model === undefined || comparison === undefined) {
      return nothing;
    }
    const tally = tallyOf(comparison);
    const [low, high] = tally.interval;
    const {tag, step, samples} = comparison;
    const shareOf = (value: number, noun: string, run: string) =>
      scopedText(percent(value), value, {what: 'share', noun, tag, step, run});
    const row = (run: string, wins: number, from: number, to: number) => {
      const share = tally.share === null ? null : wins / (tally.a + tally.b);
      const color = model.runs.find((other) => other.run === run)?.color ?? 'transparent';
      return html`<tr>
        <th scope="row">
          <span class="dot" style=${styleMap({background: color})}></span
          ><pairs-name .name=${run}></pairs-name>
        </th>
        <td>${showNumber(countOf(wins, 'wins', {tag, step, run}))}</td>
        <td>${share === null ? '–' : showNumber(shareOf(share, 'wins', run))}</td>
        <td>
          ${showNumber(shareOf(from, 'lower end of the interval', run))} to
          ${showNumber(shareOf(to, 'upper end of the interval', run))}
        </td>
      </tr>`;
    };
    return html`<div>
      <div class="body">
        <p class="verdict" role="status">${verdict(comparison, tally)}</p>
        <p class="muted">
          <bdi>${comparison.tag}</bdi>, step ${showNumber(scopedStep(step, {tag}))}:
          ${showNumber(countOf(tally.voted, 'votes', {tag, step}))} of
          ${showPhrase(scopedCount(samples.length, 'sample', {tag, step}))} voted on
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
            ${row(comparison.a, tally.a, low, high)}
            ${row(comparison.b, tally.b, 1 - high, 1 - low)}
            <tr>
              <th scope="row">Ties</th>
              <td>${showNumber(countOf(tally.ties, 'ties', {tag, step}))}</td>
              <td></td>
              <td></td>
            </tr>
          </tbody>
        </table>
        ${this.#renderScale(comparison, tally)}
        <p class="muted">
          Shares are of the votes that were no ties; the intervals are Wilson's score intervals.
        </p>
        ${this.#renderVotes(comparison)}
      </div>
      <footer>
        <button @click=${() => this.dispatchEvent(new CustomEvent('pairs-blind-again'))}>
          Another test
        </button>
        <button
          @click=${() => this.dispatchEvent(intent({type: 'copy', text: tallyText(comparison), what: 'The result'}))}
        >
          Copy as text
        </button>
        <button
          class="main"
          @click=${() => this.dispatchEvent(new CustomEvent('pairs-blind-done'))}
        >
          Done
        </button>
      </footer>
    </div>`;
  }

  /** Where the share lies between the two runs. */
  #renderScale({a, b}: BlindComparison, {share, interval: [low, high]}: Tally) {
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

  #renderVotes(comparison: BlindComparison) {
    const names = {a: comparison.a, b: comparison.b, tie: 'Tie'};
    return html`<details>
      <summary>Each vote</summary>
      <div class="each">
        <table>
          <tbody>
            ${comparison.samples.map((sample, i) => {
              const vote = comparison.votes[i] ?? null;
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
}

declare global {
  interface HTMLElementEventMap {
    'pairs-blind-again': CustomEvent;
    'pairs-blind-done': CustomEvent;
  }
  interface HTMLElementTagNameMap {
    'pairs-blind-result': PairsBlindResult;
  }
}
