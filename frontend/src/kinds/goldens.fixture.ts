// SPDX-License-Identifier: Apache-2.0
import {readFileSync} from 'node:fs';

import {paletteOf} from './mask/palette.js';
import type {HeatmapPicture} from './heatmap/picture.js';
import type {ImagePicture} from './image/picture.js';
import type {MaskPicture} from './mask/picture.js';
import type {Palette} from './classes.js';
import type {Range, Raster} from '../pixels/raster.js';

/** What `tests/frontend_golden/make.py` worked out in NumPy, by case and name. */
const goldens = JSON.parse(
  readFileSync(new URL('../../../tests/frontend_golden/goldens.json', import.meta.url), 'utf8'),
) as Record<string, Record<string, number[] | number>>;

export function golden(test: string, name: string): number[] {
  const value = goldens[test]?.[name];
  if (value === undefined) {
    throw new Error(`no golden ${test}.${name}`);
  }
  return [value].flat();
}

export function raster(
  values: readonly number[],
  width: number,
  channels: Raster['channels'] = 1,
  bits: Raster['bits'] = 8,
): Raster {
  const data = bits === 8 ? Uint8Array.from(values) : Uint16Array.from(values);
  return {width, height: values.length / width / channels, channels, bits, data};
}

export function image(
  values: readonly number[],
  width: number,
  channels: 1 | 2 | 3 | 4,
  bits: 8 | 16 = 8,
): ImagePicture {
  return {kind: 'image', raster: raster(values, width, channels, bits)};
}

export function heatmap(values: readonly number[], width: number, range: Range): HeatmapPicture {
  return {kind: 'heatmap', raster: raster(values, width, 1, 16), range};
}

/** Numbers of 32 bits over the range of the finite ones. */
export function exactHeatmap(values: readonly number[], width: number): HeatmapPicture {
  const data = Float32Array.from(values);
  const finite = data.filter(Number.isFinite);
  return {
    kind: 'heatmap',
    raster: {width, height: values.length / width, channels: 1, bits: 32, data},
    range: [Math.min(...finite), Math.max(...finite)],
  };
}

export function mask(
  values: readonly number[],
  width: number,
  palette: Palette,
  ids?: readonly number[],
): MaskPicture {
  return {kind: 'mask', raster: raster(values, width), palette, ids};
}

/** The classes 0, 3 and 7 of the goldens in their colours; 255 is ignored. */
export function maskCase(): {truth: MaskPicture; a: MaskPicture; b: MaskPicture} {
  const colors = golden('mask', 'colors');
  const hex = (at: number) => `#${Buffer.from(colors.slice(at, at + 3)).toString('hex')}`;
  const palette = paletteOf(
    [
      {id: 0, color: hex(0)},
      {id: 3, color: hex(4)},
      {id: 7, color: hex(8)},
    ],
    [255],
  );
  return {
    truth: mask(golden('mask', 'truth'), 6, palette),
    a: mask(golden('mask', 'a'), 6, palette, golden('mask', 'idsOfA')),
    b: mask(golden('mask', 'b'), 6, palette),
  };
}

/** The truth and two predictions of the goldens. */
export function heatmapCase(): {truth: HeatmapPicture; a: HeatmapPicture; b: HeatmapPicture} {
  const range = golden('heatmap', 'range') as [number, number];
  const picture = (name: string) => heatmap(golden('heatmap', name), 6, range);
  return {truth: picture('truth'), a: picture('a'), b: picture('b')};
}

export function thresholdCase(): {truth: HeatmapPicture; prediction: HeatmapPicture} {
  return {
    truth: heatmap(golden('threshold', 'truth'), 8, [0, 1]),
    prediction: heatmap(golden('threshold', 'prediction'), 8, [0, 1]),
  };
}
