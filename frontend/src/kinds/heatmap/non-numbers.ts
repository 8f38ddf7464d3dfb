// SPDX-License-Identifier: Apache-2.0
/** Which of the values of heatmaps are no numbers, and what their colours mean. */
import {mapEnd, type Colormap} from '../../pixels/colormaps.js';
import type {DecodedRaster} from '../../pixels/raster.js';
import {infinityLegend, noValueLegend, type LegendEntry} from '../legend.js';
import type {HeatmapPicture} from './picture.js';
import {largestNumber} from './values.js';

/** What occurs in some pictures. */
export interface NonNumbers {
  /** How many of the pictures hold NaN. */
  readonly nan: number;
  readonly negativeInfinity: boolean;
  readonly positiveInfinity: boolean;
}

export const NUMBERS_ONLY: NonNumbers = {
  nan: 0,
  negativeInfinity: false,
  positiveInfinity: false,
};

const knownNonNumbers = new WeakMap<DecodedRaster, NonNumbers>();

function nonNumbersOfRaster(raster: DecodedRaster): NonNumbers {
  const largest = raster.bits === 32 ? undefined : largestNumber(raster.bits);
  const holds = (number: number, code: number): boolean =>
    raster.data.includes(largest === undefined ? number : largest + code);
  const found = knownNonNumbers.get(raster) ?? {
    negativeInfinity: holds(-Infinity, 1),
    positiveInfinity: holds(Infinity, 2),
    nan: Number(holds(NaN, 3)),
  };
  knownNonNumbers.set(raster, found);
  return found;
}

export function nonNumbersOf(pictures: readonly HeatmapPicture[]): NonNumbers {
  const found = [...new Set(pictures.map(({raster}) => raster))].map(nonNumbersOfRaster);
  return {
    nan: found.reduce((sum, {nan}) => sum + nan, 0),
    negativeInfinity: found.some(({negativeInfinity}) => negativeInfinity),
    positiveInfinity: found.some(({positiveInfinity}) => positiveInfinity),
  };
}

/** What stands for them in pictures of these colours. */
export function nonNumberLegend(
  map: Colormap,
  {nan, negativeInfinity, positiveInfinity}: NonNumbers,
): readonly LegendEntry[] {
  return [
    ...(negativeInfinity ? [infinityLegend(mapEnd(map, 0), '\u2212∞')] : []),
    ...(positiveInfinity ? [infinityLegend(mapEnd(map, 1), '+∞')] : []),
    ...(nan > 0 ? [noValueLegend('NaN')] : []),
  ];
}
