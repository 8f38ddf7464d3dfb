// SPDX-License-Identifier: Apache-2.0
/** Paints scenes on the CPU, into plain memory. */
import {identity, Memo} from './memo.js';
import {backdropRows, mixRow, writeRow} from './mixing.js';
import {operationKey, type DrawOperation, type Rasters, type SampleOperation} from './operation.js';
import {outlineColors} from './outline.js';
import {anchorOf} from './patterns.js';
import {blankLike, type DecodedRaster, type Size} from './raster.js';
import {
  commonSamples,
  mapAligned,
  mapGrid,
  placeKey,
  boundsOf,
  type GridMap,
  type LayerBuffer,
  type Bounds,
} from './sampling.js';
import type {DrawnContent, DrawnLayer, DrawnOutline, DrawnScene} from './scene.js';
import {outlineSamples, thickened, thickens, wholeColors} from './thickening.js';
import type {Placement} from './view.js';

const maxCacheBytes = 96 * 2 ** 20;

/** The stored values at more samples per axis are not kept: they are as many as a large picture has. */
const mostKeptSamples = 4;
/** A lone opaque layer of up to so many samples is averaged anew each time: little longer than mixing what is kept. */
const mostCopiedSamples = 2 ** 19;
/** Samples that are gathered and averaged together where they are not kept: few enough for the processor's cache. */
const bandSamples = 2 ** 17;

/**
 * Its cost follows the canvas and not the pictures. What can be used again is kept: the stored values at the canvas's samples, so
 * that a changed table only colours them again (images read theirs anew), and every layer's colours, so that an opacity slider only mixes.
 */
export class SoftwareRenderer {
  readonly #kept = new Memo<{readonly data: DecodedRaster['data'] | Uint32Array}>(
    maxCacheBytes,
    ({data}) => data.byteLength,
  );
  #lastMap: {readonly key: string; readonly map: GridMap} | undefined;

  /**
   * Fills `out`, RGBA of `canvas.width * canvas.height` pixels, alpha not premultiplied. A draft shows the colour in the middle of
   * each pixel instead of the mean, which is up to 4,096 times less to read.
   */
  render(scene: DrawnScene, canvas: Size, out: Uint8ClampedArray, draft = false): void {
    out.fill(0);
    const {swipe} = scene;
    const bounds = boundsOf(scene.frame, scene.view, canvas);
    const split = swipe === undefined ? canvas.width : Math.round(swipe.fraction * canvas.width);
    const left = {...bounds, right: Math.min(bounds.right, split)};
    this.#renderContent(scene, scene, canvas, left, out, draft);
    if (swipe !== undefined) {
      const right = {...bounds, left: Math.max(bounds.left, split)};
      this.#renderContent(swipe.right, scene, canvas, right, out, draft);
    }
  }

  dispose(): void {
    this.#kept.clear();
  }

  #renderContent(
    {layers, outlines}: DrawnContent,
    place: Placement,
    canvas: Size,
    bounds: Bounds,
    out: Uint8ClampedArray,
    draft: boolean,
  ): void {
    if (bounds.left >= bounds.right || bounds.top >= bounds.bottom) {
      return;
    }
    const samples = draft
      ? 1
      : commonSamples(
          place,
          layers.map(({operation}) => operation),
        );
    if (!this.#copyOnly(layers, place, canvas, samples, bounds, out)) {
      this.#mix(layers, place, canvas, samples, bounds, out);
    }
    for (const outline of outlines) {
      const colors = this.#outlined(outline, place, canvas, draft);
      outlineColors(outline, colors, place, canvas, bounds, out);
    }
  }

  #mix(
    layers: readonly DrawnLayer[],
    place: Placement,
    canvas: Size,
    samples: number,
    bounds: Bounds,
    out: Uint8ClampedArray,
  ): void {
    const buffers = layers.map((layer) => {
      const buffer = this.#buffer(layer.operation, place, canvas, samples);
      const isThickened = thickens(layer, place);
      return {
        buffer: isThickened ? thickened(buffer, canvas, bounds) : buffer,
        opacity: layer.opacity,
      };
    });
    const backdrop = backdropRows(place, canvas);
    const row = new Int32Array(3 * canvas.width);
    for (let y = bounds.top; y < bounds.bottom; y++) {
      row.set(backdrop(y));
      for (const {buffer, opacity} of buffers) {
        mixRow(row, buffer, 4 * y * canvas.width, opacity, bounds);
      }
      writeRow(row, out, 4 * y * canvas.width, bounds);
    }
  }

  /** Paints a lone layer that can do without a buffer: nothing to mix and little to average, so nothing worth keeping. */
  #copyOnly(
    layers: readonly DrawnLayer[],
    place: Placement,
    canvas: Size,
    samples: number,
    bounds: Bounds,
    out: Uint8ClampedArray,
  ): boolean {
    const [only] = layers;
    if (layers.length !== 1 || only?.opacity !== 1 || only.operation.copy === undefined) {
      return false;
    }
    const isDear = samples ** 2 * canvas.width * canvas.height > mostCopiedSamples;
    if (thickens(only, place) || (samples > 1 && isDear)) {
      return false;
    }
    only.operation.copy(this.#mapFor(place, canvas, only.operation.grid, samples), {
      bounds,
      out: new Uint32Array(out.buffer, out.byteOffset, canvas.width * canvas.height),
      stride: canvas.width,
      samples,
      anchor: anchorOf(place.view),
    });
    return true;
  }

  /** The cells of a matrix and the tiles of a sheet are mostly painted alike, one after another. */
  #mapFor(place: Placement, canvas: Size, grid: Size, samples: number): GridMap {
    const key = `${placeKey(place, canvas)} ${grid.width} ${grid.height} ${samples}`;
    if (this.#lastMap?.key !== key) {
      this.#lastMap = {key, map: mapGrid(place, canvas, grid, samples)};
    }
    return this.#lastMap.map;
  }

  #buffer(operation: DrawOperation, place: Placement, canvas: Size, samples: number): LayerBuffer {
    const key = `buffer ${placeKey(place, canvas)} ${samples} ${operationKey(operation)}`;
    const make = () => {
      const sampling = {samples, canvas, anchor: anchorOf(place.view)};
      if ('averageAt' in operation) {
        const map = mapGrid(place, canvas, operation.grid, samples);
        return {data: operation.averageAt(map, sampling)};
      }
      return {
        data:
          samples > mostKeptSamples
            ? averageByBands(operation, place, canvas, samples)
            : operation.average(this.#gather(operation, place, canvas, samples), sampling),
      };
    };
    return this.#kept.get(key, make).data as LayerBuffer;
  }

  #outlined(outline: DrawnOutline, place: Placement, canvas: Size, draft: boolean): Uint32Array {
    const {operation} = outline;
    const samples = draft ? 1 : outlineSamples(outline, place);
    if (samples === 1) {
      return this.#colors(operation, place, canvas);
    }
    const key = `whole ${placeKey(place, canvas)} ${samples} ${operationKey(operation)}`;
    const make = () => ({data: wholeColors(this.#buffer(operation, place, canvas, samples))});
    return this.#kept.get(key, make).data as Uint32Array;
  }

  /** The operation's colour in the middle of each pixel. */
  #colors(operation: SampleOperation, place: Placement, canvas: Size): Uint32Array {
    const key = `colors ${placeKey(place, canvas)} ${operationKey(operation)}`;
    const make = () => ({data: operation.colors(this.#gather(operation, place, canvas, 1))});
    return this.#kept.get(key, make).data as Uint32Array;
  }

  #gather(
    {rasters, grid}: DrawOperation,
    place: Placement,
    canvas: Size,
    samples: number,
  ): Rasters {
    return Object.fromEntries(
      Object.entries(rasters).map(([name, raster]) => [
        name,
        this.#gatherRaster(raster, grid, place, canvas, samples),
      ]),
    );
  }

  /** The raster's values at every sample, `samples` times as many as the canvas has pixels each way; outside of the frame 0. */
  #gatherRaster(
    raster: DecodedRaster,
    grid: Size,
    place: Placement,
    canvas: Size,
    samples: number,
  ): DecodedRaster {
    const key = `gathered ${placeKey(place, canvas)} ${samples} ${grid.width} ${grid.height} ${identity(raster)}`;
    return this.#kept.get(key, () => {
      const map = mapGrid(place, canvas, grid, samples);
      return gatherAt(raster, mapAligned(map, grid, raster));
    }) as DecodedRaster;
  }
}

/** As `average` of the whole canvas, a band of rows at a time: the samples of all are as many as the picture has pixels. */
function averageByBands(
  operation: SampleOperation,
  place: Placement,
  canvas: Size,
  samples: number,
): LayerBuffer {
  const buffer = new Uint16Array(4 * canvas.width * canvas.height);
  const map = mapGrid(place, canvas, operation.grid, samples);
  const anchor = anchorOf(place.view);
  const band = Math.max(1, Math.floor(bandSamples / (canvas.width * samples ** 2)));
  for (let top = 0; top < canvas.height; top += band) {
    const height = Math.min(band, canvas.height - top);
    const rows = map.rows.subarray(top * samples, (top + height) * samples);
    const rasters = Object.entries(operation.rasters).map(([name, raster]) => [
      name,
      gatherAt(raster, mapAligned({...map, rows}, operation.grid, raster)),
    ]);
    const part = operation.average(Object.fromEntries(rasters) as Rasters, {
      samples,
      canvas: {width: canvas.width, height},
      anchor: {x: anchor.x, y: anchor.y + top},
    });
    buffer.set(part, 4 * top * canvas.width);
  }
  return buffer;
}

function gatherAt(raster: DecodedRaster, {columns, rows}: GridMap): DecodedRaster {
  const {channels, width: stride, data} = raster;
  const width = columns.length;
  const height = rows.length;
  const result = blankLike(raster, {width, height});
  const gathered = result.data;
  const start = columns.findIndex((column) => column >= 0);
  const end = columns.findLastIndex((column) => column >= 0) + 1;
  for (let y = 0; y < height; y++) {
    const row = rows[y]!;
    if (row < 0 || start < 0) {
      continue;
    }
    // A row that is magnified is the same as the one before.
    if (y > 0 && rows[y - 1] === row) {
      const size = width * channels;
      gathered.copyWithin(y * size, (y - 1) * size, y * size);
      continue;
    }
    let to = (y * width + start) * channels;
    if (channels === 1) {
      for (let x = start; x < end; x++) {
        gathered[to++] = data[row * stride + columns[x]!]!;
      }
      continue;
    }
    if (channels === 3) {
      for (let x = start; x < end; x++) {
        const from = (row * stride + columns[x]!) * 3;
        gathered[to++] = data[from]!;
        gathered[to++] = data[from + 1]!;
        gathered[to++] = data[from + 2]!;
      }
      continue;
    }
    for (let x = start; x < end; x++) {
      const from = (row * stride + columns[x]!) * channels;
      for (let channel = 0; channel < channels; channel++) {
        gathered[to++] = data[from + channel]!;
      }
    }
  }
  return result;
}
