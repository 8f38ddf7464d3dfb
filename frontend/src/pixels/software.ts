// SPDX-License-Identifier: Apache-2.0
import {paintHeatmapDifference, paintHeatmapVersus} from '../kinds/heatmap/difference.js';
import {paintImageDifference, paintImageVersus} from '../kinds/image/difference.js';
import {paintLabelVersus, paintOutcomes, paintWrong, type Labelled} from './labels.js';
import type {Lut} from './lut.js';
import type {HeatmapPicture} from '../kinds/types.js';
import type {Raster, Size} from './raster.js';
import {Coater, type Coat, type Contour} from '../kinds/layer-compiler.js';
import {identity, Memo} from './memo.js';
import {anchorOf, checkColor, checkSize, onDash, onStripe, outlineReach} from './patterns.js';
import {
  commonSamples,
  mapAligned,
  mapGrid,
  windowOf,
  type GridMap,
  type Window,
} from './sampling.js';
import type {Content, Scene, View} from '../kinds/scene.js';

const maxCacheBytes = 128 * 2 ** 20;

/** A coat at the canvas's resolution: R, G, B, A of each pixel, premultiplied, 0 to 255 in steps of 1/256. */
interface Sheet {
  readonly data: Uint16Array;
}

/**
 * Paints scenes into plain memory, at a cost that follows the canvas and not the pictures. What can be used again is kept: the
 * stored values at the canvas's samples, so that a changed table only colours them anew, and every layer's colours, so that an
 * opacity slider only mixes.
 */
export class SoftwareRenderer {
  readonly #coater = new Coater();
  readonly #kept = new Memo<Sheet | Raster>(maxCacheBytes, ({data}) => data.byteLength);

  /**
   * Fills `out`, RGBA of `canvas.width * canvas.height` pixels, alpha not premultiplied. A draft shows the colour in the middle of
   * each pixel instead of the mean, which is up to 16 times less to read.
   */
  render(scene: Scene, canvas: Size, out: Uint8ClampedArray, draft = false): void {
    out.fill(0);
    const window = windowOf(scene.frame, scene.view, canvas);
    const split =
      scene.swipe === undefined ? canvas.width : Math.round(scene.swipe.fraction * canvas.width);
    this.#renderContent(
      scene,
      scene,
      canvas,
      {...window, right: Math.min(window.right, split)},
      out,
      draft,
    );
    if (scene.swipe !== undefined) {
      const right = {...window, left: Math.max(window.left, split)};
      this.#renderContent(scene.swipe.right, scene, canvas, right, out, draft);
    }
  }

  dispose(): void {
    this.#kept.clear();
  }

  #renderContent(
    content: Content,
    scene: Scene,
    canvas: Size,
    window: Window,
    out: Uint8ClampedArray,
    draft: boolean,
  ): void {
    if (window.left >= window.right || window.top >= window.bottom) {
      return;
    }
    const {coats, contours} = this.#coater.coats(content, scene.display);
    const samples = draft ? 1 : commonSamples(scene, coats);
    const [only] = coats;
    if (
      coats.length === 1 &&
      samples === 1 &&
      only?.type === 'tone' &&
      only.opacity === 1 &&
      isOpaque(only.raster)
    ) {
      drawTone(only, scene, canvas, window, out);
    } else {
      this.#mix(coats, scene, canvas, samples, window, out);
    }
    for (const contour of contours) {
      const gathered = this.#gather(contour.raster, contour.raster, scene, canvas, 1);
      drawContour(contour, gathered.data, scene, canvas, window, out);
    }
  }

  #mix(
    coats: readonly Coat[],
    scene: Scene,
    canvas: Size,
    samples: number,
    window: Window,
    out: Uint8ClampedArray,
  ): void {
    const layers = coats.map((coat) => ({
      ...this.#sheet(coat, scene, canvas, samples),
      opacity: coat.opacity,
    }));
    const backdrop = backdropRows(scene, canvas);
    const row = new Int32Array(3 * canvas.width);
    for (let y = window.top; y < window.bottom; y++) {
      row.set(backdrop(y));
      for (const {data, opacity} of layers) {
        mixRow(row, data, 4 * y * canvas.width, opacity, window);
      }
      writeRow(row, out, 4 * y * canvas.width, window);
    }
  }

  #sheet(coat: Coat, scene: Scene, canvas: Size, samples: number): Sheet {
    return this.#kept.get(`sheet ${placeKey(scene, canvas, samples)} ${coat.key}`, () => {
      const gather = (raster: Raster) => this.#gather(raster, coat.grid, scene, canvas, samples);
      switch (coat.type) {
        case 'tone':
          return {data: averageTone(gather(coat.raster), coat.tone, samples)};
        case 'lut':
          return {
            data: averageLut(gather(coat.raster).data, coat.lut, scene.view, canvas, samples),
          };
        default:
          return {data: average(comparison(coat, gather), canvas, samples)};
      }
    }) as Sheet;
  }

  /** The raster's values at every sample, `samples` times as many as the canvas has pixels each way; outside of the frame 0. */
  #gather(raster: Raster, grid: Size, scene: Scene, canvas: Size, samples: number): Raster {
    const key = `gathered ${placeKey(scene, canvas, samples)} ${grid.width} ${grid.height} ${identity(raster)}`;
    return this.#kept.get(key, () => {
      const map = mapGrid(scene.frame, scene.view, canvas, grid, samples);
      return gatherAt(raster, mapAligned(map, grid, raster));
    }) as Raster;
  }
}

function isOpaque({channels}: Raster): boolean {
  return channels % 2 === 1;
}

/** A picture that hides what is below, at one sample per pixel: nothing to average or to mix, so nothing worth keeping. */
function drawTone(
  {raster, grid, tone}: Extract<Coat, {type: 'tone'}>,
  {frame, view}: Scene,
  canvas: Size,
  {left, right, top, bottom}: Window,
  out: Uint8ClampedArray,
): void {
  const {columns, rows} = mapAligned(mapGrid(frame, view, canvas, grid, 1), grid, raster);
  const {data, width: stride, channels} = raster;
  const green = channels === 3 ? 1 : 0;
  const blue = 2 * green;
  const pixels = new Uint32Array(out.buffer, out.byteOffset, canvas.width * canvas.height);
  for (let y = top; y < bottom; y++) {
    const start = y * canvas.width;
    if (y > top && rows[y] === rows[y - 1]) {
      pixels.copyWithin(start + left, start - canvas.width + left, start - canvas.width + right);
      continue;
    }
    const row = rows[y]! * stride;
    for (let x = left; x < right; x++) {
      const from = (row + columns[x]!) * channels;
      pixels[start + x] =
        0xff000000 |
        (tone[data[from + blue]!]! << 16) |
        (tone[data[from + green]!]! << 8) |
        tone[data[from]!]!;
    }
  }
}

function placeKey({frame, view}: Scene, canvas: Size, samples: number): string {
  return [
    frame.width,
    frame.height,
    view.x,
    view.y,
    view.scale,
    canvas.width,
    canvas.height,
    samples,
  ].join();
}

/** The colours of a coat that compares rasters, at each sample. */
function comparison(
  coat: Exclude<Coat, {type: 'tone' | 'lut'}>,
  gather: (raster: Raster) => Raster,
): Uint32Array {
  const labelled = ({raster, labels}: Labelled): Labelled => ({raster: gather(raster), labels});
  const heatmap = (picture: HeatmapPicture): HeatmapPicture => ({
    ...picture,
    raster: gather(picture.raster),
  });
  switch (coat.type) {
    case 'outcomes':
      return paintOutcomes(labelled(coat.truth), labelled(coat.prediction));
    case 'wrong':
      return paintWrong(labelled(coat.truth), labelled(coat.prediction), coat.by, coat.colors);
    case 'labelVersus':
      return paintLabelVersus(labelled(coat.truth), labelled(coat.a), labelled(coat.b));
    case 'imageDifference':
      return paintImageDifference(gather(coat.truth), gather(coat.prediction), coat.how, coat.gain);
    case 'imageVersus':
      return paintImageVersus(
        gather(coat.truth),
        gather(coat.a),
        gather(coat.b),
        coat.gain,
        coat.colors,
      );
    case 'heatmapDifference':
      return paintHeatmapDifference(
        heatmap(coat.truth),
        heatmap(coat.prediction),
        coat.how,
        coat.limit,
        coat.colors,
      );
    case 'heatmapVersus':
      return paintHeatmapVersus(
        heatmap(coat.truth),
        heatmap(coat.a),
        heatmap(coat.b),
        coat.gain,
        coat.limit,
        coat.colors,
      );
  }
}

function gatherAt({channels, bits, width: stride, data}: Raster, {columns, rows}: GridMap): Raster {
  const width = columns.length;
  const height = rows.length;
  const gathered = new (bits === 8 ? Uint8Array : Uint16Array)(width * height * channels);
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
    for (let x = start; x < end; x++) {
      const from = (row * stride + columns[x]!) * channels;
      for (let channel = 0; channel < channels; channel++) {
        gathered[to++] = data[from + channel]!;
      }
    }
  }
  return {width, height, channels, bits, data: gathered};
}

/** What is below all layers in row y. A checkerboard has two rows in turn. */
function backdropRows({backdrop, view}: Scene, {width}: Size): (y: number) => Int32Array {
  const anchor = anchorOf(view);
  const rowAt = (y: number) => {
    const row = new Int32Array(3 * width);
    for (let x = 0; x < width; x++) {
      const color = backdrop ?? checkColor(x + anchor.x, y);
      row[3 * x] = (color >> 8) & 0xff00;
      row[3 * x + 1] = color & 0xff00;
      row[3 * x + 2] = (color << 8) & 0xff00;
    }
    return row;
  };
  const [even, odd] = [rowAt(0), rowAt(checkSize)];
  return (y) => (Math.floor((y + anchor.y) / checkSize) % 2 === 0 ? even : odd);
}

/**
 * The colours of each pixel's samples, averaged. They are opaque or all zero, so their mean is the premultiplied one. The table is
 * chosen by pixel, because hatching is drawn in device pixels.
 */
function averageLut(
  values: Uint8Array | Uint16Array,
  {solid, stripe}: Lut,
  view: View,
  {width, height}: Size,
  samples: number,
): Uint16Array {
  const sheet = new Uint16Array(4 * width * height);
  const anchor = anchorOf(view);
  // Four samples in a row are one word: inside of a class that is all there is to read.
  const words =
    samples === 4 && values.BYTES_PER_ELEMENT === 1 ? new Int32Array(values.buffer) : undefined;
  const unit = 256 / (samples * samples);
  const stride = width * samples;
  let to = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const table = onStripe(x + anchor.x, y + anchor.y) ? stripe : solid;
      // Two channels are summed at once: up to 16 samples of 8 bits fit into 16.
      let redBlue = 0;
      let greenAlpha = 0;
      let from = y * samples * stride + x * samples;
      if (words !== undefined && isUniform(words, from >> 2, stride >> 2)) {
        const color = table[values[from]!]!;
        sheet[to++] = (color & 0xff) << 8;
        sheet[to++] = color & 0xff00;
        sheet[to++] = (color >>> 8) & 0xff00;
        sheet[to++] = (color >>> 16) & 0xff00;
        continue;
      }
      for (let v = 0; v < samples; v++) {
        for (let u = 0; u < samples; u++) {
          const color = table[values[from + u]!]!;
          redBlue += color & 0xff00ff;
          greenAlpha += (color >>> 8) & 0xff00ff;
        }
        from += stride;
      }
      sheet[to++] = (redBlue & 0xffff) * unit;
      sheet[to++] = (greenAlpha & 0xffff) * unit;
      sheet[to++] = (redBlue >>> 16) * unit;
      sheet[to++] = (greenAlpha >>> 16) * unit;
    }
  }
  return sheet;
}

/** Whether 4 x 4 samples of one byte are equal. */
function isUniform(words: Int32Array, from: number, stride: number): boolean {
  const word = words[from]!;
  return (
    word === Math.imul(word & 255, 0x01010101) &&
    word === words[from + stride] &&
    word === words[from + 2 * stride] &&
    word === words[from + 3 * stride]
  );
}

/** The same of colours that are known already. */
function average(colors: Uint32Array, {width, height}: Size, samples: number): Uint16Array {
  const sheet = new Uint16Array(4 * width * height);
  const unit = 256 / (samples * samples);
  const stride = width * samples;
  let to = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let redBlue = 0;
      let greenAlpha = 0;
      let from = y * samples * stride + x * samples;
      for (let v = 0; v < samples; v++) {
        for (let u = 0; u < samples; u++) {
          const color = colors[from + u]!;
          redBlue += color & 0xff00ff;
          greenAlpha += (color >>> 8) & 0xff00ff;
        }
        from += stride;
      }
      sheet[to++] = (redBlue & 0xffff) * unit;
      sheet[to++] = (greenAlpha & 0xffff) * unit;
      sheet[to++] = (redBlue >>> 16) * unit;
      sheet[to++] = (greenAlpha >>> 16) * unit;
    }
  }
  return sheet;
}

/** The same for pictures to look at: grey or colour, with or without alpha, each channel through the tone table. */
function averageTone(
  {width: stride, height: rows, channels, bits, data}: Raster,
  tone: Uint8Array,
  samples: number,
): Uint16Array {
  const width = stride / samples;
  const height = rows / samples;
  const sheet = new Uint16Array(4 * width * height);
  const green = channels >= 3 ? 1 : 0;
  const blue = 2 * green;
  const alphaAt = channels % 2 === 0 ? channels - 1 : -1;
  const alphaScale = 1 / (bits === 8 ? 255 : 65535);
  const unit = 256 / (samples * samples);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let redSum = 0;
      let greenSum = 0;
      let blueSum = 0;
      let alphaSum = 0;
      for (let v = 0; v < samples; v++) {
        const start = ((y * samples + v) * stride + x * samples) * channels;
        for (let from = start; from < start + samples * channels; from += channels) {
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

/** Bits of an opacity as a whole number: with the 16 of a sheet they fit into 31. */
const opacityBits = 12;

/** Lays a row of a sheet over a row of colours, both in steps of 1/256. */
function mixRow(
  row: Int32Array,
  sheet: Uint16Array,
  start: number,
  opacity: number,
  {left, right}: Window,
): void {
  const one = 1 << opacityBits;
  const half = one >> 1;
  const share = Math.round(opacity * one);
  for (let x = left; x < right; x++) {
    const from = start + 4 * x;
    const alpha = sheet[from + 3]!;
    if (alpha === 0) {
      continue;
    }
    const rest = alpha === fullAlpha ? one - share : one - Math.round((alpha * share) / fullAlpha);
    row[3 * x] = (row[3 * x]! * rest + sheet[from]! * share + half) >> opacityBits;
    row[3 * x + 1] = (row[3 * x + 1]! * rest + sheet[from + 1]! * share + half) >> opacityBits;
    row[3 * x + 2] = (row[3 * x + 2]! * rest + sheet[from + 2]! * share + half) >> opacityBits;
  }
}

const fullAlpha = 255 * 256;

/** Rounds a row of colours to whole levels. */
function writeRow(
  row: Int32Array,
  out: Uint8ClampedArray,
  start: number,
  {left, right}: Window,
): void {
  for (let x = left; x < right; x++) {
    const to = start + 4 * x;
    out[to] = (row[3 * x]! + 128) >> 8;
    out[to + 1] = (row[3 * x + 1]! + 128) >> 8;
    out[to + 2] = (row[3 * x + 2]! + 128) >> 8;
    out[to + 3] = 255;
  }
}

/**
 * Colours the pixels whose centre has another colour than that of a pixel before or after it, in either direction: with its own
 * colour or, where that is not shown, the other's.
 */
function drawContour(
  {colors, dashed, width}: Contour,
  values: Raster['data'],
  scene: Scene,
  canvas: Size,
  part: Window,
  out: Uint8ClampedArray,
): void {
  const {before, after} = outlineReach(width);
  const anchor = anchorOf(scene.view);
  // Beyond the frame nothing changes.
  const {left, right, top, bottom} = windowOf(scene.frame, scene.view, canvas);
  const at = (x: number, y: number) => colors[values[y * canvas.width + x]!]!;
  for (let y = part.top; y < part.bottom; y++) {
    const above = y - before < top ? y : y - before;
    const below = y + after >= bottom ? y : y + after;
    for (let x = part.left; x < part.right; x++) {
      if (dashed && !onDash(x + anchor.x, y + anchor.y)) {
        continue;
      }
      const own = at(x, y);
      let other = at(x + after >= right ? x : x + after, y);
      other = other === own ? at(x, below) : other;
      other = other === own ? at(x - before < left ? x : x - before, y) : other;
      other = other === own ? at(x, above) : other;
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
