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

/**
 * Undoes the filter of each row, in the memory of the rows themselves: each pixel moves towards the start, by the bytes that
 * name the filters. `step` is the distance to the same channel of the pixel before.
 */
function unfilter(
  bytes: Uint8Array<ArrayBuffer>,
  rowBytes: number,
  rows: number,
  step: number,
): Uint8Array<ArrayBuffer> {
  for (let row = 0; row < rows; row++) {
    const from = row * (rowBytes + 1) + 1;
    const to = row * rowBytes;
    const filter = bytes[from - 1]!;
    // The row above the first one counts as zeros: Up is then None, Paeth is Sub, and Average halves the left alone.
    const isFirst = row === 0;
    if (filter === 0 || (filter === 2 && isFirst)) {
      bytes.copyWithin(to, from, from + rowBytes);
    } else if (filter === 1 || (filter === 4 && isFirst)) {
      addLeft(bytes, from, to, rowBytes, step);
    } else if (filter === 2) {
      addUp(bytes, from, to, rowBytes);
    } else if (filter === 3 && step === 3 && !isFirst) {
      addAverage3(bytes, from, to, rowBytes);
    } else if (filter === 3) {
      addAverage(bytes, from, to, rowBytes, step, isFirst);
    } else if (filter === 4) {
      addPaeth(bytes, from, to, rowBytes, step);
    } else {
      throw new Error(`got a PNG row with filter ${filter}, want 0 to 4`);
    }
  }
  return bytes.subarray(0, rows * rowBytes);
}

// One loop for each filter, without questions in it: these meet every byte of every photograph.

function addLeft(bytes: Uint8Array, from: number, to: number, count: number, step: number): void {
  bytes.copyWithin(to, from, from + Math.min(step, count));
  for (let i = step; i < count; i++) {
    bytes[to + i] = bytes[from + i]! + bytes[to + i - step]!;
  }
}

function addUp(bytes: Uint8Array, from: number, to: number, count: number): void {
  const above = to - count;
  for (let i = 0; i < count; i++) {
    bytes[to + i] = bytes[from + i]! + bytes[above + i]!;
  }
}

function addAverage(
  bytes: Uint8Array,
  from: number,
  to: number,
  count: number,
  step: number,
  isFirst: boolean,
): void {
  const above = to - count;
  for (let i = 0; i < count; i++) {
    const left = i < step ? 0 : bytes[to + i - step]!;
    const up = isFirst ? 0 : bytes[above + i]!;
    bytes[to + i] = bytes[from + i]! + ((left + up) >> 1);
  }
}

/** As `addAverage`, of three channels, which most photographs have. */
function addAverage3(bytes: Uint8Array, from: number, to: number, count: number): void {
  const above = to - count;
  let [red, green, blue] = [0, 0, 0];
  for (let i = 0; i < count; i += 3) {
    red = (bytes[from + i]! + ((red + bytes[above + i]!) >> 1)) & 255;
    green = (bytes[from + i + 1]! + ((green + bytes[above + i + 1]!) >> 1)) & 255;
    blue = (bytes[from + i + 2]! + ((blue + bytes[above + i + 2]!) >> 1)) & 255;
    bytes[to + i] = red;
    bytes[to + i + 1] = green;
    bytes[to + i + 2] = blue;
  }
}

function addPaeth(bytes: Uint8Array, from: number, to: number, count: number, step: number): void {
  const above = to - count;
  // With neither a left nor an upper left the estimate is the one above.
  for (let i = 0; i < Math.min(step, count); i++) {
    bytes[to + i] = bytes[from + i]! + bytes[above + i]!;
  }
  for (let i = step; i < count; i++) {
    const left = bytes[to + i - step]!;
    const up = bytes[above + i]!;
    const upLeft = bytes[above + i - step]!;
    // How far each is from left + up - upLeft.
    const toLeft = Math.abs(up - upLeft);
    const toUp = Math.abs(left - upLeft);
    const toUpLeft = Math.abs(left + up - 2 * upLeft);
    const nearest = toLeft <= toUp && toLeft <= toUpLeft ? left : toUp <= toUpLeft ? up : upLeft;
    bytes[to + i] = bytes[from + i]! + nearest;
  }
}
