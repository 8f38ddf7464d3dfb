// SPDX-License-Identifier: Apache-2.0
import {expect, it} from 'vitest';
import {decodePng} from '../decode/png.js';
import type {Raster} from '../pixels/raster.js';
import {writePng} from './png-writing.js';

it.each([1, 2, 3, 4] as const)('writes bytes of %i channels as they are', async (channels) => {
  const data = Uint8Array.from({length: 5 * 3 * channels}, (_, i) => (i * 89) & 255);
  const raster: Raster = {width: 5, height: 3, channels, bits: 8, data};
  const png = new Uint8Array(await (await writePng({raster})).arrayBuffer());
  expect(await decodePng(png)).toEqual(data);
});
