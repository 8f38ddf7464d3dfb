// SPDX-License-Identifier: Apache-2.0
/**
 * Wheel, pinch and drag on an element, turned into zooms by d3-zoom. It holds no zoom of its
 * own.
 */
import {select} from 'd3-selection';
import {zoom, zoomIdentity, zoomTransform, type D3ZoomEvent, type ZoomBehavior} from 'd3-zoom';
import type {Size} from '../../pixels/raster.js';
import type {Zoom} from '../../store/view.js';
import {clampZoom, scaleExtent, transformOf, zoomOf} from '../../views/viewport.js';

export interface ZoomGesturesOptions {
  readonly stage: HTMLElement;
  /** Where the wheel scrolls the page too, it zooms only with Ctrl or Cmd held, as a touchpad's pinch says it is. */
  readonly wheelIsFree: () => boolean;
  /** Whether one finger, or else the mouse, pans now. */
  readonly canPan: (touch: boolean) => boolean;
  readonly zoomed: (zoom: Zoom) => void;
}

/** Wheel, pinch and drag on a stage, reported as zooms. The stage shows what `show` says, so all panes of a card move together. */
export class ZoomGestures {
  readonly #stage: HTMLElement;
  readonly #behavior: ZoomBehavior<HTMLElement, unknown>;
  readonly #keepWheel: (event: WheelEvent) => void;
  #pane: Size = {width: 1, height: 1};
  #frame: Size = {width: 1, height: 1};

  constructor({stage, wheelIsFree, canPan, zoomed}: ZoomGesturesOptions) {
    this.#stage = stage;
    const wheelZooms = (event: WheelEvent): boolean =>
      wheelIsFree() || event.ctrlKey || event.metaKey;
    this.#behavior = zoom<HTMLElement, unknown>()
      .extent(() => [
        [0, 0],
        [this.#pane.width, this.#pane.height],
      ])
      .filter((event: Event) => {
        if (event instanceof WheelEvent) {
          return wheelZooms(event);
        }
        if (typeof TouchEvent !== 'undefined' && event instanceof TouchEvent) {
          return event.touches.length > 1 || canPan(true);
        }
        return event instanceof MouseEvent && event.button === 0 && !event.ctrlKey && canPan(false);
      })
      .constrain((transform) => {
        const {k, x, y} = transformOf(
          clampZoom(zoomOf(transform, this.#pane, this.#frame), this.#pane, this.#frame),
          this.#pane,
          this.#frame,
        );
        return zoomIdentity.translate(x, y).scale(k);
      })
      .wheelDelta(wheelDelta)
      .on('zoom', ({transform, sourceEvent}: D3ZoomEvent<HTMLElement, unknown>) => {
        if (sourceEvent !== null) {
          zoomed(zoomOf(transform, this.#pane, this.#frame));
        }
      });
    select(stage).call(this.#behavior).on('dblclick.zoom', null);
    // d3-zoom lets go of the wheel at the ends of its scale, where the browser would then zoom the whole page.
    this.#keepWheel = (event) => {
      if (wheelZooms(event)) {
        event.preventDefault();
      }
    };
    stage.addEventListener('wheel', this.#keepWheel, {passive: false});
  }

  /** Tells the gestures what the stage shows now. */
  show(shown: Zoom, pane: Size, frame: Size): void {
    this.#pane = pane;
    this.#frame = frame;
    const [least, deepest] = scaleExtent(pane, frame, window.devicePixelRatio);
    this.#behavior.scaleExtent([Math.min(least, shown.scale), deepest]);
    const {k, x, y} = transformOf(shown, pane, frame);
    const old = zoomTransform(this.#stage);
    if (old.k !== k || old.x !== x || old.y !== y) {
      select(this.#stage).property('__zoom', zoomIdentity.translate(x, y).scale(k));
    }
  }

  dispose(): void {
    select(this.#stage).on('.zoom', null);
    this.#stage.removeEventListener('wheel', this.#keepWheel);
  }
}

/** Of a wheel's notch, in pixels; a touchpad's pinch comes as Ctrl and a wheel that turns less at a time. */
const NOTCH = 40;

/** How many times the scale doubles: by half for a notch of 100 pixels. */
export function wheelDelta({deltaY, deltaMode, ctrlKey}: WheelEvent): number {
  const pixels = deltaMode === 0 ? deltaY : deltaMode === 1 ? deltaY * 33 : deltaY * 100;
  const isPinch = ctrlKey && Math.abs(pixels) < NOTCH;
  return -pixels * (isPinch ? 0.02 : 0.005);
}
