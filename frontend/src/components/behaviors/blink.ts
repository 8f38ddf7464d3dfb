// SPDX-License-Identifier: Apache-2.0
/**
 * The timer of modes that blink. All timers of a page share one phase, so that all panes change
 * at once.
 */
import type {ReactiveController, ReactiveControllerHost} from 'lit';
import {modeOf} from '../../modes/registry.js';
import type {ViewState} from '../../store/view.js';

/** Shows the ground truth and the prediction in turn, in step with every other `Blink` of the page. Stands still where motion is not wanted. */
export class Blink implements ReactiveController {
  showsOtherSide = false;
  /** Changes per second. */
  #rate = 0;
  #timer: number | undefined;
  readonly #still = window.matchMedia('(prefers-reduced-motion: reduce)');

  constructor(private readonly host: ReactiveControllerHost) {
    host.addController(this);
  }

  /** Changes as often as the viewer chose, in a mode that blinks; else it stays on the prediction. */
  follow(view: ViewState): void {
    const rate = modeOf(view).blinks ? view.blinkRate : 0;
    if (rate === this.#rate) {
      return;
    }
    this.#rate = rate;
    this.#schedule();
  }

  hostConnected(): void {
    this.#schedule();
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
  }

  #schedule(): void {
    clearTimeout(this.#timer);
    if (this.#rate <= 0 || this.#still.matches) {
      this.#turn(false);
      return;
    }
    const period = 1000 / this.#rate;
    const phase = performance.now() / period;
    this.#turn(Math.floor(phase) % 2 === 1);
    this.#timer = window.setTimeout(
      () => {
        this.#schedule();
      },
      (Math.floor(phase) + 1 - phase) * period + 1,
    );
  }

  #turn(showsOtherSide: boolean): void {
    if (showsOtherSide === this.showsOtherSide) {
      return;
    }
    this.showsOtherSide = showsOtherSide;
    this.host.requestUpdate();
  }
}
