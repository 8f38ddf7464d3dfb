// SPDX-License-Identifier: Apache-2.0
/** The page's painter: what a scene shows is decided here, and painted in `pixels/`. */
import {BestPainter} from '../pixels/best-painter.js';
import {LayerCompiler} from './layer-compiler.js';
import type {Painter} from './scene.js';

export function createPainter(): Painter {
  const compiler = new LayerCompiler();
  const painter = new BestPainter();
  return {
    paint: (canvas, scene, part) => painter.paint(canvas, compiler.compile(scene), part),
    follow: (canvas, scene) => painter.follow(canvas, compiler.compile(scene)),
    dispose: () => painter.dispose(),
  };
}
