// SPDX-License-Identifier: Apache-2.0
/** The bar at the top of the page: step, playback and the timeline. */
import {LitElement, html, nothing} from 'lit';
import {classMap} from 'lit/directives/class-map.js';
import {customElement, property, state} from 'lit/decorators.js';
import type {Kept} from '../../api/types.js';
import {copyOfFlag} from '../../store/copied-texts.js';
import {intent, type Intent} from '../../store/intents.js';
import type {SampledTag, Timeline} from '../../store/page.js';
import {formatStep, parseStep} from '../../store/steps.js';
import {INITIAL_VIEW, type ViewState} from '../../store/view.js';
import {controlStyles} from '../../controls/control-styles.js';
import {isolated} from '../../texts/isolated.js';
import {formatWallTime} from '../../texts/numbers.js';
import {
  phrase,
  scopedCount,
  scopedNumber,
  settingNumber,
  type Phrase,
} from '../../texts/scoped-number.js';
import {scopedStep} from '../../views/scoped-step.js';
import '../../controls/pairs-icon.js';
import {showNumber, showPhrase} from '../../controls/scoped-number.js';
import './pairs-timeline.js';
import {styles} from './pairs-time-bar-styles.js';

const RATES = [1, 2, 4, 8, 16, 30] as const;

/**
 * Always visible: where in training the page stands.
 *
 * @event pairs-intent What the user asks for.
 */
@customElement('pairs-time-bar')
export class PairsTimeBar extends LitElement {
  static override styles = [controlStyles, styles];

  @property({attribute: false}) timeline: Timeline | undefined;
  @property({attribute: false}) view: ViewState = INITIAL_VIEW;
  @property({attribute: false}) kept: Kept | null = null;
  /** Whether the rail is out of sight, so that a button to show it is needed. */
  @property({type: Boolean}) railHidden = false;

  @state() private wrongStep = false;

  override render() {
    const {timeline, view} = this;
    const steps = timeline?.steps ?? [];
    const isFew = steps.length < 2;
    const step = timeline?.step == null ? '–' : formatStep(timeline.step);
    const {length} = step;
    // Disabled, the button that was pressed last would lose the focus.
    const isFirst = timeline?.index === 0;
    const isLast = timeline?.index === steps.length - 1;
    const {playing, loop, playRate} = view;
    return html`
      <div class="buttons" role="group" aria-label="Time">
        ${
          this.railHidden
            ? html`<button
                class="rail"
                aria-label="Show the side panel"
                @click=${() => this.#send({type: 'rail', collapsed: false})}
              >
                <pairs-icon name="panel-left"></pairs-icon>
              </button>`
            : nothing
        }
        <button
          aria-label="Previous step"
          title="Previous step (←)"
          ?disabled=${isFew}
          aria-disabled=${isFirst ? 'true' : 'false'}
          @click=${isFirst ? nothing : () => this.#send({type: 'moveStep', by: -1})}
        >
          <pairs-icon name="chevron-left"></pairs-icon>
        </button>
        <button
          aria-label=${playing ? 'Stop' : 'Play'}
          title="${playing ? 'Stop' : 'Play'} (Space)"
          aria-pressed=${playing ? 'true' : nothing}
          ?disabled=${isFew}
          @click=${() => this.#send({type: 'play', playing: !playing})}
        >
          <pairs-icon name=${playing ? 'pause' : 'play'}></pairs-icon>
        </button>
        <button
          aria-label="Next step"
          title="Next step (→)"
          ?disabled=${isFew}
          aria-disabled=${isLast ? 'true' : 'false'}
          @click=${isLast ? nothing : () => this.#send({type: 'moveStep', by: 1})}
        >
          <pairs-icon name="chevron-right"></pairs-icon>
        </button>
        <button
          aria-label="Loop"
          title="Loop playback (L)"
          aria-pressed=${loop ? 'true' : 'false'}
          @click=${() => this.#send({type: 'playback', loop: !loop})}
        >
          <pairs-icon name="repeat"></pairs-icon>
        </button>
        <select
          aria-label="Steps per second"
          title="Steps per second (&lt; &gt;)"
          @change=${(event: Event) => this.#send({type: 'playback', rate: Number((event.target as HTMLSelectElement).value)})}
        >
          ${[...new Set([...RATES, playRate])]
            .sort((a, b) => a - b)
            .map(
              (rate) =>
                html`<option value=${rate} .selected=${rate === playRate}>${rate}/s</option>`,
            )}
        </select>
      </div>
      <pairs-timeline .timeline=${timeline}></pairs-timeline>
      <div class="now">
        <div class="top">
          <input
            type="text"
            class=${classMap({step: true, long: length > 12, longest: length > 18})}
            inputmode="numeric"
            aria-label="Step"
            title="Type a step"
            aria-invalid=${this.wrongStep ? 'true' : 'false'}
            .value=${step}
            ?disabled=${steps.length === 0}
            @focus=${(event: Event) => (event.target as HTMLInputElement).select()}
            @change=${this.#onStep}
            @keydown=${this.#onKey}
          />
          <button
            class="follow"
            title=${view.step === null ? 'New steps are shown as they come (End). Press to stay here' : 'Show the newest step, and each that comes (End)'}
            aria-pressed=${view.step === null ? 'true' : 'false'}
            ?disabled=${steps.length === 0}
            @click=${() => this.#send(view.step === null ? {type: 'step', step: timeline?.step ?? null} : {type: 'lastStep'})}
          >
            Follow
          </button>
        </div>
        <div class="line">${this.#renderSampledButton()}${this.#renderLine()}</div>
      </div>
      ${this.#renderSampling()}
    `;
  }

  #renderLine() {
    const {timeline} = this;
    if (timeline === undefined || timeline.steps.length === 0) {
      return 'no steps yet';
    }
    const {steps, wallTime} = timeline;
    const time = wallTime === null ? '' : formatWallTime(wallTime);
    return html`<span class="clip"
      >of
      ${showNumber(scopedStep(steps.at(-1) ?? ''))}${time === '' ? nothing : html`<span class="time"> · ${time}</span>`}
      · ${showPhrase(scopedCount(steps.length, 'step'))}</span
    >`;
  }

  #renderSampledButton() {
    const sampled = this.timeline?.sampled ?? [];
    const [worst] = [...sampled].sort((a, b) => b.logged - b.kept - (a.logged - a.kept));
    if (worst === undefined || this.kept === null) {
      return nothing;
    }
    const kept = keptPhrase(worst);
    return html`<button
      class="sampled"
      popovertarget="sampling"
      title="Some steps of ${sampled.map(({tag}) => isolated(tag)).join(', ')} were not kept"
    >
      ${showPhrase(sampled.length === 1 ? phrase`${kept} kept` : phrase`${kept} kept, ${scopedCount(sampled.length, 'tag')}`)}
    </button>`;
  }

  #renderSampling() {
    const sampled = this.timeline?.sampled ?? [];
    const {kept} = this;
    if (sampled.length === 0 || kept === null) {
      return nothing;
    }
    return html`<div id="sampling" popover role="dialog" aria-label="Steps that were not kept">
      <p>
        <b>Not all logged steps were kept.</b>
        In memory, ${kept.program} keeps
        ${kept.limit === null ? 'some' : html`at most ${showNumber(settingNumber(kept.limit, 'steps kept'))}`}
        per run and tag, chosen at random; the newest is always among them. Nothing is lost on disk.
        To see all, start ${kept.program} with
      </p>
      <ul>
        ${sampled.map(
          (one) =>
            html`<li>
              <bdi>${one.tag}</bdi>: ${showPhrase(keptPhrase(one))} steps of
              <bdi>${one.run}</bdi>
            </li>`,
        )}
      </ul>
      <div class="flag">
        <code>${kept.flag}</code>
        <button @click=${() => this.#send(copyOfFlag(kept))}>
          <pairs-icon name="copy"></pairs-icon>Copy
        </button>
      </div>
    </div>`;
  }

  readonly #onStep = (event: Event): void => {
    const field = event.target as HTMLInputElement;
    const step = parseStep(field.value);
    this.wrongStep = step === null;
    if (step !== null) {
      this.#send({type: 'step', step});
    }
    field.value =
      this.timeline?.step == null || step === null ? field.value : formatStep(this.timeline.step);
  };

  readonly #onKey = (event: KeyboardEvent): void => {
    const field = event.target as HTMLInputElement;
    switch (event.key) {
      case 'Enter':
        field.blur();
        break;
      case 'Escape':
        this.wrongStep = false;
        field.value = this.timeline?.step == null ? '' : formatStep(this.timeline.step);
        field.blur();
        break;
      case 'ArrowUp':
      case 'ArrowDown':
        event.preventDefault();
        this.#send({type: 'moveStep', by: event.key === 'ArrowUp' ? 1 : -1});
        break;
      default:
    }
  };

  #send(detail: Intent): void {
    this.dispatchEvent(intent(detail));
  }
}

/** `300 of 1000` steps. */
function keptPhrase({tag, run, kept, logged}: SampledTag): Phrase {
  const place = {what: 'count', tag, run} as const;
  return phrase`${scopedNumber(kept, {...place, noun: 'kept steps'})} of ${scopedNumber(logged, {...place, noun: 'logged steps'})}`;
}

declare global {
  interface HTMLElementTagNameMap {
    'pairs-time-bar': PairsTimeBar;
  }
}
