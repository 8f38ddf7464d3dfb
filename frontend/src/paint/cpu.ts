// SPDX-License-Identifier: Apache-2.0
import type {Painter, Scene} from './scene.js';
import {SoftwareRenderer} from './software.js';

/** Paints on the main thread's CPU; always works. */
export class CpuPainter implements Painter {
  private readonly renderer = new SoftwareRenderer();
  /** Panes mostly have one size. */
  private image: ImageData | undefined;

  paint(canvas: HTMLCanvasElement, scene: Scene): void {
    const context = canvas.getContext('2d');
    if (context === null || canvas.width === 0 || canvas.height === 0) {
      return;
    }
    const {width, height} = canvas;
    if (this.image?.width !== width || this.image.height !== height) {
      this.image = context.createImageData(width, height);
    }
    this.renderer.render(scene, canvas, this.image.data);
    context.putImageData(this.image, 0, 0);
  }

  dispose(): void {
    this.renderer.dispose();
  }
}
