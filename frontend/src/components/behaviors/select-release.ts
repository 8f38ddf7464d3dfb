// SPDX-License-Identifier: Apache-2.0
/** Takes the focus from a list of options once something was chosen in it with the mouse. */
import type {ReactiveController, ReactiveControllerHost} from 'lit';

/** The arrow keys would choose the next option where they are meant to go through the steps. Whoever came by key stays in it. */
export class SelectRelease implements ReactiveController {
  #pressed: EventTarget | undefined;

  constructor(private readonly host: ReactiveControllerHost & HTMLElement) {
    host.addController(this);
  }

  hostConnected(): void {
    this.host.addEventListener('pointerdown', this.#onPress, {capture: true});
    this.host.addEventListener('input', this.#onInput);
  }

  hostDisconnected(): void {
    this.host.removeEventListener('pointerdown', this.#onPress, {capture: true});
    this.host.removeEventListener('input', this.#onInput);
  }

  readonly #onPress = (event: Event): void => {
    [this.#pressed] = event.composedPath();
  };

  readonly #onInput = (event: Event): void => {
    const [target] = event.composedPath();
    if (target instanceof HTMLSelectElement && target === this.#pressed) {
      this.#pressed = undefined;
      target.blur();
    }
  };
}
