// SPDX-License-Identifier: Apache-2.0
/** Chooses between the painters: the GPU where it works, the CPU otherwise. */
import {cancelIdle, whenIdle} from '../idle.js';
import {CpuPainter} from './cpu-painter.js';
import {GpuPainter} from './gpu-painter.js';
import type {Rect} from './raster.js';
import type {DrawnScene} from './scene.js';

/**
 * Paints with the GPU where there is one and it can; otherwise, and while its context is lost, with the CPU. So it does at
 * first: a context takes longer to get than the first pictures to paint.
 */
export class BestPainter {
  #gpu: GpuPainter | undefined;
  #getting: number | undefined;
  #isFirst = true;
  readonly #cpu = new CpuPainter();

  paint(canvas: HTMLCanvasElement, scene: DrawnScene, part?: Rect): void {
    if (!this.#paintsOnGpu(canvas, scene, part)) {
      this.#cpu.paint(canvas, scene, part);
    }
  }

  follow(canvas: HTMLCanvasElement, scene: DrawnScene): void {
    if (!this.#paintsOnGpu(canvas, scene)) {
      this.#cpu.follow(canvas, scene);
    }
  }

  dispose(): void {
    cancelIdle(this.#getting);
    this.#gpu?.dispose();
    this.#cpu.dispose();
  }

  #paintsOnGpu(canvas: HTMLCanvasElement, scene: DrawnScene, part?: Rect): boolean {
    if (this.#isFirst) {
      this.#isFirst = false;
      this.#getting = whenIdle(() => (this.#gpu = GpuPainter.create()));
    }
    if (this.#gpu?.paint(canvas, scene, part) !== true) {
      return false;
    }
    // Of a time when there was no context.
    this.#cpu.leave(canvas);
    return true;
  }
}
