// SPDX-License-Identifier: Apache-2.0
/** From what a pane shows to draw operations: takes every decision, builds every table. */
import {colormap, denseColormap} from '../pixels/colormaps.js';
import type {Labelled} from '../pixels/labels.js';
import {drawLut} from '../pixels/lut-operation.js';
import type {Lut} from '../pixels/lut.js';
import {identity, Memo} from '../pixels/memo.js';
import type {DrawOperation} from '../pixels/operation.js';
import {drawOutcomes} from '../pixels/outcomes.js';
import type {DrawnContent, DrawnLayer, DrawnOutline, DrawnScene} from '../pixels/scene.js';
import {drawHeatmapDifference} from './heatmap/difference.js';
import {heatmapLut, thresholdLabels} from './heatmap/values.js';
import {drawHeatmapVersus} from './heatmap/versus.js';
import {drawImageDifference} from './image/difference.js';
import {drawImage} from './image/draw.js';
import {toneTable} from './image/tone.js';
import {drawImageVersus} from './image/versus.js';
import {classLabels, maskLut, membershipLabels, outlineLut} from './mask/classes.js';
import {drawLabelVersus} from './mask/versus.js';
import {drawWrong} from './mask/wrong.js';
import type {Content, DifferenceLayer, Layer, Outline, Scene, VersusLayer} from './scene.js';
import {
  defaultDisplay,
  type Difference,
  type Display,
  type HeatmapPicture,
  type MaskPicture,
  type Picture,
} from './types.js';

type Table = Lut | Uint8Array | Uint32Array | readonly Uint32Array[];

const maxTableBytes = 32 * 2 ** 20;

/** Keeps the tables, so that painting again with the same settings builds nothing. */
export class LayerCompiler {
  readonly #tables = new Memo<Table>(maxTableBytes, tableBytes);

  compile(scene: Scene): DrawnScene {
    const {frame, view, backdrop, swipe, display} = scene;
    return {
      ...this.#content(scene, display),
      frame,
      view,
      backdrop,
      swipe: swipe && {fraction: swipe.fraction, right: this.#content(swipe.right, display)},
    };
  }

  #content({layers, outlines}: Content, display: Display): DrawnContent {
    return {
      layers: layers.map((layer) => this.#layer(layer, display)),
      outlines: outlines.map((outline) => this.#outline(outline, display)),
    };
  }

  #layer(layer: Layer, display: Display): DrawnLayer {
    const operation =
      layer.type === 'picture'
        ? this.#picture(layer.picture, display)
        : layer.type === 'difference'
          ? this.#difference(layer, display)
          : this.#versus(layer, display);
    return {operation, opacity: layer.opacity};
  }

  #outline({picture, dashed, width}: Outline, display: Display): DrawnOutline {
    const lut =
      picture.kind === 'mask'
        ? this.#table(`outline ${maskKey(picture, display)}`, () =>
            outlineLut(picture, display.mask),
          )
        : this.#heatmapLut(picture, display);
    return {operation: drawLut(picture.raster, lut), dashed, width};
  }

  #picture(picture: Picture, display: Display): DrawOperation {
    const {raster} = picture;
    switch (picture.kind) {
      case 'image': {
        const key = `tone ${raster.bits} ${JSON.stringify(display.image)}`;
        const tone = this.#table(key, () => toneTable(raster.bits, display.image));
        return drawImage(raster, tone);
      }
      case 'mask':
        return drawLut(raster, this.#maskLut(picture, display));
      case 'heatmap':
        return drawLut(raster, this.#heatmapLut(picture, display));
    }
  }

  #difference({truth, prediction, how}: DifferenceLayer, display: Display): DrawOperation {
    if (how.type === 'image' && truth.kind === 'image' && prediction.kind === 'image') {
      return drawImageDifference(truth.raster, prediction.raster, how.how, how.gain);
    }
    if (how.type === 'mask' && truth.kind === 'mask' && prediction.kind === 'mask') {
      return this.#maskDifference(truth, prediction, how, display);
    }
    if (how.type === 'heatmap' && truth.kind === 'heatmap' && prediction.kind === 'heatmap') {
      if (how.how === 'threshold') {
        return drawOutcomes(
          this.#thresholded(truth, how.truthThreshold),
          this.#thresholded(prediction, how.threshold),
        );
      }
      const limit = positive(
        how.limit ?? (how.how === 'relative' ? 1 : truth.range[1] - truth.range[0]),
      );
      const map = how.how === 'absolute' ? 'magma' : 'RdBu';
      const colors = denseColormap(colormap(map));
      return drawHeatmapDifference(truth, prediction, how.how, limit, colors);
    }
    throw new Error(
      `got a difference of ${how.type} between ${truth.kind} and ${prediction.kind}, want one kind`,
    );
  }

  #maskDifference(
    truth: MaskPicture,
    prediction: MaskPicture,
    how: Difference & {type: 'mask'},
    display: Display,
  ): DrawOperation {
    if (how.how === 'class') {
      return drawOutcomes(this.#member(truth, how.id), this.#member(prediction, how.id));
    }
    const shown = how.by === 'truth' ? truth : prediction;
    const [wanted, got] = this.#labelled([truth, prediction], display) as [Labelled, Labelled];
    // Of all classes: whether a pixel is seen hangs on both of its.
    const colors = this.#maskLut(shown, defaultDisplay).solid;
    return drawWrong(wanted, got, how.by, colors);
  }

  #versus({truth, a, b, gain}: VersusLayer, display: Display): DrawOperation {
    if (truth.kind === 'mask' && a.kind === 'mask' && b.kind === 'mask') {
      const [wanted, gotA, gotB] = this.#labelled([truth, a, b], display) as [
        Labelled,
        Labelled,
        Labelled,
      ];
      return drawLabelVersus(wanted, gotA, gotB);
    }
    // Blue, the upper end of the reversed map, is A; red is B.
    const colors = denseColormap(colormap('RdBu', true));
    if (truth.kind === 'image' && a.kind === 'image' && b.kind === 'image') {
      return drawImageVersus(truth.raster, a.raster, b.raster, gain, colors);
    }
    if (truth.kind === 'heatmap' && a.kind === 'heatmap' && b.kind === 'heatmap') {
      const limit = positive(truth.range[1] - truth.range[0]);
      return drawHeatmapVersus(truth, a, b, gain, limit, colors);
    }
    throw new Error(`got ${truth.kind}, ${a.kind} and ${b.kind} to compare, want one kind`);
  }

  #maskLut(picture: MaskPicture, display: Display): Lut {
    return this.#table(`mask ${maskKey(picture, display)}`, () => maskLut(picture, display.mask));
  }

  #heatmapLut(picture: HeatmapPicture, {heatmap}: Display): Lut {
    const key = `heatmap ${heatmapKey(picture)} ${JSON.stringify(heatmap)}`;
    return this.#table(key, () => heatmapLut(picture, heatmap));
  }

  #thresholded(picture: HeatmapPicture, threshold: number): Labelled {
    const key = `threshold ${heatmapKey(picture)} ${threshold}`;
    return {
      raster: picture.raster,
      labels: this.#table(key, () => thresholdLabels(picture, threshold)),
    };
  }

  #member(picture: MaskPicture, id: number): Labelled {
    const key = `member ${classesKey(picture)} ${id}`;
    return {raster: picture.raster, labels: this.#table(key, () => membershipLabels(picture, id))};
  }

  #labelled(pictures: readonly MaskPicture[], display: Display): Labelled[] {
    const key = `labels ${pictures.map((picture) => maskKey(picture, display)).join()}`;
    const tables = this.#table(key, () => classLabels(pictures, display.mask));
    return pictures.map(({raster}, i) => ({raster, labels: tables[i]!}));
  }

  /** The key says which type of table it is: its first word is different for each caller. */
  #table<T extends Table>(key: string, make: () => T): T {
    return this.#tables.get(key, make) as T;
  }
}

function classesKey({raster, ids, palette}: MaskPicture): string {
  return `${raster.bits} ${ids === undefined ? '' : identity(ids)} ${identity(palette)}`;
}

function maskKey(picture: MaskPicture, {mask}: Display): string {
  return `${classesKey(picture)} ${[...mask.hidden].join()} ${mask.isolated}`;
}

function heatmapKey({raster, range}: HeatmapPicture): string {
  return `${raster.bits} ${range.join()}`;
}

/** An error can't be measured against nothing. */
function positive(limit: number): number {
  return limit > 0 ? limit : 1;
}

function tableBytes(table: Table): number {
  if (Array.isArray(table)) {
    return (table as readonly Uint32Array[]).reduce((sum, {byteLength}) => sum + byteLength, 0);
  }
  const one = table as Lut | Uint8Array | Uint32Array;
  return 'solid' in one ? one.solid.byteLength + one.stripe.byteLength : one.byteLength;
}
