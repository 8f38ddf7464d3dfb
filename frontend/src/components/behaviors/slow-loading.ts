// SPDX-License-Identifier: Apache-2.0
/** Whether something has been loading for so long that it should be shown. */
import type {ReactiveController, ReactiveControllerHost} from 'lit';

/** Loading that ends sooner is not shown, so that playing steps does not flicker. Milliseconds. */
const DELAY = 150;

export class SlowLoading implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #timer: number | undefined;
  #isSlow = false;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  get isSlow(): boolean {
    return this.#isSlow;
  }

  follow(isLoading: boolean): void {
    if (isLoading) {
      this.#timer ??= window.setTimeout(() => {
        this.#isSlow = true;
        this.#host.requestUpdate();
      }, DELAY);
    } else {
      this.hostDisconnected();
      this.#timer = undefined;
      this.#isSlow = false;
    }
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
  }
}
