// SPDX-License-Identifier: Apache-2.0
import {colormap, denseColormap} from '../pixels/colormaps.js';
import {heatmapLut, thresholdLabels} from './heatmap/values.js';
import type {HeatmapDifferenceKind} from './heatmap/difference.js';
import {toneTable} from './image/tone.js';
import type {ImageDifferenceKind} from './image/difference.js';
import type {Labelled} from '../pixels/labels.js';
import type {Lut} from '../pixels/lut.js';
import {classLabels, maskLut, membershipLabels, outlineLut} from './mask/classes.js';
import {
  defaultDisplay,
  type Difference,
  type Display,
  type HeatmapPicture,
  type MaskPicture,
  type Picture,
} from './types.js';
import type {Raster, Size} from '../pixels/raster.js';
import {identity, Memo} from '../pixels/memo.js';
import type {Content, DifferenceLayer, Layer, Outline, VersusLayer} from './scene.js';

/**
 * A layer with every decision taken and every table built, so that painting it is look-ups and a few sums: what the CPU and the
 * GPU both paint. Equal keys paint equal pixels (but for the opacity).
 */
export type Coat = {readonly key: string; readonly opacity: number; readonly grid: Size} & Coating;

export type Coating =
  | {readonly type: 'lut'; readonly raster: Raster; readonly lut: Lut}
  | {readonly type: 'tone'; readonly raster: Raster; readonly tone: Uint8Array}
  | {readonly type: 'outcomes'; readonly truth: Labelled; readonly prediction: Labelled}
  | {
      readonly type: 'wrong';
      readonly truth: Labelled;
      readonly prediction: Labelled;
      readonly by: 'prediction' | 'truth';
      readonly colors: Uint32Array;
    }
  | {
      readonly type: 'labelVersus';
      readonly truth: Labelled;
      readonly a: Labelled;
      readonly b: Labelled;
    }
  | {
      readonly type: 'imageDifference';
      readonly truth: Raster;
      readonly prediction: Raster;
      readonly how: ImageDifferenceKind;
      readonly gain: number;
    }
  | {
      readonly type: 'imageVersus';
      readonly truth: Raster;
      readonly a: Raster;
      readonly b: Raster;
      readonly gain: number;
      readonly colors: Uint32Array;
    }
  | {
      readonly type: 'heatmapDifference';
      readonly truth: HeatmapPicture;
      readonly prediction: HeatmapPicture;
      readonly how: HeatmapDifferenceKind;
      readonly limit: number;
      readonly colors: Uint32Array;
    }
  | {
      readonly type: 'heatmapVersus';
      readonly truth: HeatmapPicture;
      readonly a: HeatmapPicture;
      readonly b: HeatmapPicture;
      readonly gain: number;
      readonly limit: number;
      readonly colors: Uint32Array;
    };

/** An outline with its colours decided: the border is where the colour changes. */
export interface Contour {
  readonly raster: Raster;
  readonly colors: Uint32Array;
  readonly dashed: boolean;
  readonly width: number;
}

export interface Coats {
  readonly coats: readonly Coat[];
  readonly contours: readonly Contour[];
}

type Table = Lut | Uint8Array | Uint32Array | readonly Uint32Array[];

const maxTableBytes = 32 * 2 ** 20;

/** Takes the decisions; keeps the tables, so that painting again with the same settings builds nothing. */
export class Coater {
  readonly #tables = new Memo<Table>(maxTableBytes, tableBytes);

  coats(content: Content, display: Display): Coats {
    return {
      coats: content.layers.map((layer) => this.#coat(layer, display)),
      contours: content.outlines.map((outline) => this.#contour(outline, display)),
    };
  }

  #coat(layer: Layer, display: Display): Coat {
    const coating =
      layer.type === 'picture'
        ? this.#pictureCoating(layer.picture, display)
        : layer.type === 'difference'
          ? this.#differenceCoating(layer, display)
          : this.#versusCoating(layer, display);
    return {...coating, key: coatingKey(coating), opacity: layer.opacity, grid: gridOf(coating)};
  }

  #contour({picture, dashed, width}: Outline, display: Display): Contour {
    const lut =
      picture.kind === 'mask'
        ? this.#table(`outline ${maskKey(picture, display)}`, () =>
            outlineLut(picture, display.mask),
          )
        : this.#heatmapLut(picture, display);
    return {raster: picture.raster, colors: lut.solid, dashed, width};
  }

  #pictureCoating(picture: Picture, display: Display): Coating {
    const {raster} = picture;
    switch (picture.kind) {
      case 'image': {
        const key = `tone ${raster.bits} ${JSON.stringify(display.image)}`;
        return {
          type: 'tone',
          raster,
          tone: this.#table(key, () => toneTable(raster.bits, display.image)),
        };
      }
      case 'mask':
        return {type: 'lut', raster, lut: this.#maskLut(picture, display)};
      case 'heatmap':
        return {type: 'lut', raster, lut: this.#heatmapLut(picture, display)};
    }
  }

  #differenceCoating({truth, prediction, how}: DifferenceLayer, display: Display): Coating {
    if (how.type === 'image' && truth.kind === 'image' && prediction.kind === 'image') {
      const {how: kind, gain} = how;
      return {
        type: 'imageDifference',
        truth: truth.raster,
        prediction: prediction.raster,
        how: kind,
        gain,
      };
    }
    if (how.type === 'mask' && truth.kind === 'mask' && prediction.kind === 'mask') {
      return this.#maskDifference(truth, prediction, how, display);
    }
    if (how.type === 'heatmap' && truth.kind === 'heatmap' && prediction.kind === 'heatmap') {
      if (how.how === 'threshold') {
        return {
          type: 'outcomes',
          truth: this.#thresholded(truth, how.truthThreshold),
          prediction: this.#thresholded(prediction, how.threshold),
        };
      }
      const limit = positive(
        how.limit ?? (how.how === 'relative' ? 1 : truth.range[1] - truth.range[0]),
      );
      const map = how.how === 'absolute' ? 'magma' : 'RdBu';
      const colors = denseColormap(colormap(map));
      return {type: 'heatmapDifference', truth, prediction, how: how.how, limit, colors};
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
  ): Coating {
    if (how.how === 'class') {
      return {
        type: 'outcomes',
        truth: this.#member(truth, how.id),
        prediction: this.#member(prediction, how.id),
      };
    }
    const shown = how.by === 'truth' ? truth : prediction;
    const [wanted, got] = this.#labelled([truth, prediction], display) as [Labelled, Labelled];
    // Of all classes: whether a pixel is seen hangs on both of its.
    const colors = this.#maskLut(shown, defaultDisplay).solid;
    return {type: 'wrong', truth: wanted, prediction: got, by: how.by, colors};
  }

  #versusCoating({truth, a, b, gain}: VersusLayer, display: Display): Coating {
    if (truth.kind === 'mask' && a.kind === 'mask' && b.kind === 'mask') {
      const [wanted, gotA, gotB] = this.#labelled([truth, a, b], display) as [
        Labelled,
        Labelled,
        Labelled,
      ];
      return {type: 'labelVersus', truth: wanted, a: gotA, b: gotB};
    }
    // Blue, the upper end of the reversed map, is A; red is B.
    const colors = denseColormap(colormap('RdBu', true));
    if (truth.kind === 'image' && a.kind === 'image' && b.kind === 'image') {
      return {type: 'imageVersus', truth: truth.raster, a: a.raster, b: b.raster, gain, colors};
    }
    if (truth.kind === 'heatmap' && a.kind === 'heatmap' && b.kind === 'heatmap') {
      const limit = positive(truth.range[1] - truth.range[0]);
      return {type: 'heatmapVersus', truth, a, b, gain, limit, colors};
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

/** The raster whose pixels a coating has; the others are aligned to it. */
function gridOf(coating: Coating): Size {
  switch (coating.type) {
    case 'lut':
    case 'tone':
      return coating.raster;
    case 'outcomes':
    case 'wrong':
      return coating.prediction.raster;
    case 'imageDifference':
      return coating.prediction;
    case 'heatmapDifference':
      return coating.prediction.raster;
    case 'labelVersus':
    case 'heatmapVersus':
      return coating.a.raster;
    case 'imageVersus':
      return coating.a;
  }
}

/** Objects in a coating are never changed once made, so their identity stands for their content. */
function coatingKey(coating: Coating): string {
  return Object.values<Part>(coating).map(partKey).join(' ');
}

type Part = string | number | Raster | Labelled | HeatmapPicture | Lut | Uint8Array | Uint32Array;

function partKey(part: Part): string | number {
  if (typeof part !== 'object') {
    return part;
  }
  if ('labels' in part) {
    return `${identity(part.raster)} ${identity(part.labels)}`;
  }
  if ('kind' in part) {
    return `${identity(part.raster)} ${part.range.join()}`;
  }
  return identity(part);
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
