// SPDX-License-Identifier: Apache-2.0
/** From what a pane shows to draw operations: asks each layer's kind, which takes every decision and builds every table. */
import type {DrawOperation, SampleOperation} from '../pixels/operation.js';
import {coversTooMuch, fineWidth} from '../pixels/patterns.js';
import {densityOf} from '../pixels/sampling.js';
import type {DrawnContent, DrawnOutline, DrawnScene} from '../pixels/scene.js';
import {drawAmount} from './heatmap/amount.js';
import type {Display, Kind} from './kind.js';
import {kindOf} from './registry.js';
import type {
  Content,
  DifferenceLayer,
  DifferenceOutline,
  Layer,
  Outline,
  Scene,
  VersusLayer,
} from './scene.js';
import {Tables} from './tables.js';

export class LayerCompiler {
  readonly #tables = new Tables();

  compile(scene: Scene): DrawnScene {
    const {frame, view, backdrop, mostSamples, smooth, swipe} = scene;
    return {
      ...this.#content(scene, scene),
      frame,
      view,
      backdrop,
      mostSamples,
      smooth,
      swipe: swipe && {
        fraction: swipe.fraction,
        right: this.#content(swipe.right, scene),
      },
    };
  }

  #content({layers, outlines}: Content, scene: Scene): DrawnContent {
    const {display} = scene;
    return {
      layers: layers.map((layer) => ({
        operation: this.#draw(layer, display),
        opacity: layer.opacity,
        thick: layer.thick,
      })),
      outlines: outlines.map((outline) => {
        const operation = this.#drawOutlined(outline, display);
        return {
          operation,
          dashed: outline.dashed,
          ...weight(outline, densityOf(scene, operation.grid)),
          thick: outline.type === 'difference' ? outline.thick : undefined,
        };
      }),
    };
  }

  #drawOutlined(outline: Outline, display: Display): SampleOperation {
    switch (outline.type) {
      case 'picture': {
        const kind = kindOf(outline.picture);
        return kind.drawOutlined(outline.picture, display[kind.name], this.#tables);
      }
      case 'difference': {
        const {truth, prediction, how} = outline;
        const kind = kindOfPair(outline);
        return kind.drawDiffers(truth, prediction, how, display[kind.name], this.#tables);
      }
    }
  }

  #draw(layer: Layer, display: Display): DrawOperation {
    switch (layer.type) {
      case 'picture': {
        const kind = kindOf(layer.picture);
        const request = [layer.picture, display[kind.name], this.#tables] as const;
        return (layer.floats && kind.drawFloating?.(...request)) ?? kind.draw(...request);
      }
      case 'ground': {
        const kind = kindOf(layer.picture);
        return kind.drawGround(layer.picture, display[kind.name], this.#tables);
      }
      case 'difference':
        return this.#drawDifference(layer, display);
      case 'versus':
        return this.#drawVersus(layer, display);
      case 'amount':
        return drawAmount(layer.picture, layer.limit, this.#tables);
    }
  }

  #drawDifference(layer: DifferenceLayer, display: Display): DrawOperation {
    const {truth, prediction, how} = layer;
    const kind = kindOfPair(layer);
    return kind.drawDifference(truth, prediction, how, display[kind.name], this.#tables);
  }

  #drawVersus({truth, a, b, gain}: VersusLayer, display: Display): DrawOperation {
    const kind = kindOf(truth);
    if (a.kind !== truth.kind || b.kind !== truth.kind) {
      throw new Error(`got ${truth.kind}, ${a.kind} and ${b.kind} to compare, want one kind`);
    }
    return kind.drawVersus(truth, a, b, gain, display[kind.name], this.#tables);
  }
}

/** The kind of both pictures, which is also the difference's. */
function kindOfPair({truth, prediction, how}: DifferenceLayer | DifferenceOutline): Kind {
  if (how.type !== truth.kind || prediction.kind !== truth.kind) {
    throw new Error(
      `got a difference of ${how.type} between ${truth.kind} and ${prediction.kind}, want one kind`,
    );
  }
  return kindOf(truth);
}

/** Borders of what is shown small are fine lines. What marks differences stays as wide as it is: there the line is what is looked for. */
function weight(outline: Outline, density: number): Pick<DrawnOutline, 'width' | 'fine'> {
  const {type, width} = outline;
  return type === 'picture' && coversTooMuch(outline, density)
    ? {width: fineWidth(width), fine: true}
    : {width};
}
