// SPDX-License-Identifier: Apache-2.0
/** Pictures of the log that are in no pair, each with the reason and the way out: to split it by hand. */
import {LitElement, html, nothing} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import type {ExistingPictures, FileRule, LeftTag} from '../../api/types.js';
import {controlStyles} from '../../controls/control-styles.js';
import {intent} from '../../store/intents.js';
import {copyOfRules} from '../../store/copied-texts.js';
import {readRules} from '../../store/rules.js';
import {showPhrase} from '../../controls/scoped-number.js';
import {scopedCount} from '../../texts/scoped-number.js';
import {styles} from './pairs-existing-styles.js';

/**
 * A list that is closed while there are pairs; nothing where there is nothing to tell.
 *
 * @event pairs-intent `rule`, `copy`
 */
@customElement('pairs-existing')
export class PairsExisting extends LitElement {
  static override styles = [controlStyles, styles];

  @property({attribute: false}) existing: ExistingPictures | undefined;
  /** The rules of this page, as the text of a rule file. */
  @property({attribute: false}) rules = '';
  /** Whether the list is open at first. */
  @property({type: Boolean}) expanded = false;

  @state() private subject: LeftTag | undefined;
  /** Whether the list of tags in no pair was opened: a log may have hundreds of them. */
  @state() private isListed = false;
  /** Whether the own rules are open. Kept here, as they are made anew when they were gone for a moment. */
  @state() private showsRules = false;

  protected override render() {
    const {existing} = this;
    if (existing === undefined) {
      return nothing;
    }
    const {left, problems} = existing;
    return html`
      ${problems.length === 0 ? nothing : this.#renderProblems(problems)}
      ${this.#renderRules(readRules(this.rules))}
      ${left.length === 0 ? nothing : this.#renderLeft(left)}
      ${
        this.subject === undefined
          ? nothing
          : html`<pairs-split
              .subject=${this.subject}
              .others=${left}
              @pairs-split-done=${() => (this.subject = undefined)}
            ></pairs-split>`
      }
    `;
  }

  #renderProblems(problems: readonly string[]) {
    return html`<div class="problems" role="alert">
      <b
        >The rules for existing pictures have
        ${showPhrase(scopedCount(problems.length, 'mistake'))}; the others hold.</b
      >
      <ul>
        ${problems.map((problem) => html`<li><bdi>${problem}</bdi></li>`)}
      </ul>
    </div>`;
  }

  #renderRules(rules: readonly FileRule[]) {
    if (rules.length === 0) {
      return nothing;
    }
    return html`<details
      ?open=${this.showsRules}
      @toggle=${(event: Event) => (this.showsRules = (event.target as HTMLDetailsElement).open)}
    >
      <summary>${showPhrase(scopedCount(rules.length, 'rule'))} of your own</summary>
      <ul>
        ${rules.map(
          (rule) =>
            html`<li>
              <code>${rule.strip ?? rule.prediction}</code>
              <button
                class="link"
                @click=${() => this.dispatchEvent(intent({type: 'rule', rule, removed: true}))}
              >
                Remove
              </button>
            </li>`,
        )}
      </ul>
      <p>
        They are kept in this browser and in links to this page.
        <button class="link" @click=${() => this.dispatchEvent(intent(copyOfRules(rules)))}>
          Copy as pairs.json
        </button>
        for the log directory, and they hold for everybody.
      </p>
    </details>`;
  }

  #renderLeft(left: readonly LeftTag[]) {
    // What is likely a pair, but too unsure to be shown unasked, comes first.
    const sorted = [...left].sort(
      (one, other) => Number(other.suggestion !== undefined) - Number(one.suggestion !== undefined),
    );
    return html`<details
      ?open=${this.expanded}
      @toggle=${(event: Event) => (this.isListed = (event.target as HTMLDetailsElement).open)}
    >
      <summary>${showPhrase(scopedCount(left.length, 'tag'))} of pictures in no pair</summary>
      <p>
        No ground truth and prediction were found in them. If they are there, press Split… and say
        where: in one picture, or in two tags.
      </p>
      <ul>
        ${(this.isListed || this.expanded ? sorted : []).map(
          (one) =>
            html`<li>
              <span class="tag"
                ><bdi>${one.tag}</bdi>
                ${one.runs > 1 ? html`<span class="muted">in ${showPhrase(scopedCount(one.runs, 'run', {tag: one.tag}))}</span>` : nothing}</span
              >
              <button
                aria-label="Split ${one.tag}"
                title="Say what its pictures hold"
                @click=${() => this.#split(one)}
              >
                Split…
              </button>
              <span class="reason">${one.reason}</span>
            </li>`,
        )}
      </ul>
    </details>`;
  }

  #split(subject: LeftTag): void {
    void import('./pairs-split.js');
    this.subject = subject;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pairs-existing': PairsExisting;
  }
}
