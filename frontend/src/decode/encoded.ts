// SPDX-License-Identifier: Apache-2.0
/**
 * Pictures as any program encodes them: PNG, JPEG, GIF. PNGs of the usual forms are decoded exactly, all others by the browser,
 * which multiplies colours by alpha and keeps 8 bits. Of several frames the first is taken.
 */
import {blankLike, type DecodedRaster, type Raster, type Rect} from '../pixels/raster.js';
import {decodePng, readPngHeader} from './png.js';

/** How far, in levels, a drawn colour may be from that of its class: JPEG and rounding change it by some. */
const NEAR = 8;

export async function decodeEncoded(blob: Uint8Array, mediaType: string): Promise<Raster> {
  if (mediaType === 'image/png') {
    const header = plainHeader(blob);
    if (header !== undefined) {
      return {...header, bits: 8, data: await decodePng(blob)};
    }
  }
  return decodeByBrowser(blob, mediaType);
}

/** The header of a PNG that is decoded exactly; undefined for palettes, 16 bits and interlaced ones. */
function plainHeader(blob: Uint8Array): ReturnType<typeof readPngHeader> | undefined {
  try {
    return readPngHeader(blob);
  } catch {
    return undefined;
  }
}

async function decodeByBrowser(blob: Uint8Array, type: string): Promise<Raster> {
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(new Blob([blob as Uint8Array<ArrayBuffer>], {type}), {
      colorSpaceConversion: 'none',
      premultiplyAlpha: 'none',
    });
  } catch {
    throw new Error('the browser can\u2019t decode it');
  }
  const {width, height} = bitmap;
  const context = new OffscreenCanvas(width, height).getContext('2d')!;
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  return withoutSpareChannels(context.getImageData(0, 0, width, height));
}

/** Opaque pictures lose their alpha, grey ones become one channel. */
function withoutSpareChannels({width, height, data}: ImageData): Raster {
  let isOpaque = true;
  let isGrey = true;
  for (let i = 0; i < data.length; i += 4) {
    isOpaque &&= data[i + 3] === 255;
    isGrey &&= data[i] === data[i + 1] && data[i] === data[i + 2];
  }
  const channels = isOpaque ? (isGrey ? 1 : 3) : 4;
  if (channels === 4) {
    return {width, height, channels, bits: 8, data: new Uint8Array(data.buffer)};
  }
  const kept = new Uint8Array(width * height * channels);
  for (let pixel = 0; pixel < width * height; pixel++) {
    for (let channel = 0; channel < channels; channel++) {
      kept[channels * pixel + channel] = data[4 * pixel + channel]!;
    }
  }
  return {width, height, channels, bits: 8, data: kept};
}

/** A part of a picture. */
export function crop<R extends DecodedRaster>(picture: R, rect: Rect): R {
  const {channels, width: rowLength, data} = picture;
  const {x, y, width, height} = rect;
  const part = blankLike(picture, rect);
  for (let row = 0; row < height; row++) {
    const from = ((y + row) * rowLength + x) * channels;
    part.data.set(data.subarray(from, from + width * channels), row * width * channels);
  }
  return part;
}

/**
 * A drawn mask back to classes: each pixel becomes the place of its colour in `palette`, and `palette.length` where no colour is
 * near. With `exact`, only the very colour counts, as where grey values are ids.
 */
export function recoverClasses(
  {width, height, channels, data}: Raster,
  palette: readonly string[],
  exact: boolean,
): Raster {
  const colors = palette.map((color) => parseInt(color.slice(1), 16));
  const places = new Map<number, number>();
  const bits = palette.length < 256 ? 8 : 16;
  const found = bits === 8 ? new Uint8Array(width * height) : new Uint16Array(width * height);
  const hasColor = channels > 2;
  for (let pixel = 0; pixel < width * height; pixel++) {
    const i = pixel * channels;
    const red = data[i]!;
    const color =
      (red << 16) | ((hasColor ? data[i + 1]! : red) << 8) | (hasColor ? data[i + 2]! : red);
    let place = places.get(color);
    if (place === undefined) {
      place = nearest(color, colors, exact ? 0 : NEAR);
      places.set(color, place);
    }
    found[pixel] = place;
  }
  return {width, height, channels: 1, bits, data: found};
}

function nearest(color: number, colors: readonly number[], most: number): number {
  let best = colors.length;
  let least = most + 1;
  for (const [place, other] of colors.entries()) {
    const distance = Math.max(
      ...[16, 8, 0].map((shift) => Math.abs(((color >> shift) & 255) - ((other >> shift) & 255))),
    );
    if (distance < least) {
      best = place;
      least = distance;
    }
  }
  return best;
}
