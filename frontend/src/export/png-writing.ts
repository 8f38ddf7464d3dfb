// SPDX-License-Identifier: Apache-2.0
/**
 * Writes integers of 8 or 16 bits as PNG (ISO/IEC 15948), each as it is. Not by a canvas, which multiplies colour by alpha and has
 * neither 16 bits nor palettes.
 */
import type {PngPixels} from '../kinds/pixel-values.js';
import type {Raster} from '../pixels/raster.js';

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const COLOR_TYPES = {1: 0, 2: 4, 3: 2, 4: 6} as const;
const PALETTE = 3;
/** The filter that subtracts from each byte that of the pixel to the left. */
const SUB = 1;

export async function writePng({raster, palette, meaning}: PngPixels): Promise<Blob> {
  const {width, height, channels, bits} = raster;
  const header = new DataView(new ArrayBuffer(13));
  header.setUint32(0, width);
  header.setUint32(4, height);
  header.setUint8(8, bits);
  header.setUint8(9, palette === undefined ? COLOR_TYPES[channels] : PALETTE);
  return new Blob(
    [
      SIGNATURE,
      chunk('IHDR', new Uint8Array(header.buffer)),
      ...(palette === undefined
        ? []
        : [
            chunk(
              'PLTE',
              Uint8Array.from(palette.flatMap((rgb) => [rgb >> 16, (rgb >> 8) & 255, rgb & 255])),
            ),
          ]),
      ...(meaning === undefined ? [] : [chunk('iTXt', descriptionOf(meaning))]),
      chunk('IDAT', await deflate(filtered(raster))),
      chunk('IEND', new Uint8Array(0)),
    ],
    {type: 'image/png'},
  );
}

/** Keyword, no compression, no language and no translated keyword, then the text as UTF-8. */
function descriptionOf(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(`Description\0\0\0\0\0${text}`);
}

/** Rows of big-endian bytes, each behind the filter that was applied to it. */
function filtered({width, height, channels, bits, data}: Raster): Uint8Array<ArrayBuffer> {
  const pixel = (channels * bits) / 8;
  const row = width * pixel;
  const bytes = bits === 8 ? data : bigEndian(data);
  const out = new Uint8Array(height * (row + 1));
  for (let y = 0; y < height; y++) {
    const to = y * (row + 1);
    const from = y * row;
    out[to] = SUB;
    for (let i = 0; i < row; i++) {
      out[to + 1 + i] = bytes[from + i]! - (i < pixel ? 0 : bytes[from + i - pixel]!);
    }
  }
  return out;
}

function bigEndian(values: Uint8Array | Uint16Array): Uint8Array {
  const bytes = new Uint8Array(2 * values.length);
  values.forEach((value, i) => {
    bytes[2 * i] = value >> 8;
    bytes[2 * i + 1] = value & 255;
  });
  return bytes;
}

/** A zlib stream, which is what this API calls deflate. */
async function deflate(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream('deflate'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

function chunk(type: string, data: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(data.length + 12);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  bytes.set(new TextEncoder().encode(type), 4);
  bytes.set(data, 8);
  view.setUint32(8 + data.length, crc32(bytes.subarray(4, 8 + data.length)));
  return bytes;
}

/** Annex D of the standard: the remainder of each byte, by the polynomial of ISO 3309. */
const REMAINDERS = Uint32Array.from({length: 256}, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) {
    value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  }
  return value;
});

function crc32(bytes: Uint8Array): number {
  let value = 0xffffffff;
  for (const byte of bytes) {
    value = REMAINDERS[(value ^ byte) & 255]! ^ (value >>> 8);
  }
  return (value ^ 0xffffffff) >>> 0;
}
