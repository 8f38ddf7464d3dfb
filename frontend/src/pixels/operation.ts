// SPDX-License-Identifier: Apache-2.0
/**
 * What a draw operation is: stored integers in, colours out, once for the CPU and once for the GPU.
 *
 * Every operation is a function in a file of its own. The file holds the CPU function and the GLSL side by side and names the
 * rasters, tables and numbers that both compute with. The painters bind what is named and loop; they know no operation.
 * To add one: write a file that returns a `DrawOperation`, and a scene of it in `test/painters.page.ts`, which paints it with both.
 */
import {averageColors} from './average.js';
import type {Rgba} from './color.js';
import {identity} from './memo.js';
import {onStripe} from './patterns.js';
import type {DecodedRaster, Size} from './raster.js';
import type {GridMap, LayerBuffer, Sampling, Bounds} from './sampling.js';

/** What both sides look up by stored value. On the GPU each is a texture of rows of 256 entries, which a table must fill. */
export type Table =
  /** GLSL `look(table, i)`: the colours of all tables, one after the other. */
  | {readonly type: 'colors'; readonly tables: readonly Uint32Array[]}
  /** GLSL `look(table, i).r`: 0 to 255 as 0 to 1. */
  | {readonly type: 'tones'; readonly table: Uint8Array}
  /** GLSL `label(table, stored)`. */
  | {readonly type: 'labels'; readonly table: Uint32Array}
  /** GLSL `look(table, i).r`: finite numbers, which only the GPU asks for. Equal keys mean equal values. */
  | {readonly type: 'values'; readonly key: string; readonly values: () => Float32Array};

export type Rasters<
  Name extends string = string,
  R extends DecodedRaster = DecodedRaster,
> = Readonly<Record<Name, R>>;

/**
 * A way to colour a layer, with every decision taken and every table built. It never changes once made, so the identity of
 * what it holds stands for its content.
 */
interface Operation {
  /** Operations of one name share their GLSL. */
  readonly name: string;
  /** The raster whose pixels the layer has; the others are aligned to it. */
  readonly grid: Size;
  readonly rasters: Rasters;
  readonly tables?: Readonly<Record<string, Table>>;
  readonly flags?: Readonly<Record<string, boolean>>;
  readonly ints?: Readonly<Record<string, number>>;
  readonly floats?: Readonly<Record<string, number>>;
  /** GLSL functions that `glsl` calls; equal texts are declared once. */
  readonly functions?: readonly string[];
  /**
   * Sets `vec4 color`, premultiplied, from the stored values of one sample, each a `uvec4` of its raster's name; numbers of 32
   * bits are there as their bits. `NAME_` and the name of a table or number is its uniform. `onStripe` says whether the pixel is
   * on a stripe of the hatching.
   */
  readonly glsl: string;
  /**
   * Present where the layer has one raster and hides all that is below: writes the mean colour of the samples of each pixel of the
   * window, without a buffer between.
   */
  copy?(map: GridMap, window: CopyWindow): void;
}

/** An operation of one raster, which is its grid: it reads the raster itself, without a copy of the values at all samples. */
export interface DirectOperation extends Operation {
  /** The mean colour of each pixel's samples, which `map` finds in the raster. */
  averageAt(map: GridMap, sampling: Sampling): LayerBuffer;
}

/** Where an operation writes its colours. */
export interface CopyWindow {
  readonly bounds: Bounds;
  readonly out: Uint32Array;
  /** Pixels of a row of `out`. */
  readonly stride: number;
  /** As in `Sampling`. */
  readonly samples: number;
  readonly anchor: Sampling['anchor'];
}

/** An operation whose samples are opaque or transparent: their mean needs no weights, and borders can be drawn of them. */
export interface SampleOperation extends Operation {
  /** The mean colour of each pixel's samples. `rasters` hold the stored values at every sample, by the names of `this.rasters`. */
  average(rasters: Rasters, sampling: Sampling): LayerBuffer;
  /** The colour of each sample, as packed in `color.ts`. */
  colors(rasters: Rasters): Uint32Array;
}

/** What a layer is painted with: it reads its raster itself, or is given the stored values at all samples. */
export type DrawOperation = DirectOperation | SampleOperation;

interface SampleParts<Name extends string, R extends DecodedRaster> extends Omit<
  SampleOperation,
  'average' | 'colors' | 'rasters'
> {
  readonly rasters: Rasters<Name, R>;
  /** Sets `marked` at the samples that have stripes. */
  colors(rasters: Rasters<Name, R>, marked?: Uint8Array): Uint32Array;
  /** The colour of the stripes on the samples that `colors` marks. Its GLSL draws them itself. */
  readonly stripe?: Rgba;
  /** Where there is a quicker way than colouring every sample. */
  average?(rasters: Rasters<Name, R>, sampling: Sampling): LayerBuffer;
}

export function sampleOperation<Name extends string, R extends DecodedRaster>({
  stripe,
  ...parts
}: SampleParts<Name, R>): SampleOperation {
  return {
    average: (rasters: Rasters<Name, R>, sampling) =>
      averageColors(
        stripe === undefined
          ? parts.colors(rasters)
          : stripedColors((marked) => parts.colors(rasters, marked), stripe, sampling),
        sampling,
      ),
    ...parts,
  };
}

function stripedColors(
  colorsOf: (marked: Uint8Array) => Uint32Array,
  stripe: Rgba,
  {samples, canvas, anchor}: Sampling,
): Uint32Array {
  const marked = new Uint8Array(canvas.width * canvas.height * samples ** 2);
  const colors = colorsOf(marked);
  const stride = canvas.width * samples;
  for (let at = marked.indexOf(1); at >= 0; at = marked.indexOf(1, at + 1)) {
    const x = Math.floor((at % stride) / samples);
    const y = Math.floor(at / stride / samples);
    if (onStripe(x + anchor.x, y + anchor.y)) {
      colors[at] = stripe;
    }
  }
  return colors;
}

/** Operations with equal keys paint equal pixels. */
export function operationKey(operation: DrawOperation): string {
  const {name, rasters, tables = {}, flags = {}, ints = {}, floats = {}} = operation;
  return [
    name,
    ...Object.values(rasters).map(identity),
    ...Object.values(tables).map(tableKey),
    ...Object.values(flags),
    ...Object.values(ints),
    ...Object.values(floats),
  ].join(' ');
}

function tableKey(table: Table): string {
  switch (table.type) {
    case 'colors':
      return table.tables.map(identity).join();
    case 'values':
      return table.key;
    case 'tones':
    case 'labels':
      return String(identity(table.table));
  }
}
