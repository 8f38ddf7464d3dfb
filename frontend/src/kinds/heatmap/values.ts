// SPDX-License-Identifier: Apache-2.0
/** What the stored values of a heatmap mean, on the CPU and in GLSL. */
import {noLabel} from '../../pixels/labels.js';
import {storedValues} from '../../pixels/lut.js';
import {Memo} from '../../pixels/memo.js';
import type {Table} from '../../pixels/operation.js';
import type {HeatmapPicture} from './picture.js';
import type {DecodedRaster, Range, Raster} from '../../pixels/raster.js';

/** The largest stored value that is a number; the three above it are -inf, +inf and NaN (docs/format.md, "Heatmap values"). */
export function largestNumber(bits: Raster['bits']): number {
  return storedValues(bits) - 4;
}

/** How a picture of 8 or 16 bits says its numbers. */
export interface Levels {
  readonly raster: {readonly bits: Raster['bits']};
  readonly range: Range;
}

/** What a level means, in the heatmap's units. */
export function heatmapValue({raster, range}: Levels, stored: number): number {
  const largest = largestNumber(raster.bits);
  if (stored <= largest) {
    return range[0] + (stored / largest) * (range[1] - range[0]);
  }
  return [-Infinity, Infinity][stored - largest - 1] ?? NaN;
}

/** The number of a pixel, by its index, in the heatmap's units. */
export function valueReader(picture: HeatmapPicture): (pixel: number) => number {
  const {raster, range} = picture;
  if (raster.bits === 32) {
    const numbers = raster.data;
    return (pixel) => numbers[pixel]!;
  }
  const levels = raster.data;
  const values = valueTable({raster, range});
  return (pixel) => values[levels[pixel]!]!;
}

const knownExtremes = new WeakMap<DecodedRaster, Range>();

/** The smallest and the largest number that occur, as they are stored; infinite the wrong way where none does. */
function storedExtremes({data, bits}: DecodedRaster): Range {
  const largest = bits === 32 ? Number.MAX_VALUE : largestNumber(bits);
  let [low, high] = [Infinity, -Infinity];
  for (const value of data) {
    if (value >= -Number.MAX_VALUE && value <= largest) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  return [low, high];
}

/** The smallest and the largest number that occur; NaN where none does. */
export function extremesOf({raster, range}: HeatmapPicture): Range {
  const stored = knownExtremes.get(raster) ?? storedExtremes(raster);
  knownExtremes.set(raster, stored);
  const [low, high] = stored;
  if (low > high) {
    return [NaN, NaN];
  }
  return raster.bits === 32
    ? stored
    : [heatmapValue({raster, range}, low), heatmapValue({raster, range}, high)];
}

/** 16 of 16 bits: those of the pictures in sight. */
const TABLE_BYTES = 4 * 2 ** 20;

const knownTables = new Memo<Float32Array>(TABLE_BYTES, ({byteLength}) => byteLength);

/** `heatmapValue` of every stored value, in single precision: what a GPU can hold too, so both compute with the same numbers. */
function valueTable(levels: Levels): Float32Array {
  return knownTables.get(tableKey(levels), () =>
    new Float32Array(storedValues(levels.raster.bits)).map((_, stored) =>
      heatmapValue(levels, stored),
    ),
  );
}

function tableKey({raster: {bits}, range}: Levels): string {
  return `${bits} ${range.join()}`;
}

/** The table of `numberOf` in GLSL; of numbers of 32 bits, which need none, an empty one. */
export function valueTexture({raster, range}: HeatmapPicture): Table {
  if (raster.bits === 32) {
    return {type: 'values', key: 'none', values: () => new Float32Array(256)};
  }
  return {
    type: 'values',
    key: tableKey({raster, range}),
    values: () => valueTable({raster, range}).map((value) => (Number.isFinite(value) ? value : 0)),
  };
}

/** What GLSL gets as `largest` of a raster: its largest level that is a number, -1 where numbers themselves are stored. */
export function largestLevel({bits}: DecodedRaster): number {
  return bits === 32 ? -1 : largestNumber(bits);
}

/**
 * GLSL. `codeOf` says what a stored value is: 0 a number, 1 -inf, 2 +inf, 3 NaN, which not every GPU keeps as such. `numberOf` is the
 * number, where it is one.
 */
export const valueFunctions = `
  int codeOf(uint stored, int largest) {
    if (largest >= 0) return max(int(stored) - largest, 0);
    if ((stored & 0x7f800000u) != 0x7f800000u) return 0;
    return (stored & 0x7fffffu) != 0u ? 3 : (stored >> 31) != 0u ? 1 : 2;
  }
  float numberOf(uint stored, int largest, sampler2D values) {
    return largest < 0 ? uintBitsToFloat(stored) : look(values, int(stored)).r;
  }`;

/** 1 where the value is at least `threshold`, 0 where it is less, `noLabel` for NaN. */
export function thresholdLabels(levels: Levels, threshold: number): Uint32Array {
  const table = new Uint32Array(storedValues(levels.raster.bits));
  return table.map((_, stored) => {
    const value = heatmapValue(levels, stored);
    return Number.isNaN(value) ? noLabel : Number(value >= threshold);
  });
}
