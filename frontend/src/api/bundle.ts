// SPDX-License-Identifier: Apache-2.0
/** Reads the binary answer of `frames`: a JSON header, then the PNGs of all its pictures. */
import {readFrame} from './answers.js';
import {AnswerError, readCount, readList, readObject} from './reading.js';
import type {Bundle} from './types.js';

const MAGIC = 'PRS1';
/** Bytes of the magic and of the header's length. */
const PREFIX = 8;

/**
 * The binary answer of `frames`. The blobs are views of `bytes`' buffer.
 *
 * Throws an `AnswerError` for anything that `http_api.md` does not describe; no offset is followed unchecked.
 */
export function parseBundle(bytes: Uint8Array<ArrayBuffer>): Bundle {
  if (bytes.length < PREFIX) {
    throw new AnswerError(`The pictures' answer is cut off: got ${bytes.length} bytes`);
  }
  const magic = String.fromCharCode(...bytes.subarray(0, 4));
  if (magic !== MAGIC) {
    throw new AnswerError(
      `The pictures' answer is not understood: it begins with ${JSON.stringify(magic)}, want ${MAGIC}`,
    );
  }
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(4, true);
  const start = PREFIX + length;
  if (start > bytes.length) {
    throw new AnswerError(
      `The pictures' answer is cut off: got ${bytes.length} bytes, the header alone wants ${start}`,
    );
  }
  const header = readObject(parseJson(bytes.subarray(PREFIX, start)), 'frames');
  const blobs = new Map<string, Uint8Array<ArrayBuffer>>();
  for (const [digest, place] of Object.entries(readObject(header.blobs, 'blobs'))) {
    const [offset, size, ...more] = readList(place, `blobs.${digest}`, (value, at) =>
      readCount(value, at),
    );
    if (offset === undefined || size === undefined || more.length > 0) {
      throw new AnswerError(
        `The pictures' answer is not understood: blobs.${digest} wants an offset and a length`,
      );
    }
    if (start + offset + size > bytes.length) {
      throw new AnswerError(
        `The pictures' answer is cut off: ${digest} ends at ${start + offset + size} of ${bytes.length} bytes`,
      );
    }
    blobs.set(digest, bytes.subarray(start + offset, start + offset + size));
  }
  return {
    frames: readList(header.frames, 'frames', readFrame),
    blobs,
    omitted: readCount(header.omitted, 'omitted'),
  };
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', {fatal: true}).decode(bytes)) as unknown;
  } catch (error) {
    throw new AnswerError(
      `The pictures' answer is not understood: its header is not JSON (${String(error)})`,
    );
  }
}
