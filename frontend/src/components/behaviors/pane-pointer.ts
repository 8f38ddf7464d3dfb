// SPDX-License-Identifier: Apache-2.0
/** What the pointer does on the picture of a pane: a cross-hair, the divider, the other side while pressed. */
import {clamp} from '../../clamp.js';
import type {Size} from '../../pixels/raster.js';
import type {Zoom} from '../../store/view.js';
import {frameAt, type Point} from '../../views/viewport.js';

/** A place in the frame that the pointer is at; `null` when it left. */
export type CursorDetail = Point | null;

declare global {
  interface HTMLElementEventMap {
    'pairs-pane-cursor': CustomEvent<CursorDetail>;
    'pairs-pane-swipe': CustomEvent<number>;
    'pairs-pane-magnify': CustomEvent<Point>;
    'pairs-pane-hold': CustomEvent<boolean>;
  }
}

/** What is shown where the pointer is; the frame is undefined while there is no picture. */
export interface PointedPane {
  readonly stage: HTMLElement;
  readonly size: Size;
  readonly frame: Size | undefined;
  readonly zoom: Zoom;
  readonly swipes: boolean;
  readonly holds: boolean;
}

/** Listens on the stage of a pane and sends what it hears as events of the pane. */
export class PanePointer {
  readonly #target: EventTarget;
  readonly #pane: () => PointedPane;
  #isHeld = false;

  constructor(target: EventTarget, pane: () => PointedPane) {
    this.#target = target;
    this.#pane = pane;
  }

  readonly move = (event: PointerEvent): void => {
    const {zoom, swipes, size} = this.#pane();
    const point = this.#pointOf(event);
    this.#pointAt(point);
    const drags = event.buttons !== 0 && zoom.scale > 1 && event.pointerType === 'mouse';
    if (swipes && !drags && size.width > 0) {
      this.#swipeTo(point);
    }
  };

  readonly down = (event: PointerEvent): void => {
    if (event.button !== 0) {
      return;
    }
    const {zoom, swipes, holds, stage} = this.#pane();
    if (swipes && zoom.scale <= 1) {
      stage.setPointerCapture(event.pointerId);
      this.#swipeTo(this.#pointOf(event));
    }
    if (holds) {
      stage.setPointerCapture(event.pointerId);
      this.#hold(true);
    }
  };

  /** Also where it no longer holds: the mode may have changed since it was pressed. */
  readonly up = (): void => {
    this.#hold(false);
  };

  readonly leave = (): void => {
    this.#send('pairs-pane-cursor', null);
  };

  /** Wheel events have whole pixels where pointer events have parts of them: magnified, the difference shows. */
  readonly wheel = (event: WheelEvent): void => {
    this.#pointAt(this.#pointOf(event));
  };

  readonly doubleClick = (event: MouseEvent): void => {
    this.#send('pairs-pane-magnify', this.#pointOf(event));
  };

  #pointOf(event: MouseEvent): Point {
    const box = this.#pane().stage.getBoundingClientRect();
    return {x: event.clientX - box.left, y: event.clientY - box.top};
  }

  #pointAt(point: Point): void {
    const {frame, size, zoom} = this.#pane();
    if (frame === undefined || size.width === 0) {
      return;
    }
    const place = frameAt(point, zoom, size, frame);
    const isInside =
      place.x >= 0 && place.y >= 0 && place.x < frame.width && place.y < frame.height;
    this.#send('pairs-pane-cursor', isInside ? place : null);
  }

  #hold(isHeld: boolean): void {
    if (isHeld !== this.#isHeld) {
      this.#isHeld = isHeld;
      this.#send('pairs-pane-hold', isHeld);
    }
  }

  #swipeTo({x}: Point): void {
    this.#send('pairs-pane-swipe', clamp(x / this.#pane().size.width, 0, 1));
  }

  #send(type: string, detail: unknown): void {
    this.#target.dispatchEvent(new CustomEvent(type, {detail}));
  }
}
