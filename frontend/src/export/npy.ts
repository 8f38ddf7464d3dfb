// SPDX-License-Identifier: Apache-2.0
/** Writes arrays as NumPy's files (https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html), version 1.0. */
import type {PixelValues} from '../kinds/pixel-values.js';

const MAGIC = [0x93, ...new TextEncoder().encode('NUMPY'), 1, 0];
/** The header ends at a multiple of it. */
const ALIGNMENT = 64;

/** Typed arrays have the byte order of the machine; there is no browser for one that is not little-endian. */
const DTYPES: Readonly<Record<string, string>> = {
  Uint8Array: '|u1',
  Uint16Array: '<u2',
  Int32Array: '<i4',
  BigInt64Array: '<i8',
  Float32Array: '<f4',
};

export function writeNpy({data, shape}: PixelValues): Blob {
  const dtype = DTYPES[data.constructor.name];
  if (dtype === undefined) {
    throw new Error(
      `got a ${data.constructor.name}, want one of ${Object.keys(DTYPES).join(', ')}`,
    );
  }
  const text = `{'descr': '${dtype}', 'fortran_order': False, 'shape': (${shape.join(', ')}${shape.length === 1 ? ',' : ''}), }`;
  const before = MAGIC.length + 2;
  const length = Math.ceil((before + text.length + 1) / ALIGNMENT) * ALIGNMENT - before;
  const header = new TextEncoder().encode(`${text.padEnd(length - 1)}\n`);
  const start = Uint8Array.from([...MAGIC, length & 255, length >> 8]);
  return new Blob([start, header, data as BlobPart], {type: 'application/octet-stream'});
}
