// SPDX-License-Identifier: Apache-2.0
import {deflateSync} from 'node:zlib';

export interface PngParts {
  readonly width: number;
  readonly height: number;
  readonly colorType?: number;
  readonly depth?: number;
  readonly interlace?: number;
  /** Rows as the file holds them: a filter byte, then its bytes. */
  readonly rows: readonly (readonly number[])[];
  /** Into how many IDAT chunks the pixels are cut. */
  readonly cuts?: number;
}

export function png({
  width,
  height,
  colorType = 0,
  depth = 8,
  interlace = 0,
  rows,
  cuts = 1,
}: PngParts): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([depth, colorType, 0, 0, interlace], 8);
  const pixels = deflateSync(Buffer.from(rows.flat()));
  const length = Math.ceil(pixels.length / cuts);
  const parts = Array.from({length: cuts}, (_, i) => pixels.subarray(i * length, (i + 1) * length));
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('tEXt', Buffer.from('Comment\0to be skipped')),
    ...parts.map((part) => chunk('IDAT', part)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  return Buffer.concat([length, Buffer.from(type), data, Buffer.alloc(4)]);
}
