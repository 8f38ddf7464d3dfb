// SPDX-License-Identifier: Apache-2.0
/** What has the keys: the sample in which one was pressed, and the element that has the focus. */
import type {ReactiveController, ReactiveControllerHost} from 'lit';
import type {Scope} from '../../store/reducer.js';
import type {OpenSample} from '../../store/view.js';

/** A key that is pressed in a sample is about that sample; what is pointed at is `pointed`, or else that sample. */
export function scopeAt(event: Event, scope: Scope, pointed: OpenSample | null): Scope {
  const focused = sampleAt(event);
  return {
    ...scope,
    subject: focused ?? scope.subject,
    pointed: scope.pointed ?? pointed ?? focused,
  };
}

export function deepFocus(): HTMLElement | null {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) {
    element = element.shadowRoot.activeElement;
  }
  return element instanceof HTMLElement ? element : null;
}

/** The sample that an event happened in: layouts mark what belongs to one by `data-sample`, and sections by `data-tag`. */
export function sampleAt(event: Event): OpenSample | null {
  let sample: string | undefined;
  for (const element of event.composedPath()) {
    if (!(element instanceof HTMLElement)) {
      continue;
    }
    sample ??= element.dataset.sample;
    const {tag} = element.dataset;
    if (tag !== undefined) {
      return sample === undefined ? null : {tag, sample};
    }
  }
  return null;
}

/** The sample that is pointed at; none once keys move the focus, as then the focus is meant. */
export class PointedSample implements ReactiveController {
  sample: OpenSample | null = null;

  constructor(private readonly host: ReactiveControllerHost & HTMLElement) {
    host.addController(this);
  }

  hostConnected(): void {
    // Not `pointerover`: what scrolls under a pointer that rests was not pointed at.
    this.host.addEventListener('pointermove', this.#onMove);
    this.host.addEventListener('keydown', this.#onKey, {capture: true});
  }

  hostDisconnected(): void {
    this.host.removeEventListener('pointermove', this.#onMove);
    this.host.removeEventListener('keydown', this.#onKey, {capture: true});
  }

  readonly #onMove = (event: Event): void => {
    this.sample = sampleAt(event);
  };

  readonly #onKey = ({key}: KeyboardEvent): void => {
    if (key === 'Tab' || key.startsWith('Arrow')) {
      this.sample = null;
    }
  };
}
