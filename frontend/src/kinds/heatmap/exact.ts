// SPDX-License-Identifier: Apache-2.0
/**
 * Draws the numbers of a heatmap of 32 bits. They become levels as they are painted, over the range that is shown, so that all levels
 * are there for it, however far from it other numbers lie.
 */
import {noLabel, type Labelled} from '../../pixels/labels.js';
import {averageLut} from '../../pixels/lut-operation.js';
import type {Lut} from '../../pixels/lut.js';
import {LastResults} from '../../pixels/memo.js';
import {sampleOperation, type SampleOperation} from '../../pixels/operation.js';
import type {FloatRaster, Range, Raster} from '../../pixels/raster.js';
import {clamp} from '../../clamp.js';
import type {HeatmapPicture} from './picture.js';
import {largestNumber, thresholdLabels, valueFunctions, type Levels} from './values.js';

/** Beyond either end of what is shown, as a part of it, that levels reach: numbers there are not those of the end. */
const MARGIN = 1 / 16;

const LARGEST = largestNumber(16);

/** What the levels mean, as parts of the range that is shown. */
export const shownLevels: Levels = {raster: {bits: 16}, range: [-MARGIN, 1 + MARGIN]};

/** A number's level is (number - low) * perNumber + first. */
interface Scale {
  readonly low: number;
  readonly perNumber: number;
  readonly first: number;
}

/** In an empty range (low = high) its number is the middle, as in `heatmapLut`. */
function scaleOf([low, high]: Range): Scale {
  const perShown = LARGEST / (1 + 2 * MARGIN);
  return high > low
    ? {low, perNumber: perShown / (high - low), first: MARGIN * perShown}
    : {low, perNumber: LARGEST_FLOAT, first: LARGEST / 2};
}

const LARGEST_FLOAT = 3e38;

// The low end is in two parts, because single precision would move it. Halved, because differences may be too large.
const glsl = `
  int level = codeOf(raster.r, -1);
  if (level > 0) level += ${LARGEST};
  else {
    float above = 0.5 * uintBitsToFloat(raster.r) - NAME_low - NAME_lowRest;
    level = int(floor(clamp(above * NAME_perHalf + NAME_first, 0.0, ${LARGEST}.0) + 0.5));
  }
  color = look(NAME_lut, level + (onStripe ? NAME_stripeOffset : 0));`;

/** `lut` has the colours of `shownLevels`. */
export function drawExact(raster: FloatRaster, shown: Range, lut: Lut): SampleOperation {
  const {solid, stripe} = lut;
  const isPlain = solid === stripe;
  const {low, perNumber, first} = scaleOf(shown);
  const half = Math.fround(low / 2);
  return sampleOperation({
    name: 'heatmapExact',
    grid: raster,
    rasters: {raster},
    tables: {lut: {type: 'colors', tables: isPlain ? [solid] : [solid, stripe]}},
    ints: {stripeOffset: isPlain ? 0 : solid.length},
    floats: {
      low: half,
      lowRest: low / 2 - half,
      perHalf: Math.min(2 * perNumber, LARGEST_FLOAT),
      first,
    },
    functions: [valueFunctions],
    glsl,
    colors(rasters) {
      const levels = levelsOf(rasters.raster, shown);
      return Uint32Array.from(levels, (level) => solid[level]!);
    },
    average: (rasters, sampling) => averageLut(levelsOf(rasters.raster, shown), lut, sampling),
  });
}

/** The nearest levels of numbers; beyond what levels reach, the nearer end. */
function levelsOf({data}: FloatRaster, shown: Range): Uint16Array {
  const {low, perNumber, first} = scaleOf(shown);
  const levels = new Uint16Array(data.length);
  for (let i = 0; i < levels.length; i++) {
    const number = data[i]!;
    levels[i] = Number.isFinite(number)
      ? Math.round(clamp((number - low) * perNumber + first, 0, LARGEST))
      : LARGEST + (Number.isNaN(number) ? 3 : number < 0 ? 1 : 2);
  }
  return levels;
}

/** By the labels' raster: less than the threshold, at least it, and NaN. */
const exactLabels = Uint32Array.of(0, 1, noLabel, ...Array<number>(253).fill(noLabel));

/** Panes ask again whenever anything about them changes. */
const lastLabels = new LastResults<Raster>();

/** As the table of a picture of levels: 1 where a number is at least `threshold`, 0 where it is less, `noLabel` for NaN. */
function labelExact(numbers: FloatRaster, threshold: number): Labelled {
  const raster = lastLabels.get(numbers, [threshold], () => {
    const {width, height} = numbers;
    const data = new Uint8Array(width * height);
    for (let i = 0; i < data.length; i++) {
      const number = numbers.data[i]!;
      data[i] = number >= threshold ? 1 : Number.isNaN(number) ? 2 : 0;
    }
    return {width, height, channels: 1, bits: 8, data};
  });
  return {raster, labels: exactLabels};
}

/** 1 where a picture is at least `threshold`, 0 where it is less, `noLabel` for NaN; `tableOf` gets the table of one of levels. */
export function labelReached(
  {raster, range}: HeatmapPicture,
  threshold: number,
  tableOf = thresholdLabels,
): Labelled {
  return raster.bits === 32
    ? labelExact(raster, threshold)
    : {raster, labels: tableOf({raster, range}, threshold)};
}
