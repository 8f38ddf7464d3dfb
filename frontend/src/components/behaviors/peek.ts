// SPDX-License-Identifier: Apache-2.0
/** Follows the key that shows the ground truth in place of predictions while it is held. */
import type {ReactiveController, ReactiveControllerHost} from 'lit';
import {chordOf} from '../../store/chords.js';

/** Held, it shows the ground truth in place of every prediction. */
export const PEEK_KEY = 'b';

/** Whether the peek key is held down. */
export class Peek implements ReactiveController {
  held = false;

  constructor(private readonly host: ReactiveControllerHost) {
    host.addController(this);
  }

  hostConnected(): void {
    window.addEventListener('keydown', this.#onKeyDown);
    window.addEventListener('keyup', this.#onKeyUp);
    window.addEventListener('blur', this.#release);
  }

  hostDisconnected(): void {
    window.removeEventListener('keydown', this.#onKeyDown);
    window.removeEventListener('keyup', this.#onKeyUp);
    window.removeEventListener('blur', this.#release);
  }

  readonly #onKeyDown = (event: KeyboardEvent): void => {
    if (chordOf(event) === PEEK_KEY && !isTyping(event)) {
      this.#set(true);
    }
  };

  readonly #onKeyUp = ({key}: KeyboardEvent): void => {
    if (key.toLowerCase() === PEEK_KEY) {
      this.#set(false);
    }
  };

  readonly #release = (): void => {
    this.#set(false);
  };

  #set(held: boolean): void {
    if (held === this.held) {
      return;
    }
    this.held = held;
    this.host.requestUpdate();
  }
}

function isTyping(event: Event): boolean {
  const [target] = event.composedPath();
  return (
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement ||
    (target instanceof HTMLInputElement &&
      target.type !== 'range' &&
      target.type !== 'checkbox' &&
      target.type !== 'radio')
  );
}
