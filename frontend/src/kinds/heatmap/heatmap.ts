// SPDX-License-Identifier: Apache-2.0
/** A number per pixel. */
import {cssColor, opaque, transparent} from '../../pixels/color.js';
import {
  colormap,
  colormapNames,
  denseColormap,
  mapEnd,
  type ColormapName,
} from '../../pixels/colormaps.js';
import {countFloats, countLevels, type Numbers} from '../../pixels/distribution.js';
import {groundLut, middleGround} from '../../pixels/ground.js';
import type {Labelled} from '../../pixels/labels.js';
import {drawLut} from '../../pixels/lut-operation.js';
import type {Lut} from '../../pixels/lut.js';
import {identity} from '../../pixels/memo.js';
import type {SampleOperation} from '../../pixels/operation.js';
import {drawOutcomes} from '../../pixels/outcomes.js';
import {
  amountsThatDiffer,
  CHANGED,
  CHANGED_PART,
  changedLegend,
  DIFFERS,
  differingColor,
  drawChanged,
  drawDiffering,
  signedAmountsThatDiffer,
} from '../differing.js';
import {chosenRange, type Kind} from '../kind.js';
import {beyondLegend, closerLegend, legendScale, legendText, outcomeLegend} from '../legend.js';
import {drawWrong} from '../mask/wrong.js';
import type {Range} from '../../pixels/raster.js';
import type {Tables} from '../tables.js';
import {formatNumber} from '../../texts/numbers.js';
import {meanOver, numberLabels} from '../values.js';
import {heatmapLut, isBeyond} from './colors.js';
import {drawHeatmapDifference} from './difference.js';
import {drawExact, labelReached, shownLevels} from './exact.js';
import {missingNumbersLegend, NUMBERS_ONLY, nonNumberLegend, nonNumbersOf} from './non-numbers.js';
import {levelPixels, numberValues} from './numbers.js';
import type {HeatmapDifference, HeatmapDisplay, HeatmapPicture} from './picture.js';
import {describeTag, readTag} from './tag.js';
import {errorText, valueText} from './texts.js';
import {scoreAt} from './threshold.js';
import {HeatmapThresholdSearch, truthValues} from './threshold-search.js';
import {
  extremesOf,
  heatmapValue,
  largestNumber,
  thresholdLabels,
  valueReader,
  type Levels,
} from './values.js';
import {drawHeatmapVersus} from './versus.js';

/** Of the range: the error at full colour. Errors as large as the range itself are rare. */
const FULL_ERROR = 0.25;

export const heatmap: Kind<'heatmap'> = {
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
  differences: [
    {id: 'absolute', label: 'Absolute |Δ|', isAmount: true},
    {id: 'signed', label: 'Signed Δ', isAmount: true},
    {id: 'relative', label: 'Relative', isAmount: true},
    CHANGED,
  ],
  defaultDifference: 'signed',

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
  drawGround: (picture, display, tables) =>
    drawNumbers(picture, display, tables, (lut) =>
      tables.get(`ground ${identity(lut.solid)}`, () => groundLut(lut)),
    ),

  errorSize(truth, prediction, how) {
    if (how.how === 'threshold' || how.how === 'changed') {
      return undefined;
    }
    const limit = limitOf(how, truth);
    const [wantedAt, gotAt] = [valueReader(truth), valueReader(prediction)];
    return (pixel) => {
      const wanted = wantedAt(pixel);
      const error = Math.abs(gotAt(pixel) - wanted);
      const size = how.how === 'relative' && error > 0 ? error / Math.abs(wanted) : error;
      return Number.isFinite(size) ? size / limit : NaN;
    };
  },

  chooseDifference({difference, gain, display: {threshold}}, truth) {
    if (threshold !== null) {
      return {type: 'heatmap', how: 'threshold', threshold, truthThreshold: threshold};
    }
    if (difference === CHANGED.id) {
      return {type: 'heatmap', how: 'changed'};
    }
    const how = difference === 'absolute' || difference === 'relative' ? difference : 'signed';
    const full = how === 'relative' ? 1 : spanOf(truth) * FULL_ERROR;
    return {type: 'heatmap', how, limit: full / gain};
  },
  drawDifference(truth, prediction, how, _, tables) {
    if (how.how === 'threshold') {
      return drawOutcomes(
        thresholded(truth, how.truthThreshold, tables),
        thresholded(prediction, how.threshold, tables),
      );
    }
    if (how.how === 'changed') {
      return drawChanged(drawReached(truth, prediction), opaque(middleGround));
    }
    const limit = limitOf(how, truth);
    const map = how.how === 'absolute' ? 'magma' : 'RdBu';
    return drawHeatmapDifference(truth, prediction, how.how, limit, denseColormap(colormap(map)));
  },
  drawDiffers(truth, prediction, how, _, tables) {
    if (how.how === 'threshold') {
      const wanted = thresholded(truth, how.truthThreshold, tables);
      const {length} = wanted.labels;
      return drawDiffering(
        drawWrong(
          wanted,
          thresholded(prediction, how.threshold, tables),
          'truth',
          tables.get(`heatmap differs ${length}`, () =>
            new Uint32Array(length).fill(differingColor),
          ),
        ),
      );
    }
    if (how.how === 'changed') {
      return drawDiffering(drawReached(truth, prediction));
    }
    const limit = limitOf(how, truth);
    const isRelative = how.how === 'relative';
    return drawDiffering(
      drawHeatmapDifference(
        truth,
        prediction,
        isRelative ? 'relative' : 'absolute',
        limit,
        isRelative ? signedAmountsThatDiffer : amountsThatDiffer,
      ),
    );
  },
  differsText(truth, how, {a}) {
    if (how.how === 'threshold') {
      return `in whether it is at least ${formatNumber(how.threshold)}`;
    }
    if (how.how === 'changed') {
      return `by at least ${formatNumber(100 * CHANGED_PART)} % of the range`;
    }
    const least = DIFFERS * limitOf(how, truth);
    return how.how === 'relative'
      ? `by at least ${formatNumber(100 * least)} % of the ${a}`
      : `by at least ${formatNumber(least)}${unitText(truth)}`;
  },
  // Blue, the upper end of the reversed map, is A; red is B.
  drawVersus: (truth, a, b, gain) =>
    drawHeatmapVersus(
      truth,
      a,
      b,
      gain,
      positive(spanOf(truth) * FULL_ERROR),
      denseColormap(colormap('RdBu', true)),
    ),

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

  valueLegend(truth, display) {
    if (display.threshold !== null) {
      const color = cssColor(display.thresholdColor);
      return [{type: 'swatch', color, text: `at least ${formatNumber(display.threshold)}`}];
    }
    const [low, high] = display.range ?? truth.range;
    const map = colormap(display.colormap, display.reversed);
    const {below, above} = display.exceeds;
    const ends = [formatNumber(low), formatNumber(high)] as const;
    return [
      legendScale(map, [ends[0], ends[1] + unitText(truth)]),
      ...(below ? [beyondLegend(mapEnd(map, 0), `below ${ends[0]}`)] : []),
      ...(above ? [beyondLegend(mapEnd(map, 1), `above ${ends[1]}`)] : []),
      ...nonNumberLegend(map, display.nonNumbers),
    ];
  },
  differenceLegend(truth, request, names) {
    const how = heatmap.chooseDifference(request, truth);
    if (how.how === 'threshold') {
      return [legendText(`at least ${formatNumber(how.threshold)}`), ...outcomeLegend(names)];
    }
    if (how.how === 'changed') {
      return [changedLegend(heatmap.differsText(truth, how, names), names)];
    }
    const unit = how.how === 'relative' ? '' : unitText(truth);
    const high = formatNumber(how.limit ?? 1);
    if (how.how === 'absolute') {
      return [legendText('|error|'), legendScale(colormap('magma'), ['0', high + unit])];
    }
    const what = how.how === 'relative' ? `error / |${names.a}|` : `${names.b} − ${names.a}`;
    return [legendText(what), legendScale(colormap('RdBu'), [`−${high}`, '0', `+${high}${unit}`])];
  },
  distance(a, b) {
    const [aAt, bAt] = [valueReader(a), valueReader(b)];
    const value = meanOver(a.raster.data.length, (pixel) => Math.abs(bAt(pixel) - aAt(pixel)));
    return value === undefined
      ? undefined
      : {value, name: 'mean |Δ|', unit: unitText(a), isShare: false};
  },
  versusLegend: closerLegend,
  gapLegend(truth, {nonNumbers}, names, request) {
    const how = request && heatmap.chooseDifference(request, truth).how;
    return missingNumbersLegend(truth, nonNumbers, names, how);
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

function numbersOf(picture: HeatmapPicture): Numbers {
  const {raster, range, shown = range, unit = ''} = picture;
  const count = () =>
    raster.bits === 32
      ? countFloats(raster)
      : countLevels(raster, 0, numbersOfLevels({raster, range}));
  return {raster, channels: 1, count, stored: range, shown, unit, said: 1};
}

function numbersOfLevels(levels: Levels): Float64Array {
  const length = largestNumber(levels.raster.bits) + 1;
  return Float64Array.from({length}, (_, stored) => heatmapValue(levels, stored));
}

function drawHeatmap(
  picture: HeatmapPicture,
  display: HeatmapDisplay,
  tables: Tables,
): SampleOperation {
  const {threshold, thresholdColor} = display;
  if (threshold === null) {
    return drawNumbers(picture, display, tables);
  }
  const {raster, labels} = thresholded(picture, threshold, tables);
  const key = `heatmap above ${thresholdColor} ${identity(labels)}`;
  const colors = tables.get(key, () =>
    labels.map((label) => (label === 1 ? opaque(thresholdColor) : transparent)),
  );
  return drawLut(raster, {solid: colors, stripe: colors});
}

/** Through the colour map, whatever threshold there is. */
function drawNumbers(
  {raster, range}: HeatmapPicture,
  display: HeatmapDisplay,
  tables: Tables,
  recolor = (lut: Lut) => lut,
): SampleOperation {
  if (raster.bits === 32) {
    const lut = lutOf(shownLevels, {...display, range: [0, 1]}, tables);
    return drawExact(raster, display.range ?? range, recolor(lut));
  }
  return drawLut(raster, recolor(lutOf({raster, range}, display, tables)));
}

function lutOf(levels: Levels, display: HeatmapDisplay, tables: Tables): Lut {
  const {range, colormap: map, reversed} = display;
  const key = `heatmap colours ${levelsKey(levels)} ${range?.join()} ${map} ${reversed}`;
  return tables.get(key, () => heatmapLut(levels, display));
}

function thresholded(picture: HeatmapPicture, threshold: number, tables: Tables): Labelled {
  return labelReached(picture, threshold, (levels) =>
    tables.get(`heatmap threshold ${levelsKey(levels)} ${threshold}`, () =>
      thresholdLabels(levels, threshold),
    ),
  );
}

function levelsKey({raster, range}: Levels): string {
  return `${raster.bits} ${range.join()}`;
}

/** What the truth spans, or less where its colours are of less: an outlier must not decide how errors are shown. */
function spanOf({range, shown = range}: HeatmapPicture): number {
  return Math.min(range[1] - range[0], shown[1] - shown[0]);
}

function limitOf(
  {how, limit}: Exclude<HeatmapDifference, {readonly how: 'threshold' | 'changed'}>,
  truth: HeatmapPicture,
): number {
  return positive(limit ?? (how === 'relative' ? 1 : spanOf(truth)));
}

/** Where it differs by `CHANGED_PART` of what the colours of the prediction span. */
function drawReached(truth: HeatmapPicture, prediction: HeatmapPicture): SampleOperation {
  const [low, high] = prediction.shown ?? prediction.range;
  const limit = positive(((high - low) * CHANGED_PART) / DIFFERS);
  return drawHeatmapDifference(truth, prediction, 'absolute', limit, amountsThatDiffer);
}

/** An error can't be measured against nothing. */
function positive(limit: number): number {
  return limit > 0 ? limit : 1;
}

function unitText({unit}: HeatmapPicture): string {
  return unit === undefined ? '' : ` ${unit}`;
}
