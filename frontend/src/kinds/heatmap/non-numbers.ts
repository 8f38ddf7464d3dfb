// SPDX-License-Identifier: Apache-2.0
/** Which of the values of heatmaps are no numbers, and what their colours mean. */
import {mapEnd, type Colormap} from '../../pixels/colormaps.js';
import type {DecodedRaster} from '../../pixels/raster.js';
import {
  brokenLegend,
  infinityLegend,
  notJudgedLegend,
  noValueLegend,
  type LegendEntry,
  type PairNames,
} from '../legend.js';
import type {HeatmapDifference, HeatmapPicture} from './picture.js';
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

/** What they look like in a difference; `how` is `null` in `drawVersus`. */
export function missingNumbersLegend(
  truth: HeatmapPicture,
  {nan, negativeInfinity, positiveInfinity}: NonNumbers,
  names: PairNames,
  how: HeatmapDifference['how'] | null,
): readonly LegendEntry[] {
  const isOfTruth = names.isJudged || how === null;
  // Whose NaN it is, is known of the ground truth only.
  const inA = isOfTruth ? nonNumbersOf([truth]).nan : Math.min(nan, 1);
  const inOthers = isOfTruth ? nan - inA : nan;
  const isBroken = negativeInfinity || positiveInfinity || inOthers > 0;
  const showsBroken = how !== null && how !== 'threshold' && how !== 'changed';
  return [
    ...(inA > 0 ? [notJudgedLegend(`${how === null ? 'ground truth' : names.a} is NaN`)] : []),
    ...(isBroken && showsBroken ? [brokenLegend('only one is a number')] : []),
  ];
}
