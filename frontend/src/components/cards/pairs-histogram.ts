// SPDX-License-Identifier: Apache-2.0
/** Histograms of a sample's values, drawn over each other; part of the details in the full view. */
import {LitElement, html, nothing, svg} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import {live} from 'lit/directives/live.js';
import {histogram, sharedRange, type Numbers} from '../../pixels/distribution.js';
import type {Range, Size} from '../../pixels/raster.js';
import {intent} from '../../store/intents.js';
import type {DisplaySettings} from '../../store/view.js';
import {formatNumber} from '../../texts/numbers.js';
import {showNumber, showPhrase} from '../../controls/scoped-number.js';
import {
  joinPhrases,
  phrase,
  scopedNumber,
  settingNumber,
  withScope,
  type NumberScope,
  type Phrase,
} from '../../texts/scoped-number.js';
import {endsStyles} from './ends-styles.js';
import {styles} from './pairs-histogram-styles.js';

export interface HistogramLine {
  readonly name: string;
  /** CSS; the one without a colour is filled. */
  readonly color: string | undefined;
  readonly numbers: Numbers;
}

const BINS = 100;
const WIDTH = 300;
const HEIGHT = 120;
/** Ends and thresholds can be set to so many values, where these are no integers. */
const SETTINGS = 1000;

interface DrawnLine {
  readonly color: string | undefined;
  readonly path: string;
  readonly notFinite: Phrase;
}

/** Something that is dragged along the values. */
interface Handle {
  readonly name: 'low' | 'high' | 'threshold';
  readonly label: string;
  readonly value: number;
  readonly change: (value: number) => Partial<DisplaySettings>;
}

/**
 * How often each value occurs: the ground truth filled, a line per prediction. All channels of an image count together. The ends of
 * the colours, or the threshold, are dragged on it.
 *
 * @event pairs-intent `display`
 */
@customElement('pairs-histogram')
export class PairsHistogram extends LitElement {
  static override styles = [endsStyles, styles];

  @property({attribute: false}) lines: readonly HistogramLine[] = [];
  /** Of which sample the pictures are. */
  @property({attribute: false}) scope: Omit<NumberScope, 'what'> = {};
  /** What the colours span, of which kind; absent where they span nothing. */
  @property({attribute: false}) limits: {readonly of: string; readonly range: Range} | undefined;
  /** The colours span what was set here. */
  @property({type: Boolean, attribute: 'by-hand'}) byHand = false;
  /** In place of the colours. */
  @property({attribute: false}) threshold: number | null = null;
  /** Heights are logarithms, not square roots. */
  @property({type: Boolean}) log = false;

  #drawn: readonly DrawnLine[] = [];
  #range: Range = [0, 1];

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if ((!changed.has('lines') && !changed.has('log')) || this.lines.length === 0) {
      return;
    }
    this.#range = sharedRange(
      this.lines.map(({numbers}) => numbers),
      {type: 'stored'},
    );
    const counted = this.lines.map((line) => ({
      line,
      ...histogram(line.numbers, this.#range, BINS),
    }));
    const shares = counted.map(({line, counts}) => {
      const total = line.numbers.raster.width * line.numbers.raster.height * counts.length;
      return Array.from(
        {length: BINS},
        (_, bin) => counts.reduce((sum, channel) => sum + channel[bin]!, 0) / total,
      );
    });
    // One value that fills half of a picture would hide all others.
    const heightOf = this.log ? logarithmic(counted[0]!.line.numbers.raster) : Math.sqrt;
    const highest = heightOf(Math.max(...shares.flat(), Number.MIN_VALUE));
    this.#drawn = counted.map(({line, notFinite}, i) => ({
      color: line.color,
      path: stairs(shares[i]!.map((share) => (highest > 0 ? heightOf(share) / highest : 0))),
      notFinite: notFiniteText(line.name, notFinite),
    }));
  }

  protected override render() {
    if (this.lines.length === 0) {
      return nothing;
    }
    const [low, high] = this.#range;
    const {scope} = this;
    const {unit = '', said = 1} = this.lines[0]?.numbers ?? {};
    const end = (what: 'low' | 'high', value: number) =>
      showNumber(scopedNumber(said * value, {...scope, what, noun: 'values'}));
    return html`<div class="plot">
        <svg
          viewBox="0 0 ${WIDTH} ${HEIGHT}"
          preserveAspectRatio="none"
          role="img"
          aria-label="Histogram of ${this.lines.map(({name}) => name).join(', ')}"
        >
          ${this.#drawn.map(({color, path}) =>
            color === undefined
              ? svg`<path class="filled" d=${path}></path>`
              : svg`<path stroke=${color} d=${path}></path>`,
          )}
        </svg>
        ${this.#handles.map((handle) => this.#renderHandle(handle))}
      </div>
      <div class="ends">
        <span>${end('low', low)}</span><span>${end('high', high)} ${unit}</span>
      </div>
      ${this.#renderSettings(said, unit)}
      ${this.#drawn.map(({notFinite}) => (notFinite.length === 0 ? nothing : html`<div class="note">${showPhrase(withScope(notFinite, scope))}</div>`))}`;
  }

  /** Of integers one of them. */
  get #step(): number {
    const [low, high] = this.#range;
    const {said = 1} = this.lines[0]?.numbers ?? {};
    return (high - low) / (said > 1 && said < SETTINGS ? said : SETTINGS);
  }

  get #handles(): readonly Handle[] {
    const {threshold, limits} = this;
    if (this.#step === 0) {
      // There is one value alone.
      return [];
    }
    if (threshold !== null) {
      return [
        {
          name: 'threshold',
          label: 'Threshold on the histogram',
          value: threshold,
          change: (value) => ({threshold: value}),
        },
      ];
    }
    if (limits === undefined) {
      return [];
    }
    const {of, range} = limits;
    const [low, high] = range;
    // Never the same, which would be no range.
    const change = (from: number, to: number) => ({limits: {of, range: [from, to] as const}});
    return [
      {
        name: 'low',
        label: 'Lower end of the colours',
        value: low,
        change: (value) => change(Math.min(value, high - this.#step), high),
      },
      {
        name: 'high',
        label: 'Upper end of the colours',
        value: high,
        change: (value) => change(low, Math.max(value, low + this.#step)),
      },
    ];
  }

  #renderHandle({name, label, value, change}: Handle) {
    const [low, high] = this.#range;
    const {unit = '', said = 1} = this.lines[0]?.numbers ?? {};
    return html`<input
      type="range"
      class=${name}
      aria-label=${label}
      aria-valuetext=${`${formatNumber(said * value)} ${unit}`.trim()}
      min=${low}
      max=${high}
      step=${this.#step}
      .value=${live(String(value))}
      @input=${(event: Event) => this.dispatchEvent(intent({type: 'display', change: change((event.target as HTMLInputElement).valueAsNumber)}))}
    />`;
  }

  #renderSettings(said: number, unit: string) {
    const {limits, threshold} = this;
    const [low, high] = this.#range;
    const isWhole = limits?.range[0] === low && limits.range[1] === high;
    if (threshold !== null || limits === undefined || isWhole) {
      return nothing;
    }
    const [from, to] = limits.range.map((value) => settingNumber(said * value, 'limit'));
    return html`<div class="note">
      <span>Colours from ${showNumber(from!)} to ${showNumber(to!)} ${unit}</span>
      ${
        this.byHand
          ? html`<button
              title="Let the range follow its rule again"
              @click=${() => this.dispatchEvent(intent({type: 'display', change: {limits: null}}))}
            >
              reset
            </button>`
          : nothing
      }
    </div>`;
  }
}

/** Of a share, from that of a single pixel on; less is nothing. */
function logarithmic({width, height}: Size): (share: number) => number {
  return (share) => Math.log1p(share * width * height);
}

/** An outline of bars; heights are 0 to 1. */
function stairs(heights: readonly number[]): string {
  const step = WIDTH / heights.length;
  const y = (height: number): string => (HEIGHT - 2 - height * (HEIGHT - 6)).toFixed(1);
  const bars = heights.map(
    (height, i) => `L${(i * step).toFixed(1)} ${y(height)}H${((i + 1) * step).toFixed(1)}`,
  );
  return `M0 ${HEIGHT}${bars.join('')}L${WIDTH} ${HEIGHT}`;
}

function notFiniteText(
  name: string,
  {nan, negative, positive}: {nan: number; negative: number; positive: number},
): Phrase {
  const parts = [
    [nan, 'NaN'],
    [negative, '−∞'],
    [positive, '+∞'],
  ] as const;
  const words = parts
    .filter(([count]) => count > 0)
    .map(
      ([count, noun]) =>
        phrase`${scopedNumber(count, {what: 'count', noun, picture: name})} × ${noun}`,
    );
  return words.length === 0 ? [] : phrase`${name}: ${joinPhrases(words, ', ')}`;
}

declare global {
  interface HTMLElementTagNameMap {
    'pairs-histogram': PairsHistogram;
  }
}
