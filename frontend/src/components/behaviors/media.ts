// SPDX-License-Identifier: Apache-2.0
/** What a window is like, for elements that are laid out by it. */
import type {ReactiveController, ReactiveControllerHost} from 'lit';

/** Whether the window is as a media query says; the element updates when that changes. */
export class Media implements ReactiveController {
  readonly #query: MediaQueryList;

  constructor(
    private readonly host: ReactiveControllerHost,
    query: string,
    private readonly changed: () => void = () => undefined,
  ) {
    this.#query = matchMedia(query);
    host.addController(this);
  }

  get matches(): boolean {
    return this.#query.matches;
  }

  hostConnected(): void {
    this.#query.addEventListener('change', this.#onChange);
  }

  hostDisconnected(): void {
    this.#query.removeEventListener('change', this.#onChange);
  }

  readonly #onChange = (): void => {
    this.changed();
    this.host.requestUpdate();
  };
}
