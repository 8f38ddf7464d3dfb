// SPDX-License-Identifier: Apache-2.0
/** Wheel, pinch and drag on an element, turned into zooms. It holds no zoom of its own. */
import {clamp} from '../../clamp.js';
import type {Size} from '../../pixels/raster.js';
import {FIT, type Zoom} from '../../store/view.js';
import {
  clampZoom,
  scaleExtent,
  transformOf,
  zoomOf,
  type Point,
  type Transform,
} from '../../views/viewport.js';

export interface ZoomGesturesOptions {
  readonly stage: HTMLElement;
  /** Where the wheel scrolls the page too, it zooms only with Ctrl or Cmd held, as a touchpad's pinch says it is. */
  readonly wheelIsFree: () => boolean;
  /** Whether one finger, or else the mouse, pans now. */
  readonly canPan: (touch: boolean) => boolean;
  readonly zoomed: (zoom: Zoom) => void;
}

/** A mouse or a finger, and the point of the pane at scale 1 that it holds. */
interface Grip {
  at: Point;
  held: Point;
}

/** Wheel, pinch and drag on a stage, reported as zooms. The stage shows what `show` says, so all panes of a card move together. */
export class ZoomGestures {
  readonly #options: ZoomGesturesOptions;
  readonly #listening = new AbortController();
  /** By the identifier of the finger: the two that came first. */
  readonly #fingers = new Map<number, Grip>();
  #drag: AbortController | undefined;
  #pane: Size = {width: 1, height: 1};
  #frame: Size = {width: 1, height: 1};
  #shown: Transform = transformOf(FIT, this.#pane, this.#frame);
  #extent: readonly [number, number] = [1, 1];

  constructor(options: ZoomGesturesOptions) {
    this.#options = options;
    const {stage} = options;
    const {signal} = this.#listening;
    // Not passive: what zooms or pans here must not scroll or zoom the page too.
    const active = {signal, passive: false};
    stage.addEventListener('wheel', this.#onWheel, active);
    stage.addEventListener('mousedown', this.#onMouseDown, {signal});
    stage.addEventListener('touchstart', this.#onTouchStart, {signal, passive: true});
    stage.addEventListener('touchmove', this.#onTouchMove, active);
    stage.addEventListener('touchend', this.#onTouchEnd, {signal});
    stage.addEventListener('touchcancel', this.#onTouchEnd, {signal});
  }

  /** Tells the gestures what the stage shows now. */
  show(shown: Zoom, pane: Size, frame: Size): void {
    this.#pane = pane;
    this.#frame = frame;
    const [least, deepest] = scaleExtent(pane, frame, window.devicePixelRatio);
    this.#extent = [Math.min(least, shown.scale), deepest];
    this.#shown = transformOf(shown, pane, frame);
  }

  dispose(): void {
    this.#listening.abort();
    this.#drag?.abort();
  }

  readonly #onWheel = (event: WheelEvent): void => {
    if (!this.#options.wheelIsFree() && !event.ctrlKey && !event.metaKey) {
      return;
    }
    event.preventDefault();
    const scale = this.#clampScale(this.#shown.k * 2 ** wheelDelta(event));
    if (scale !== this.#shown.k) {
      const {at, held} = this.#grip(event);
      this.#moveTo(scale, at, held);
    }
  };

  readonly #onMouseDown = (event: MouseEvent): void => {
    if (event.button !== 0 || event.ctrlKey || !this.#options.canPan(false)) {
      return;
    }
    event.stopImmediatePropagation();
    this.#drag?.abort();
    this.#drag = new AbortController();
    // The mouse may leave the stage, and pass over what takes it for its own.
    const first = {capture: true, signal: this.#drag.signal};
    const {held} = this.#grip(event);
    let hasMoved = false;
    window.addEventListener(
      'mousemove',
      (move) => {
        consume(move);
        hasMoved ||= move.clientX !== event.clientX || move.clientY !== event.clientY;
        this.#moveTo(this.#shown.k, this.#pointOf(move), held);
      },
      first,
    );
    window.addEventListener(
      'mouseup',
      (up) => {
        consume(up);
        this.#drag?.abort();
        if (hasMoved) {
          ignoreClick();
        }
      },
      first,
    );
    window.addEventListener('selectstart', consume, first);
    window.addEventListener('dragstart', consume, first);
  };

  readonly #onTouchStart = (event: TouchEvent): void => {
    if (event.touches.length === 1 && !this.#options.canPan(true)) {
      return;
    }
    event.stopImmediatePropagation();
    this.#hold(event.touches);
  };

  readonly #onTouchMove = (event: TouchEvent): void => {
    if (this.#fingers.size === 0) {
      return;
    }
    consume(event);
    for (const touch of event.changedTouches) {
      const finger = this.#fingers.get(touch.identifier);
      if (finger !== undefined) {
        finger.at = this.#pointOf(touch);
      }
    }
    const [one, two = one] = this.#fingers.values();
    const {k} = this.#shown;
    const scale =
      one === two
        ? k
        : this.#clampScale(distance(one!.at, two!.at) / distance(one!.held, two!.held));
    this.#moveTo(scale, middle(one!.at, two!.at), middle(one!.held, two!.held));
  };

  /** The fingers that stay take hold of what they are at now. */
  readonly #onTouchEnd = (event: TouchEvent): void => {
    if (this.#fingers.size === 0) {
      return;
    }
    event.stopImmediatePropagation();
    const staying = [...event.touches].filter(({identifier}) => this.#fingers.has(identifier));
    this.#hold(staying);
  };

  #hold(touches: Iterable<Touch>): void {
    this.#fingers.clear();
    for (const touch of [...touches].slice(0, 2)) {
      this.#fingers.set(touch.identifier, this.#grip(touch));
    }
  }

  #grip(place: Pick<MouseEvent, 'clientX' | 'clientY'>): Grip {
    const at = this.#pointOf(place);
    const {k, x, y} = this.#shown;
    return {at, held: {x: (at.x - x) / k, y: (at.y - y) / k}};
  }

  /** Shows the point `held` at the point `at`, as far as the picture's ends let it. */
  #moveTo(k: number, at: Point, held: Point): void {
    const wanted = {k, x: at.x - held.x * k, y: at.y - held.y * k};
    const zoom = clampZoom(zoomOf(wanted, this.#pane, this.#frame), this.#pane, this.#frame);
    // More may come before the stage shows this.
    this.#shown = transformOf(zoom, this.#pane, this.#frame);
    this.#options.zoomed(zoom);
  }

  #clampScale(scale: number): number {
    return clamp(scale, ...this.#extent);
  }

  #pointOf({clientX, clientY}: Pick<MouseEvent, 'clientX' | 'clientY'>): Point {
    const box = this.#options.stage.getBoundingClientRect();
    return {x: clientX - box.left, y: clientY - box.top};
  }
}

function consume(event: Event): void {
  event.preventDefault();
  event.stopImmediatePropagation();
}

/** The click that a browser makes of a drag that ends where it began to be one: it comes at once or never. */
function ignoreClick(): void {
  const ignoring = new AbortController();
  window.addEventListener('click', consume, {capture: true, signal: ignoring.signal});
  setTimeout(() => ignoring.abort());
}

function distance(one: Point, two: Point): number {
  return Math.hypot(one.x - two.x, one.y - two.y);
}

function middle(one: Point, two: Point): Point {
  return {x: (one.x + two.x) / 2, y: (one.y + two.y) / 2};
}

/** Of a wheel's notch, in pixels; a touchpad's pinch comes as Ctrl and a wheel that turns less at a time. */
const NOTCH = 40;

/** How many times the scale doubles: by half for a notch of 100 pixels. */
function wheelDelta({deltaY, deltaMode, ctrlKey}: WheelEvent): number {
  const pixels = deltaMode === 0 ? deltaY : deltaMode === 1 ? deltaY * 33 : deltaY * 100;
  const isPinch = ctrlKey && Math.abs(pixels) < NOTCH;
  return -pixels * (isPinch ? 0.02 : 0.005);
}
