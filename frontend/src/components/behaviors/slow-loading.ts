// SPDX-License-Identifier: Apache-2.0
/** Whether something has been loading for so long that it should be shown. */
import type {ReactiveController, ReactiveControllerHost} from 'lit';

/** Loading that ends sooner is not shown, so that playing steps does not flicker. Milliseconds. */
const DELAY = 150;

export class SlowLoading implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isLoading = false;
  #isSlow = false;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  get isSlow(): boolean {
    return this.#isSlow;
  }

  follow(isLoading: boolean): void {
    this.#isLoading = isLoading;
    if (isLoading) {
      this.hostConnected();
    } else {
      this.hostDisconnected();
      this.#isSlow = false;
    }
  }

  hostConnected(): void {
    if (this.#isLoading) {
      this.#timer ??= setTimeout(() => {
        this.#isSlow = true;
        this.#host.requestUpdate();
      }, DELAY);
    }
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
