// SPDX-License-Identifier: Apache-2.0
/** Keys that are commands wherever the focus is, but in a field or a dialog. */
import type {LitElement, ReactiveController} from 'lit';
import {commandFor} from '../../store/command-search.js';
import {intent} from '../../store/intents.js';
import type {CommandScope} from '../../store/command.js';
import type {ViewState} from '../../store/view.js';
import {PointedSample, scopeAt} from './key-scope.js';
import {isTaken} from './key-targets.js';

/** What commands are about; both undefined until there is something to show. */
export interface CommandPlace {
  readonly scope: () => CommandScope | undefined;
  readonly view: () => ViewState | undefined;
  /** Escape closes what lies over the page; says whether something did. */
  readonly leave: () => boolean;
}

/** Sends the intents of commands from its host. */
export class CommandKeys implements ReactiveController {
  readonly #host: LitElement;
  readonly #place: CommandPlace;
  readonly #pointed: PointedSample;

  constructor(host: LitElement, place: CommandPlace) {
    this.#host = host;
    this.#place = place;
    this.#pointed = new PointedSample(host);
    host.addController(this);
  }

  hostConnected(): void {
    window.addEventListener('keydown', this.#onKey);
  }

  hostDisconnected(): void {
    window.removeEventListener('keydown', this.#onKey);
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    const scope = this.#place.scope();
    const view = this.#place.view();
    if (scope === undefined || view === undefined || event.defaultPrevented || event.isComposing) {
      return;
    }
    if (isTaken(event) || view.dialog !== null) {
      return;
    }
    if (event.key === 'Escape' && this.#place.leave()) {
      return;
    }
    const command = commandFor(event);
    const effect = command?.intent(view, scopeAt(event, scope, this.#pointed.sample));
    if (effect == null) {
      return;
    }
    event.preventDefault();
    if (!event.repeat || command?.repeats === true) {
      this.#host.dispatchEvent(intent(effect));
    }
  };
}
