// SPDX-License-Identifier: Apache-2.0
/** The slider over all steps, with the curves of the runs above it. */
import {LitElement, html, nothing, svg, type PropertyValues, type TemplateResult} from 'lit';
import {customElement, property, query, state} from 'lit/decorators.js';
import {styleMap} from 'lit/directives/style-map.js';
import {intent} from '../../store/intents.js';
import type {Timeline} from '../../store/page.js';
import {jumpLength, nearestFraction} from '../../store/steps.js';
import '../../controls/pairs-name.js';
import {showNumber, showPhrase} from '../../controls/scoped-number.js';
import type {NumberScope} from '../../texts/scoped-number.js';
import {
  HEIGHT,
  WIDTH,
  beginsHigh,
  curvePath,
  curveValuePhrase,
  heightScale,
  valueAt,
} from '../../views/curve-paths.js';
import {averagedCaption, companyOf} from '../../views/averaged-samples.js';
import {metricName} from '../../views/metric-text.js';
import {scopedStep} from '../../views/scoped-step.js';
import {styles} from './pairs-timeline-styles.js';

/** How near, in CSS pixels, a press must be to a dip to go there. */
const DIP_REACH = 7;
/** Runs named in the tip. */
const MOST_VALUES = 8;

/**
 * The one slider over all steps, with the metric of each visible run above it. A press on a dip of a curve goes there.
 *
 * @event pairs-intent `step` and `moveStep`
 */
@customElement('pairs-timeline')
export class PairsTimeline extends LitElement {
  static override styles = styles;

  @property({attribute: false}) timeline: Timeline | undefined;

  @state() private hovered: number | null = null;
  @query('.plot') private plot!: HTMLElement;

  #curves: TemplateResult | typeof nothing = nothing;
  #isCaptionLow = false;
  #captionNote = '';
  #dips: readonly {readonly fraction: number; readonly top: number; readonly color: string}[] = [];

  override connectedCallback(): void {
    super.connectedCallback();
    this.tabIndex = 0;
    this.role = 'slider';
    this.ariaLabel = 'Step';
    this.addEventListener('pointerdown', this.#onPress);
    this.addEventListener('pointermove', this.#onMove);
    this.addEventListener('pointerleave', this.#onLeave);
    this.addEventListener('keydown', this.#onKey);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.removeEventListener('pointerdown', this.#onPress);
    this.removeEventListener('pointermove', this.#onMove);
    this.removeEventListener('pointerleave', this.#onLeave);
    this.removeEventListener('keydown', this.#onKey);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const {timeline} = this;
    if (!changed.has('timeline') || timeline === undefined) {
      return;
    }
    this.ariaValueMin = '0';
    this.ariaValueMax = String(Math.max(timeline.steps.length - 1, 0));
    this.ariaValueNow = String(Math.max(timeline.index, 0));
    this.ariaValueText =
      timeline.step === null
        ? 'no step'
        : `step ${timeline.step} of ${timeline.steps.at(-1) ?? ''}`;
    this.ariaDisabled = String(timeline.steps.length < 2);
    const before = changed.get('timeline');
    if (before?.curves !== timeline.curves) {
      this.#drawCurves(timeline);
    }
  }

  override render() {
    const {timeline} = this;
    if (timeline === undefined) {
      return nothing;
    }
    const at = timeline.fractions[timeline.index];
    const percent = at === undefined ? null : `${at * 100}%`;
    return html`<div class="plot">
      ${
        timeline.metric === null || timeline.curves.length === 0
          ? nothing
          : html`<span class="caption ${this.#isCaptionLow ? 'low' : ''}"
              ><bdi>${metricName(timeline.metric)}</bdi
              >${timeline.sample === null ? nothing : html` of <bdi>${timeline.sample}</bdi>`}${timeline.tag === null ? nothing : html` in <bdi>${timeline.tag}</bdi>`}${this.#captionNote === '' ? nothing : `, ${this.#captionNote}`}</span
            >`
      }
      ${this.#curves}
      ${this.#dips.map(
        ({fraction, top, color}) =>
          html`<span
            class="dip"
            style=${styleMap({left: `${fraction * 100}%`, top: `${top}px`, background: color})}
          ></span>`,
      )}
      ${percent === null ? nothing : html`<span class="ruler" style=${styleMap({left: percent})}></span>`}
      <div class="track">
        <div class="passed" style=${styleMap({width: percent ?? '0'})}></div>
      </div>
      ${
        timeline.marked === null
          ? nothing
          : html`<span class="mark" style=${styleMap({left: `${timeline.marked * 100}%`})}></span>`
      }
      ${percent === null ? nothing : html`<span class="thumb" style=${styleMap({left: percent})}></span>`}
      ${this.#renderTip(timeline)}
    </div>`;
  }

  #renderTip({steps, fractions, curves, metric, sample, tag}: Timeline) {
    const {hovered} = this;
    if (hovered === null) {
      return nothing;
    }
    const fraction = fractions[hovered];
    const step = steps[hovered];
    if (fraction === undefined || step === undefined) {
      return nothing;
    }
    const scope: NumberScope = {
      ...(sample === null ? {what: 'mean', samples: 'all'} : {what: 'value', sample}),
      ...(tag !== null && {tag}),
    };
    const found = curves.map((curve) => ({...curve, at: valueAt(curve, step)}));
    const company = companyOf(found.map(({at}) => ('averaged' in at ? at.averaged : undefined)));
    const values = found.slice(0, MOST_VALUES).map(({run, color, at}) => ({
      run,
      color,
      text: curveValuePhrase(at, step, {...scope, run, ...(metric !== null && {metric})}, company),
    }));
    // Kept inside of the bar: the tip is at most 260 px wide.
    const left = `clamp(110px, ${fraction * 100}%, 100% - 110px)`;
    return html`<span class="ruler hover" style=${styleMap({left: `${fraction * 100}%`})}></span>
      <div class="tip" style=${styleMap({left})}>
        <div>
          Step
          ${showNumber(scopedStep(step))}${metric === null ? nothing : html` · ${sample === null ? 'mean ' : ''}<bdi>${metricName(metric)}</bdi>${sample === null ? nothing : html` of <bdi>${sample}</bdi>`}${tag === null ? nothing : html` in <bdi>${tag}</bdi>`}`}
        </div>
        ${values.map(
          ({run, color, text}) =>
            html`<div class="value">
              <span class="dot" style=${styleMap({background: color})}></span
              ><pairs-name .name=${run}></pairs-name><b>${showPhrase(text)}</b>
            </div>`,
        )}
      </div>`;
  }

  #drawCurves({curves, dips}: Timeline): void {
    const heightOf = heightScale(curves);
    this.#isCaptionLow = beginsHigh(curves, heightOf);
    this.#captionNote = averagedCaption(curves.flatMap(({averaged}) => averaged));
    this.#curves = html`<svg
      viewBox="0 0 ${WIDTH} ${HEIGHT}"
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      ${curves.map((curve) => {
        const style = styleMap({stroke: curve.color});
        return svg`<path class=${curve.dashed ? 'dashed' : ''} style=${style} d=${curvePath(curve, heightOf)}></path>`;
      })}
    </svg>`;
    // 34 px and 2 px are the height and the top of the curves' box.
    this.#dips = dips.map(({fraction, value, color}) => ({
      fraction,
      color,
      top: 2 + (heightOf(value) / HEIGHT) * 34,
    }));
  }

  readonly #onPress = (event: PointerEvent): void => {
    if (event.button !== 0) {
      return;
    }
    this.setPointerCapture(event.pointerId);
    this.#go(event);
  };

  readonly #onMove = (event: PointerEvent): void => {
    this.hovered = this.#indexAt(event);
    if (this.hasPointerCapture(event.pointerId)) {
      this.#go(event);
    }
  };

  readonly #onLeave = (): void => {
    this.hovered = null;
  };

  /** Keys of a slider that mean something else on the rest of the page. */
  readonly #onKey = (event: KeyboardEvent): void => {
    const jump = jumpLength(this.timeline?.steps ?? []);
    const keys: Readonly<Record<string, number>> = {
      ArrowUp: 1,
      ArrowDown: -1,
      PageUp: jump,
      PageDown: -jump,
    };
    const by = keys[event.key];
    if (by === undefined || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    this.dispatchEvent(intent({type: 'moveStep', by}));
  };

  #go(event: PointerEvent): void {
    const {timeline} = this;
    const step = timeline?.steps[this.#indexAt(event)];
    if (step !== undefined && step !== timeline?.step) {
      this.dispatchEvent(intent({type: 'step', step}));
    }
  }

  #indexAt(event: PointerEvent): number {
    const {left, width, top} = this.plot.getBoundingClientRect();
    const fractions = this.timeline?.fractions ?? [];
    const x = event.clientX - left;
    // Above the track, a press near a dip means the dip.
    const isOnCurves = event.clientY - top < 38;
    const dip = this.#dips.find(
      ({fraction}) => isOnCurves && Math.abs(fraction * width - x) <= DIP_REACH,
    );
    return nearestFraction(fractions, dip?.fraction ?? x / width);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pairs-timeline': PairsTimeline;
  }
}
