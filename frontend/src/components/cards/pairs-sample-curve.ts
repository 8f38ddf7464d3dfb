// SPDX-License-Identifier: Apache-2.0
/** The chart of one sample's metric over the steps, in the full view. */
import {LitElement, css, html, nothing, svg} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import type {Step} from '../../api/types.js';
import {intent} from '../../store/intents.js';
import {showNumber} from '../../controls/scoped-number.js';
import {scopedNumber, type NumberScope} from '../../texts/scoped-number.js';
import {
  drawCurves,
  fractionOf,
  stepAt,
  type CurveDrawing,
  type RunCurve,
} from '../../views/curve-drawing.js';
import {scopedStep} from '../../views/scoped-step.js';
import {endsStyles} from './ends-styles.js';

const WIDTH = 300;
const HEIGHT = 84;
const MARGIN = 4;

/**
 * A metric of one sample over the steps, a line per run.
 *
 * @event pairs-intent `step`, for the place that was clicked.
 */
@customElement('pairs-sample-curve')
export class PairsSampleCurve extends LitElement {
  static override styles = [
    endsStyles,
    css`
      :host {
        display: block;
      }
      .plot {
        position: relative;
        height: 84px;
        border-radius: 6px;
        background: var(--pairs-color-page);
        cursor: pointer;
      }
      svg {
        position: absolute;
        inset: 0;
        width: 100%;
        height: 100%;
      }
      path,
      line {
        fill: none;
        stroke-width: 1.6;
        vector-effect: non-scaling-stroke;
      }
      .now {
        stroke: var(--pairs-color-ink-2);
        stroke-dasharray: 2 2;
        stroke-width: 1;
      }
    `,
  ];

  /** For screen readers. */
  @property() label = '';
  @property({attribute: false}) curves: readonly RunCurve[] = [];
  @property({attribute: false}) step: Step | null = null;
  /** Tag, sample, metric and runs. */
  @property({attribute: false}) scope: Omit<NumberScope, 'what'> = {};

  #drawing: CurveDrawing = drawCurves([]);

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('curves')) {
      this.#drawing = drawCurves(this.curves);
    }
  }

  protected override render() {
    const {paths, range, steps} = this.#drawing;
    const {scope} = this;
    const place = scope.tag === undefined ? {} : {tag: scope.tag};
    if (range === null) {
      return nothing;
    }
    const at = this.step === null ? undefined : fractionOf(this.#drawing, this.step);
    const x = (fraction: number): number => MARGIN + fraction * (WIDTH - 2 * MARGIN);
    const y = (fraction: number): number => MARGIN + fraction * (HEIGHT - 2 * MARGIN);
    return html`<div class="plot" role="img" aria-label=${this.label} @click=${this.#onClick}>
        <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" aria-hidden="true">
          ${at === undefined ? nothing : svg`<line class="now" x1=${x(at)} x2=${x(at)} y1="0" y2=${HEIGHT}></line>`}
          ${paths.flatMap(({color, points}) =>
            points.map(
              (line) => svg`<path
                stroke=${color}
                d=${line.map((point, i) => `${i === 0 ? 'M' : 'L'}${x(point.x).toFixed(1)} ${y(point.y).toFixed(1)}`).join('')}
              ></path>`,
            ),
          )}
        </svg>
      </div>
      <div class="ends">
        <span>${showNumber(scopedStep(steps[0] ?? '0', place))}</span>
        <span>
          ${showNumber(scopedNumber(range[0], {...scope, what: 'low', noun: 'curves'}))} to
          ${showNumber(scopedNumber(range[1], {...scope, what: 'high', noun: 'curves'}))}
        </span>
        <span>${showNumber(scopedStep(steps.at(-1) ?? '0', place))}</span>
      </div>`;
  }

  readonly #onClick = (event: MouseEvent): void => {
    const box = (event.currentTarget as Element).getBoundingClientRect();
    const margin = (MARGIN / WIDTH) * box.width;
    const step = stepAt(
      this.#drawing,
      (event.clientX - box.left - margin) / (box.width - 2 * margin),
    );
    if (step !== undefined) {
      this.dispatchEvent(intent({type: 'step', step}));
    }
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'pairs-sample-curve': PairsSampleCurve;
  }
}
