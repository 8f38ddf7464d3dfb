// SPDX-License-Identifier: Apache-2.0
import {expect, it} from 'vitest';
import {writeNpy} from './npy.js';

it('writes a header of a multiple of 64 bytes, then the numbers', async () => {
  const data = Float32Array.of(1.5, NaN, -Infinity, 4, 5, 6);
  const bytes = new Uint8Array(await writeNpy({data, shape: [2, 3]}).arrayBuffer());
  expect([...bytes.subarray(0, 10)]).toEqual([0x93, 78, 85, 77, 80, 89, 1, 0, 118, 0]);
  const text = new TextDecoder().decode(bytes.subarray(10, 128));
  expect(text).toMatch(/^\{'descr': '<f4', 'fortran_order': False, 'shape': \(2, 3\), \} *\n$/);
  expect(new Float32Array(bytes.slice(128).buffer)).toEqual(data);
});

it('writes one dimension as the tuple that it is', async () => {
  const file = writeNpy({data: BigInt64Array.of(-1n), shape: [1]});
  expect(await file.text()).toContain("'descr': '<i8', 'fortran_order': False, 'shape': (1,), }");
});
