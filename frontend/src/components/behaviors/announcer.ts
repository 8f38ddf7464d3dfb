// SPDX-License-Identifier: Apache-2.0
/** The text of a live region, which screen readers read out when it changes. The app has the only one. */
import type {ReactiveControllerHost} from 'lit';

/** What changes while the slider moves is read out once it rests. */
const REST_MS = 500;

export class Announcer {
  /** What the region holds now. */
  text = '';
  #waiting: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly host: ReactiveControllerHost) {}

  say(text: string): void {
    // A region is read out when it changes, so the same words again need an empty one between.
    this.#set('');
    void this.host.updateComplete.then(() => this.#set(text));
  }

  /** Replaces what waits to be said. */
  sayAtRest(text: string): void {
    clearTimeout(this.#waiting);
    this.#waiting = setTimeout(() => this.say(text), REST_MS);
  }

  #set(text: string): void {
    this.text = text;
    this.host.requestUpdate();
  }
}
