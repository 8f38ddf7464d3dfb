// SPDX-License-Identifier: Apache-2.0
/** Frames of a film strip that are dragged onto each other, by mouse or pen: a finger scrolls the strip. */
import type {ReactiveController, ReactiveControllerHost} from 'lit';

/** CSS pixels that the pointer moves before it drags. */
const SLACK = 6;

/** Calls `dropped` with the frame that was dragged, and the other one that it was let go on. */
export class FrameDragging implements ReactiveController {
  #from: {readonly frame: HTMLElement; readonly x: number; readonly y: number} | undefined;
  #over: HTMLElement | undefined;

  constructor(
    private readonly host: ReactiveControllerHost & HTMLElement,
    private readonly dropped: (from: HTMLElement, to: HTMLElement) => void,
  ) {
    host.addController(this);
  }

  hostConnected(): void {
    this.host.addEventListener('pointerdown', this.#onDown);
  }

  hostDisconnected(): void {
    this.host.removeEventListener('pointerdown', this.#onDown);
    this.#end();
  }

  readonly #onDown = (event: PointerEvent): void => {
    const frame = frameIn(event);
    if (frame !== undefined && event.button === 0 && event.pointerType !== 'touch') {
      this.#from = {frame, x: event.clientX, y: event.clientY};
      window.addEventListener('pointermove', this.#onMove);
      window.addEventListener('pointerup', this.#onUp);
      window.addEventListener('pointercancel', this.#end);
    }
  };

  readonly #onMove = (event: PointerEvent): void => {
    const {frame, x, y} = this.#from!;
    if (Math.hypot(event.clientX - x, event.clientY - y) < SLACK) {
      return;
    }
    const over = frameIn(event);
    this.#mark(over === frame ? undefined : over);
    frame.classList.add('dragged');
  };

  readonly #onUp = (event: PointerEvent): void => {
    const {frame} = this.#from!;
    const to = frameIn(event);
    const isDragged = frame.classList.contains('dragged');
    this.#end();
    if (isDragged && to !== undefined && to !== frame) {
      this.dropped(frame, to);
    }
  };

  readonly #end = (): void => {
    this.#mark(undefined);
    this.#from?.frame.classList.remove('dragged');
    this.#from = undefined;
    window.removeEventListener('pointermove', this.#onMove);
    window.removeEventListener('pointerup', this.#onUp);
    window.removeEventListener('pointercancel', this.#end);
  };

  #mark(over: HTMLElement | undefined): void {
    this.#over?.classList.remove('target');
    over?.classList.add('target');
    this.#over = over;
  }
}

function frameIn(event: Event): HTMLElement | undefined {
  return event
    .composedPath()
    .find((one): one is HTMLElement => one instanceof HTMLElement && one.matches('.frame'));
}
