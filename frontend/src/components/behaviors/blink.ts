// SPDX-License-Identifier: Apache-2.0
import type {ReactiveController, ReactiveControllerHost} from 'lit';

/** Turns at a rate, in step with every other `Blink` of the page. Never by itself where motion is not wanted. */
export class Blink implements ReactiveController {
  turned = false;
  #rate = 0;
  #timer: number | undefined;
  readonly #still = window.matchMedia('(prefers-reduced-motion: reduce)');

  constructor(private readonly host: ReactiveControllerHost) {
    host.addController(this);
  }

  /** Turns per second; 0 stands still on the first side. */
  set rate(rate: number) {
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

  #turn(turned: boolean): void {
    if (turned === this.turned) {
      return;
    }
    this.turned = turned;
    this.host.requestUpdate();
  }
}
