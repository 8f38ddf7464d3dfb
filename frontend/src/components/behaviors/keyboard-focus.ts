// SPDX-License-Identifier: Apache-2.0
/** Tells whether the focus in an element came there by key. After a click, arrows go through time as they do elsewhere. */
import type {ReactiveController, ReactiveControllerHost} from 'lit';
import {isKeyFocus} from './key-scope.js';

/** Whether the arrow keys are for the buttons of the host, because the focus was moved to them by key. */
export class KeyboardFocus implements ReactiveController {
  byKey = false;

  constructor(private readonly host: ReactiveControllerHost & HTMLElement) {
    host.addController(this);
  }

  hostConnected(): void {
    this.host.addEventListener('focusin', this.#onFocus);
    this.host.addEventListener('mousedown', this.#onPress);
  }

  hostDisconnected(): void {
    this.host.removeEventListener('focusin', this.#onFocus);
    this.host.removeEventListener('mousedown', this.#onPress);
  }

  readonly #onFocus = (event: Event): void => {
    this.byKey = isKeyFocus(event);
  };

  /** What had the focus already gets none from a press. */
  readonly #onPress = (): void => {
    this.byKey = false;
  };
}
