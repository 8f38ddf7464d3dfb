// SPDX-License-Identifier: Apache-2.0
import {alignTo} from '../render/align.js';
import {paintHeatmapDifference, paintHeatmapVersus} from '../render/heatmap_difference.js';
import {paintImageDifference, paintImageVersus} from '../render/image_difference.js';
import {paintLabelVersus, paintOutcomes, paintWrong, type Labelled} from '../render/label_difference.js';
import type {HeatmapPicture, Raster, Size} from '../render/types.js';
import {Coater, type Coat, type Contour} from './coats.js';
import {Memo} from './memo.js';
import {anchorOf, checkColor, onDash, onStripe, outlineReach} from './patterns.js';
import {commonSamples, mapGrid, windowOf, type GridMap, type Window} from './sampling.js';
import type {Content, Scene, View} from './scene.js';

const maxCacheBytes = 128 * 2 ** 20;

/** A coat at the canvas's resolution: R, G, B, A of each pixel, premultiplied, 0 to 255 in steps of 1/256. */
type Sheet = Uint16Array;

/** The look-ups of a coat whose colours depend on two or more rasters, done once: RGBA of every pixel of its grid. */
type Flat = Uint32Array;

/**
 * Paints scenes into plain memory. Two results are kept: the pixels of a comparison, and every layer at the canvas's
 * resolution, so that moving an opacity slider only mixes.
 */
export class SoftwareRenderer {
  private readonly coater = new Coater();
  private readonly kept = new Memo<Sheet | Flat>(maxCacheBytes, ({byteLength}) => byteLength);

  /** Fills `out`, RGBA of `canvas.width * canvas.height` pixels, alpha not premultiplied. */
  render(scene: Scene, canvas: Size, out: Uint8ClampedArray): void {
    out.fill(0);
    const window = windowOf(scene.frame, scene.view, canvas);
    const split = scene.swipe === undefined ? canvas.width : Math.round(scene.swipe.fraction * canvas.width);
    this.renderContent(scene, scene, canvas, {...window, right: Math.min(window.right, split)}, out);
    if (scene.swipe !== undefined) {
      this.renderContent(scene.swipe.right, scene, canvas, {...window, left: Math.max(window.left, split)}, out);
    }
  }

  dispose(): void {
    this.kept.clear();
  }

  private renderContent(content: Content, scene: Scene, canvas: Size, window: Window, out: Uint8ClampedArray): void {
    if (window.left >= window.right || window.top >= window.bottom) {
      return;
    }
    const {coats, contours} = this.coater.coats(content, scene.display);
    const samples = commonSamples(scene, coats);
    const layers = coats.map((coat) => ({sheet: this.sheet(coat, scene, canvas, samples), opacity: coat.opacity}));
    const backdrop = backdropOf(scene);
    const row = new Float32Array(3 * canvas.width);
    for (let y = window.top; y < window.bottom; y++) {
      for (let x = window.left; x < window.right; x++) {
        const color = backdrop(x, y);
        row[3 * x] = color >> 16;
        row[3 * x + 1] = (color >> 8) & 255;
        row[3 * x + 2] = color & 255;
      }
      for (const {sheet, opacity} of layers) {
        mixRow(row, sheet.subarray(4 * y * canvas.width), opacity, window);
      }
      let to = 4 * (y * canvas.width + window.left);
      for (let x = window.left; x < window.right; x++) {
        out[to++] = row[3 * x]!;
        out[to++] = row[3 * x + 1]!;
        out[to++] = row[3 * x + 2]!;
        out[to++] = 255;
      }
    }
    for (const contour of contours) {
      drawContour(contour, scene, canvas, window, out);
    }
  }

  private sheet(coat: Coat, scene: Scene, canvas: Size, samples: number): Sheet {
    const {frame, view} = scene;
    const place = [frame.width, frame.height, view.x, view.y, view.scale, canvas.width, canvas.height, samples];
    const make = () => {
      const map = mapGrid(frame, view, canvas, coat.grid, samples);
      return coat.type === 'tone'
        ? sampleTone(coat.raster, coat.tone, map, samples)
        : this.sampleColors(coat, view, map, samples);
    };
    return this.kept.get(`sheet ${place.join()} ${coat.key}`, make) as Sheet;
  }

  private sampleColors(coat: Exclude<Coat, {type: 'tone'}>, view: View, map: GridMap, samples: number): Sheet {
    if (coat.type === 'lut') {
      const {solid, stripe} = coat.lut;
      return sampleLut(coat.raster.data, coat.raster.width, solid, stripe, view, map, samples);
    }
    const flat = this.kept.get(`flat ${coat.key}`, () => flatten(coat)) as Flat;
    return sampleLut(flat, coat.grid.width, null, null, view, map, samples);
  }
}

function backdropOf(scene: Scene): (x: number, y: number) => number {
  const {backdrop} = scene;
  if (backdrop !== undefined) {
    return () => backdrop;
  }
  const anchor = anchorOf(scene.view);
  return (x, y) => checkColor(x + anchor.x, y + anchor.y);
}

function flatten(coat: Exclude<Coat, {type: 'tone' | 'lut'}>): Flat {
  const {grid} = coat;
  const labelled = ({raster, labels}: Labelled): Labelled => ({raster: alignTo(raster, grid), labels});
  const heatmap = (picture: HeatmapPicture): HeatmapPicture => ({...picture, raster: alignTo(picture.raster, grid)});
  switch (coat.type) {
    case 'outcomes':
      return paintOutcomes(labelled(coat.truth), coat.prediction);
    case 'wrong':
      return paintWrong(labelled(coat.truth), coat.prediction, coat.by, coat.colors);
    case 'labelVersus':
      return paintLabelVersus(labelled(coat.truth), coat.a, labelled(coat.b));
    case 'imageDifference':
      return paintImageDifference(alignTo(coat.truth, grid), coat.prediction, coat.how, coat.gain);
    case 'imageVersus':
      return paintImageVersus(alignTo(coat.truth, grid), coat.a, alignTo(coat.b, grid), coat.gain, coat.colors);
    case 'heatmapDifference':
      return paintHeatmapDifference(heatmap(coat.truth), coat.prediction, coat.how, coat.limit, coat.colors);
    case 'heatmapVersus':
      return paintHeatmapVersus(heatmap(coat.truth), coat.a, heatmap(coat.b), coat.gain, coat.limit, coat.colors);
  }
}

/**
 * Averages the colours at each pixel's samples. `data` holds indices into the tables or, without tables, colours. These colours
 * are opaque or all zero, so a mean over samples is the premultiplied one.
 */
function sampleLut(
  data: Uint8Array | Uint16Array | Uint32Array,
  stride: number,
  solid: Uint32Array | null,
  stripe: Uint32Array | null,
  view: View,
  {columns, rows}: GridMap,
  samples: number,
): Sheet {
  const width = columns.length / samples;
  const height = rows.length / samples;
  const sheet = new Uint16Array(4 * width * height);
  const anchor = anchorOf(view);
  const unit = 256 / (samples * samples);
  const hatched = solid !== stripe;
  for (let y = 0; y < height; y++) {
    if (rows[y * samples]! < 0) {
      continue;
    }
    for (let x = 0; x < width; x++) {
      if (columns[x * samples]! < 0) {
        continue;
      }
      const table = hatched && onStripe(x + anchor.x, y + anchor.y) ? stripe : solid;
      // Two channels are summed at once: up to 16 samples of 8 bits fit into 16.
      let redBlue = 0;
      let greenAlpha = 0;
      for (let v = y * samples; v < (y + 1) * samples; v++) {
        const row = rows[v]! * stride;
        for (let u = x * samples; u < (x + 1) * samples; u++) {
          const value = data[row + columns[u]!]!;
          const color = table === null ? value : table[value]!;
          redBlue += color & 0xff00ff;
          greenAlpha += (color >>> 8) & 0xff00ff;
        }
      }
      const to = 4 * (y * width + x);
      sheet[to] = (redBlue & 0xffff) * unit;
      sheet[to + 1] = (greenAlpha & 0xffff) * unit;
      sheet[to + 2] = (redBlue >>> 16) * unit;
      sheet[to + 3] = (greenAlpha >>> 16) * unit;
    }
  }
  return sheet;
}

/** The same for pictures to look at: grey or colour, with or without alpha, each channel through the tone table. */
function sampleTone(raster: Raster, tone: Uint8Array, {columns, rows}: GridMap, samples: number): Sheet {
  const {width: stride, channels, bits, data} = raster;
  const width = columns.length / samples;
  const height = rows.length / samples;
  const sheet = new Uint16Array(4 * width * height);
  const green = channels >= 3 ? 1 : 0;
  const blue = 2 * green;
  const alphaAt = channels % 2 === 0 ? channels - 1 : -1;
  const alphaScale = 1 / (bits === 8 ? 255 : 65535);
  const unit = 256 / (samples * samples);
  for (let y = 0; y < height; y++) {
    if (rows[y * samples]! < 0) {
      continue;
    }
    for (let x = 0; x < width; x++) {
      if (columns[x * samples]! < 0) {
        continue;
      }
      let redSum = 0;
      let greenSum = 0;
      let blueSum = 0;
      let alphaSum = 0;
      for (let v = y * samples; v < (y + 1) * samples; v++) {
        const row = rows[v]! * stride;
        for (let u = x * samples; u < (x + 1) * samples; u++) {
          const from = (row + columns[u]!) * channels;
          const alpha = alphaAt < 0 ? 1 : data[from + alphaAt]! * alphaScale;
          redSum += tone[data[from]!]! * alpha;
          greenSum += tone[data[from + green]!]! * alpha;
          blueSum += tone[data[from + blue]!]! * alpha;
          alphaSum += alpha;
        }
      }
      const to = 4 * (y * width + x);
      sheet[to] = redSum * unit;
      sheet[to + 1] = greenSum * unit;
      sheet[to + 2] = blueSum * unit;
      sheet[to + 3] = alphaSum * unit * 255;
    }
  }
  return sheet;
}

/** Lays a row of a sheet over a row of colours (0 to 255). */
function mixRow(row: Float32Array, sheet: Sheet, opacity: number, {left, right}: Window): void {
  const scale = opacity / 256;
  for (let x = left; x < right; x++) {
    const rest = 1 - (sheet[4 * x + 3]! * scale) / 255;
    row[3 * x] = row[3 * x]! * rest + sheet[4 * x]! * scale;
    row[3 * x + 1] = row[3 * x + 1]! * rest + sheet[4 * x + 1]! * scale;
    row[3 * x + 2] = row[3 * x + 2]! * rest + sheet[4 * x + 2]! * scale;
  }
}

/**
 * Colours the pixels whose centre has another colour than that of a pixel before or after it, in either direction: with its own
 * colour or, where that is not shown, the other's.
 */
function drawContour(contour: Contour, scene: Scene, canvas: Size, window: Window, out: Uint8ClampedArray): void {
  const {raster, colors, dashed} = contour;
  const {columns, rows} = mapGrid(scene.frame, scene.view, canvas, raster, 1);
  const {before, after} = outlineReach(contour.width);
  const anchor = anchorOf(scene.view);
  const at = (row: number, column: number) => colors[raster.data[row * raster.width + column]!]!;
  const neighbour = (map: Int32Array, from: number, to: number) => {
    const index = map[to];
    return index === undefined || index < 0 ? map[from]! : index;
  };
  for (let y = window.top; y < window.bottom; y++) {
    const row = rows[y]!;
    const above = neighbour(rows, y, y - before);
    const below = neighbour(rows, y, y + after);
    for (let x = window.left; x < window.right; x++) {
      if (dashed && !onDash(x + anchor.x, y + anchor.y)) {
        continue;
      }
      const column = columns[x]!;
      const own = at(row, column);
      let other = at(row, neighbour(columns, x, x + after));
      other = other === own ? at(below, column) : other;
      other = other === own ? at(row, neighbour(columns, x, x - before)) : other;
      other = other === own ? at(above, column) : other;
      if (other === own) {
        continue;
      }
      const color = own === 0 ? other : own;
      const to = 4 * (y * canvas.width + x);
      out[to] = color & 255;
      out[to + 1] = (color >> 8) & 255;
      out[to + 2] = (color >> 16) & 255;
    }
  }
}
