// SPDX-License-Identifier: Apache-2.0
/**
 * PNG (ISO/IEC 15948) as docs/format.md allows it: not interlaced, 8 bits, colour types 0, 2, 4,
 * 6. Done here and not by the browser's image decoder because a canvas multiplies colour by
 * alpha and may apply a colour profile: stored values must arrive as they were written.
 */

export interface PngHeader {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 2 | 3 | 4;
}

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] as const;
const channelsOfColorType: Readonly<Record<number, PngHeader['channels']>> = {
  0: 1,
  2: 3,
  4: 2,
  6: 4,
};

/** Bytes of a PNG up to the end of its IHDR chunk. */
const headerSize = 33;

/** Reads the first chunk. Throws an `Error` that says what it got and what it wanted. */
export function readPngHeader(png: Uint8Array): PngHeader {
  if (png.length < headerSize || signature.some((byte, i) => png[i] !== byte)) {
    throw new Error(`got ${png.length} bytes that do not begin like a PNG, want a PNG`);
  }
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  if (chunkType(png, 8) !== 'IHDR' || view.getUint32(8) !== 13) {
    throw new Error(
      `got a PNG beginning with chunk ${JSON.stringify(chunkType(png, 8))}, want IHDR`,
    );
  }
  const depth = png[24];
  const colorType = png[25] ?? -1;
  const interlaced = png[28] !== 0;
  const channels = channelsOfColorType[colorType];
  if (depth !== 8 || channels === undefined || interlaced) {
    throw new Error(
      `got a PNG of depth ${depth}, colour type ${colorType}${interlaced ? ', interlaced' : ''}, ` +
        'want depth 8, colour type 0, 2, 4 or 6, not interlaced',
    );
  }
  return {width: view.getUint32(16), height: view.getUint32(20), channels};
}

/** Decodes to `width * height * channels` bytes, channels interleaved. */
export async function decodePng(png: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  const header = readPngHeader(png);
  const rowBytes = header.width * header.channels;
  const filtered = await inflate(dataChunks(png), header.height * (rowBytes + 1));
  return unfilter(filtered, rowBytes, header.height, header.channels);
}

function chunkType(png: Uint8Array, chunk: number): string {
  return String.fromCharCode(...png.subarray(chunk + 4, chunk + 8));
}

function dataChunks(png: Uint8Array): Uint8Array[] {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  const parts: Uint8Array[] = [];
  // A chunk is its length, its type, its data and a CRC: 12 bytes more than its data.
  for (let chunk = 8; chunk + 12 <= png.length;) {
    const length = view.getUint32(chunk);
    const type = chunkType(png, chunk);
    if (chunk + 12 + length > png.length) {
      throw new Error(`got a PNG cut off in its ${type} chunk`);
    }
    if (type === 'IEND') {
      return parts;
    }
    if (type === 'IDAT') {
      parts.push(png.subarray(chunk + 8, chunk + 8 + length));
    }
    chunk += 12 + length;
  }
  throw new Error('got a PNG without an end');
}

/** Inflates a zlib stream that must hold exactly `size` bytes; stops reading as soon as it holds more. */
async function inflate(
  parts: readonly Uint8Array[],
  size: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const inflater = new DecompressionStream('deflate');
  const writer = inflater.writable.getWriter();
  const writing = (async () => {
    for (const part of parts) {
      await writer.write(part as Uint8Array<ArrayBuffer>);
    }
    await writer.close();
  })();
  // The reader below meets the same error; this only keeps it from being reported twice.
  writing.catch(() => undefined);

  const result = new Uint8Array(size);
  const reader = inflater.readable.getReader();
  let filled = 0;
  for (;;) {
    const {done, value} = await reader.read();
    if (done) {
      break;
    }
    if (filled + value.length > size) {
      await reader.cancel().catch(() => undefined);
      throw new Error(`got a PNG with more than the ${size} bytes of its pixels`);
    }
    result.set(value, filled);
    filled += value.length;
  }
  if (filled !== size) {
    throw new Error(`got a PNG with ${filled} bytes of pixels, want ${size}`);
  }
  return result;
}

/** Undoes the filter of each row. `step` is the distance to the same channel of the pixel before. */
function unfilter(
  filtered: Uint8Array,
  rowBytes: number,
  rows: number,
  step: number,
): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(rowBytes * rows);
  for (let row = 0; row < rows; row++) {
    const from = row * (rowBytes + 1) + 1;
    const to = row * rowBytes;
    const filter = filtered[from - 1]!;
    // The row above the first one counts as zeros: Up is then None, Paeth is Sub, and Average halves the left alone.
    const above = row === 0 ? -1 : to - rowBytes;
    if (filter === 0 || (filter === 2 && above < 0)) {
      out.set(filtered.subarray(from, from + rowBytes), to);
    } else if (filter === 2) {
      for (let i = 0; i < rowBytes; i++) {
        out[to + i] = filtered[from + i]! + out[above + i]!;
      }
    } else if (filter === 1 || (filter === 4 && above < 0)) {
      for (let i = 0; i < rowBytes; i++) {
        out[to + i] = filtered[from + i]! + (i < step ? 0 : out[to + i - step]!);
      }
    } else if (filter === 3) {
      for (let i = 0; i < rowBytes; i++) {
        const left = i < step ? 0 : out[to + i - step]!;
        const up = above < 0 ? 0 : out[above + i]!;
        out[to + i] = filtered[from + i]! + ((left + up) >> 1);
      }
    } else if (filter === 4) {
      for (let i = 0; i < rowBytes; i++) {
        const left = i < step ? 0 : out[to + i - step]!;
        const upLeft = i < step ? 0 : out[above + i - step]!;
        out[to + i] = filtered[from + i]! + paeth(left, out[above + i]!, upLeft);
      }
    } else {
      throw new Error(`got a PNG row with filter ${filter}, want 0 to 4`);
    }
  }
  return out;
}

function paeth(left: number, up: number, upLeft: number): number {
  const estimate = left + up - upLeft;
  const toLeft = Math.abs(estimate - left);
  const toUp = Math.abs(estimate - up);
  const toUpLeft = Math.abs(estimate - upLeft);
  if (toLeft <= toUp && toLeft <= toUpLeft) {
    return left;
  }
  return toUp <= toUpLeft ? up : upLeft;
}
