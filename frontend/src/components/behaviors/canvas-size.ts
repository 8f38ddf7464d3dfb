// SPDX-License-Identifier: Apache-2.0
/** Canvases that have as many pixels as the screen has where they lie. */
import type {Size} from '../../pixels/raster.js';

/** Keeps canvases that lie on each other at the device pixels of the first, and tells of it. */
export class CanvasSize {
  readonly #observer: ResizeObserver;

  constructor(
    private readonly canvases: readonly [HTMLCanvasElement, ...HTMLCanvasElement[]],
    /** `size` is in CSS pixels, of which each has `ratio` device pixels. */
    private readonly changed: (size: Size, ratio: number) => void,
  ) {
    this.#observer = new ResizeObserver((entries) => {
      const entry = entries.at(-1);
      if (entry !== undefined) {
        this.#resize(entry);
      }
    });
    try {
      this.#observer.observe(canvases[0], {box: 'device-pixel-content-box'});
    } catch {
      // Safari has no such box.
      this.#observer.observe(canvases[0]);
    }
  }

  dispose(): void {
    this.#observer.disconnect();
  }

  /** Sizes follow the canvas's whole device pixels, or a rounded off part of one would stay empty at its edge. */
  #resize({contentRect, devicePixelContentBoxSize}: ResizeObserverEntry): void {
    const ratio = window.devicePixelRatio;
    const box = (devicePixelContentBoxSize as readonly ResizeObserverSize[] | undefined)?.[0];
    const width = devicePixels(contentRect.width * ratio, box?.inlineSize);
    const height = devicePixels(contentRect.height * ratio, box?.blockSize);
    if (width === 0 || height === 0) {
      return;
    }
    for (const canvas of this.canvases) {
      setCanvasSize(canvas, {width, height});
    }
    this.changed({width: width / ratio, height: height / ratio}, ratio);
  }
}

/** In device pixels. Setting a canvas's width or height makes it anew, even where it has that one. */
export function setCanvasSize(canvas: HTMLCanvasElement, {width, height}: Size): void {
  if (canvas.width !== width) {
    canvas.width = width;
  }
  if (canvas.height !== height) {
    canvas.height = height;
  }
}

/** The browser's count, if it is near the expected size: an emulated screen may count with another ratio. */
function devicePixels(expected: number, counted: number | undefined): number {
  return counted !== undefined && Math.abs(counted - expected) <= 1
    ? counted
    : Math.round(expected);
}
