// SPDX-License-Identifier: Apache-2.0
/** A number per pixel. */
import {colormapNames, type ColormapName} from '../../pixels/colormaps.js';
import type {Range} from '../../pixels/raster.js';
import {chosenRange, type Kind} from '../kind.js';
import {meanOver, numberLabels} from '../values.js';
import {isBeyond} from './colors.js';
import {comparison} from './comparison.js';
import {drawHeatmap, drawHeatmapGround} from './drawing.js';
import {legends} from './legends.js';
import {NUMBERS_ONLY, nonNumbersOf} from './non-numbers.js';
import {levelPixels, numbersOf, numberValues} from './numbers.js';
import type {HeatmapDisplay, HeatmapPicture} from './picture.js';
import {describeTag, readTag} from './tag.js';
import {errorText, unitText, valueText} from './texts.js';
import {scoreAt} from './threshold.js';
import {HeatmapThresholdSearch, truthValues} from './threshold-search.js';
import {extremesOf, valueReader} from './values.js';

export const heatmap: Kind<'heatmap'> = {
  ...comparison,
  ...legends,
  name: 'heatmap',
  defaultDisplay: {
    range: null,
    exceeds: {below: false, above: false},
    nonNumbers: NUMBERS_ONLY,
    colormap: 'viridis',
    reversed: false,
    threshold: null,
    thresholdColor: 0xf57c00,
  },
  isTranslucent: false,
  hasClasses: false,
  ownMetrics: {names: ['mae', 'rmse'], whyNone: 'no pixel is finite in both pictures'},
  controls: ['range', 'colormap'],

  readTag,
  describeTag,
  build: ({range, colormap: map, unit}, stored, raster) => ({
    kind: 'heatmap',
    raster,
    range: stored.range ?? range ?? [0, 1],
    shown: stored.shown ?? range,
    colormap: map,
    unit,
    dtype: stored.dtype,
    clipped: stored.clipped,
  }),

  display({choice}, pictures) {
    const range = chosenRange(choice, 'heatmap', pictures.map(numbersOf));
    return {
      ...heatmap.defaultDisplay,
      range,
      exceeds: exceededEnds(range, pictures),
      nonNumbers: nonNumbersOf(pictures),
      colormap:
        knownColormap(choice.colormap) ??
        knownColormap(pictures[0]?.colormap) ??
        heatmap.defaultDisplay.colormap,
      threshold: choice.threshold,
    };
  },
  draw: drawHeatmap,
  drawGround: drawHeatmapGround,

  thresholdReach: ({range = [0, 1]}) => range,
  hasOutlines: ({display: {threshold}}) => threshold !== null,
  drawOutlined: drawHeatmap,

  valueTexts(picture, pixel) {
    const text = valueText(picture, pixel);
    const {unit} = picture;
    return [unit === undefined || unit === '' ? text : `${text} ${unit}`];
  },
  isJudged: () => true,
  differenceText(truth, at, prediction, other) {
    const error = errorText(truth, at, prediction, other);
    return error === '' ? '' : `Δ ${error}`;
  },
  pixelLabels: (picture, pixel) => numberLabels([valueText(picture, pixel)]),
  differenceLabels(truth, at, prediction, other) {
    const error = errorText(truth, at, prediction, other);
    return numberLabels(error === '' ? [] : [error]);
  },

  distance(a, b) {
    const [aAt, bAt] = [valueReader(a), valueReader(b)];
    const value = meanOver(a.raster.data.length, (pixel) => Math.abs(bAt(pixel) - aAt(pixel)));
    return value === undefined
      ? undefined
      : {value, name: 'mean |Δ|', unit: unitText(a), isShare: false};
  },

  values: numberValues,
  fitsPng: ({raster}) => raster.bits < 32,
  pngPixels: levelPixels,
  numbers: numbersOf,
  rangeShown: (display, {range}) => display.range ?? range,
  thresholdScore: scoreAt,
  truthValues,
  thresholdSearch: (ends) => new HeatmapThresholdSearch(ends),
  confusion: () => undefined,
  classes: () => [],
  classStyle: () => undefined,

  colorKey: ({range, colormap: map, reversed, threshold, thresholdColor}) => [
    range,
    map,
    reversed,
    threshold,
    thresholdColor,
  ],
  isShownAsStored: () => false,
};

function exceededEnds(
  range: Range | null,
  pictures: readonly HeatmapPicture[],
): HeatmapDisplay['exceeds'] {
  const found = range === null ? [] : pictures.map(extremesOf);
  const isAny = (end: 0 | 1) => found.some((ends) => isBeyond(ends[end], range!));
  return {below: isAny(0), above: isAny(1)};
}

function knownColormap(name: string | null | undefined): ColormapName | undefined {
  return colormapNames.find((known) => known.toLowerCase() === name?.toLowerCase());
}
