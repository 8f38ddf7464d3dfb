// SPDX-License-Identifier: Apache-2.0
import {CpuPainter} from './cpu.js';
import {GpuPainter} from './gpu.js';
import type {Painter, Scene} from './scene.js';

/** Paints with the GPU where there is one and it can; otherwise, and while its context is lost, with the CPU. */
class BestPainter implements Painter {
  private readonly gpu = GpuPainter.create();
  private readonly cpu = new CpuPainter();

  paint(canvas: HTMLCanvasElement, scene: Scene): void {
    if (!this.paintsOnGpu(canvas, scene)) this.cpu.paint(canvas, scene);
  }

  follow(canvas: HTMLCanvasElement, scene: Scene): void {
    if (!this.paintsOnGpu(canvas, scene)) this.cpu.follow(canvas, scene);
  }

  dispose(): void {
    this.gpu?.dispose();
    this.cpu.dispose();
  }

  private paintsOnGpu(canvas: HTMLCanvasElement, scene: Scene): boolean {
    if (this.gpu?.paint(canvas, scene) !== true) return false;
    // Of a time when there was no context.
    this.cpu.leave(canvas);
    return true;
  }
}

export function createPainter(): Painter {
  return new BestPainter();
}
