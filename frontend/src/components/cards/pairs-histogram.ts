// SPDX-License-Identifier: Apache-2.0
/** Histograms of a sample's values, drawn over each other; part of the details in the full view. */
import {LitElement, css, html, nothing, svg} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import {histogram, sharedRange, type Numbers} from '../../pixels/distribution.js';
import type {Range} from '../../pixels/raster.js';
import {showNumber, showPhrase} from '../../controls/scoped-number.js';
import {
  joinPhrases,
  phrase,
  scopedNumber,
  withScope,
  type NumberScope,
  type Phrase,
} from '../../texts/scoped-number.js';

export interface HistogramLine {
  readonly name: string;
  /** CSS; the one without a colour is filled. */
  readonly color: string | undefined;
  readonly numbers: Numbers;
}

const BINS = 64;
const WIDTH = 300;
const HEIGHT = 72;

interface DrawnLine {
  readonly color: string | undefined;
  readonly path: string;
  readonly notFinite: Phrase;
}

/** How often each value occurs: the ground truth filled, a line per prediction. All channels of an image count together. */
@customElement('pairs-histogram')
export class PairsHistogram extends LitElement {
  static override styles = css`
    :host {
      display: block;
    }
    svg {
      display: block;
      width: 100%;
      height: 72px;
      border-radius: 6px;
      background: var(--pairs-color-page);
    }
    path {
      fill: none;
      stroke-width: 1.5;
      vector-effect: non-scaling-stroke;
    }
    path.filled {
      fill: var(--pairs-color-line);
      stroke: var(--pairs-color-control);
      stroke-width: 1;
    }
    .ends,
    .note {
      display: flex;
      justify-content: space-between;
      margin-top: 2px;
      color: var(--pairs-color-ink-2);
      font-size: 11px;
      font-variant-numeric: tabular-nums;
    }
  `;

  @property({attribute: false}) lines: readonly HistogramLine[] = [];
  /** Of which sample the pictures are. */
  @property({attribute: false}) scope: Omit<NumberScope, 'what'> = {};

  #drawn: readonly DrawnLine[] = [];
  #range: Range = [0, 1];

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (!changed.has('lines') || this.lines.length === 0) {
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
    // Square roots: one value that fills half of a picture would hide all others.
    const highest = Math.sqrt(Math.max(...shares.flat(), Number.MIN_VALUE));
    this.#drawn = counted.map(({line, notFinite}, i) => ({
      color: line.color,
      path: stairs(shares[i]!.map((share) => Math.sqrt(share) / highest)),
      notFinite: notFiniteText(line.name, notFinite),
    }));
  }

  protected override render() {
    if (this.lines.length === 0) {
      return nothing;
    }
    const [low, high] = this.#range;
    const {scope} = this;
    const unit = this.lines[0]?.numbers.unit ?? '';
    return html`<svg
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
      <div class="ends">
        <span>${showNumber(scopedNumber(low, {...scope, what: 'low', noun: 'values'}))}</span
        ><span
          >${showNumber(scopedNumber(high, {...scope, what: 'high', noun: 'values'}))} ${unit}</span
        >
      </div>
      ${this.#drawn.map(({notFinite}) => (notFinite.length === 0 ? nothing : html`<div class="note">${showPhrase(withScope(notFinite, scope))}</div>`))}`;
  }
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
