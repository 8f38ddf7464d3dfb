// SPDX-License-Identifier: Apache-2.0
import {CpuPainter} from './cpu.js';
import {GpuPainter} from './gpu.js';
import type {Painter, Scene} from './scene.js';

/** Paints with the GPU where there is one and it can; otherwise, and while its context is lost, with the CPU. */
class BestPainter implements Painter {
  private readonly gpu = GpuPainter.create();
  private readonly cpu = new CpuPainter();

  paint(canvas: HTMLCanvasElement, scene: Scene): void {
    if (this.gpu?.paint(canvas, scene) !== true) {
      this.cpu.paint(canvas, scene);
    }
  }

  dispose(): void {
    this.gpu?.dispose();
    this.cpu.dispose();
  }
}

export function createPainter(): Painter {
  return new BestPainter();
}
