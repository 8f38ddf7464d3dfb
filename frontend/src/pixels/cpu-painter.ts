// SPDX-License-Identifier: Apache-2.0
/** The painter without a GPU. It gives the same pixels as `gpu-painter.ts`. */
import {wholeCanvas, type Rect} from './raster.js';
import type {DrawnScene} from './scene.js';
import {SoftwareRenderer} from './software.js';

/** Milliseconds that a pane may take of a frame that eight of them share. */
const AFFORDABLE = 3;
/** Milliseconds without a change after which drafts are painted finely, one pane at a time. */
const REST = 100;

/** Paints on the main thread's CPU; always works. */
export class CpuPainter {
  readonly #renderer = new SoftwareRenderer();
  /** Panes mostly have one size. */
  #image: ImageData | undefined;
  /** How long the last fine painting of a canvas took, in milliseconds. */
  readonly #took = new WeakMap<HTMLCanvasElement, number>();
  readonly #drafts = new Map<HTMLCanvasElement, DrawnScene>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  paint(canvas: HTMLCanvasElement, scene: DrawnScene, part?: Rect): void {
    const start = performance.now();
    this.#put(canvas, scene, false, part);
    this.#took.set(canvas, performance.now() - start);
    this.#drafts.delete(canvas);
  }

  follow(canvas: HTMLCanvasElement, scene: DrawnScene): void {
    if ((this.#took.get(canvas) ?? 0) <= AFFORDABLE) {
      this.paint(canvas, scene);
      return;
    }
    this.#put(canvas, scene, true);
    this.#drafts.set(canvas, scene);
    this.#refineAfter(REST);
  }

  /** Paints nothing more on a canvas, unless asked to. */
  leave(canvas: HTMLCanvasElement): void {
    this.#drafts.delete(canvas);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#drafts.clear();
    this.#renderer.dispose();
  }

  #refineAfter(delay: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      const [next] = this.#drafts;
      if (next === undefined) {
        return;
      }
      this.paint(...next);
      this.#refineAfter(0);
    }, delay);
  }

  #put(
    canvas: HTMLCanvasElement,
    scene: DrawnScene,
    draft: boolean,
    {x, y, width, height}: Rect = wholeCanvas(canvas),
  ): void {
    const context = canvas.getContext('2d');
    if (context === null || width === 0 || height === 0) {
      return;
    }
    if (this.#image?.width !== width || this.#image.height !== height) {
      this.#image = context.createImageData(width, height);
    }
    this.#renderer.render(scene, {width, height}, this.#image.data, draft);
    context.putImageData(this.#image, x, y);
  }
}
