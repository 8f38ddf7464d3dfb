// SPDX-License-Identifier: Apache-2.0
/** Tells once how a picture is magnified, where the wheel alone scrolls the page. */
import type {ReactiveController, ReactiveControllerHost} from 'lit';
import {JsonStorage} from '../../json-storage.js';
import {intent} from '../../store/intents.js';

const TEXT = 'The wheel scrolls here. Ctrl and wheel, or a double click, magnify the picture.';
/** Turns of the wheel that follow sooner go on with what was begun elsewhere. Milliseconds. */
const PAUSE = 400;

/** Whoever turned the wheel over a picture, with Ctrl or without, knows it from then on, in this browser. */
export class WheelHint implements ReactiveController {
  readonly #kept = new JsonStorage(() => localStorage, 'pairs.knowsWheel');
  #isKnown = this.#kept.read() === true;
  #last = -Infinity;

  constructor(private readonly host: ReactiveControllerHost & HTMLElement) {
    host.addController(this);
  }

  hostConnected(): void {
    this.host.addEventListener('wheel', this.#onWheel, {passive: true});
  }

  hostDisconnected(): void {
    this.host.removeEventListener('wheel', this.#onWheel);
  }

  readonly #onWheel = (event: WheelEvent): void => {
    const isBegun = event.timeStamp - this.#last > PAUSE;
    this.#last = event.timeStamp;
    if (this.#isKnown || !isBegun || !isOnPicture(event)) {
      return;
    }
    this.#isKnown = true;
    this.#kept.write(true);
    if (!event.ctrlKey && !event.metaKey) {
      this.host.dispatchEvent(intent({type: 'toast', text: TEXT, tone: 'info'}));
    }
  };
}

function isOnPicture(event: Event): boolean {
  return event
    .composedPath()
    .some((target) => target instanceof HTMLElement && target.localName === 'pairs-pane');
}
