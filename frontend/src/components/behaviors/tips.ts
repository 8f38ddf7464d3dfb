// SPDX-License-Identifier: Apache-2.0
/** What is cut off is said whole in a tooltip; where nothing can hover, a tap says the tooltip. */
import type {ReactiveController, ReactiveControllerHost} from 'lit';
import {intent} from '../../store/intents.js';

/** What a tap does something with. */
const CONTROLS = 'button, a, input, select, summary, label, [role=slider], [role=option]';

export class Tips implements ReactiveController {
  readonly #own = new WeakSet<HTMLElement>();

  constructor(private readonly host: ReactiveControllerHost & HTMLElement) {
    host.addController(this);
  }

  hostConnected(): void {
    this.host.addEventListener('pointerover', this.#onOver);
    this.host.addEventListener('click', this.#onClick);
  }

  hostDisconnected(): void {
    this.host.removeEventListener('pointerover', this.#onOver);
    this.host.removeEventListener('click', this.#onClick);
  }

  /** The nearest tooltip holds, so that what has one keeps it. */
  readonly #onOver = (event: Event): void => {
    for (const element of elementsOf(event)) {
      if (element.title !== '' && !this.#own.has(element)) {
        return;
      }
      if (isCut(element)) {
        element.title = element.textContent.trim().replaceAll(/\s+/g, ' ');
        this.#own.add(element);
        return;
      }
      if (this.#own.delete(element)) {
        element.removeAttribute('title');
      }
    }
  };

  readonly #onClick = (event: Event): void => {
    if (!(event instanceof PointerEvent) || event.pointerType !== 'touch') {
      return;
    }
    for (const element of elementsOf(event)) {
      if (element.matches(CONTROLS)) {
        return;
      }
      if (element.title !== '') {
        this.host.dispatchEvent(intent({type: 'toast', text: element.title, tone: 'info'}));
        return;
      }
    }
  };
}

function elementsOf(event: Event): readonly HTMLElement[] {
  return event.composedPath().filter((target) => target instanceof HTMLElement);
}

function isCut(element: HTMLElement): boolean {
  return (
    element.scrollWidth > element.clientWidth &&
    element.textContent.trim() !== '' &&
    getComputedStyle(element).textOverflow === 'ellipsis'
  );
}
