// SPDX-License-Identifier: Apache-2.0
/** A number per pixel. */
import {cssColor} from '../../pixels/color.js';
import {colormap, colormapNames, denseColormap, type ColormapName} from '../../pixels/colormaps.js';
import {rangeOf, type Numbers} from '../../pixels/distribution.js';
import {groundLut} from '../../pixels/ground.js';
import type {Labelled} from '../../pixels/labels.js';
import {drawLut} from '../../pixels/lut-operation.js';
import type {Lut} from '../../pixels/lut.js';
import {storedValues} from '../../pixels/lut.js';
import {identity} from '../../pixels/memo.js';
import {drawOutcomes} from '../../pixels/outcomes.js';
import {
  amountsThatDiffer,
  DIFFERS,
  differingColor,
  drawDiffering,
  signedAmountsThatDiffer,
} from '../differing.js';
import type {Kind, Pixel} from '../kind.js';
import {legendScale, legendText, noValueLegend, outcomeLegend} from '../legend.js';
import {drawWrong} from '../mask/wrong.js';
import type {Tables} from '../tables.js';
import {formatNumber} from '../../texts/numbers.js';
import {meanOver, signed, storedAt} from '../values.js';
import {drawHeatmapDifference} from './difference.js';
import type {HeatmapDifference, HeatmapDisplay, HeatmapPicture} from './picture.js';
import {thresholdIou} from './threshold-iou.js';
import {
  heatmapLut,
  heatmapValue,
  holdsNan,
  largestNumber,
  thresholdLabels,
  valueTable,
} from './values.js';
import {drawHeatmapVersus} from './versus.js';
import {clamp} from '../../clamp.js';

/** Of the range: the error at full colour. Errors as large as the range itself are rare. */
const FULL_ERROR = 0.25;

export const heatmap: Kind<'heatmap'> = {
  name: 'heatmap',
  defaultDisplay: {
    range: null,
    colormap: 'viridis',
    reversed: false,
    threshold: null,
    thresholdColor: 0xf57c00,
  },
  isTranslucent: false,
  hasClasses: false,
  controls: ['range', 'colormap', 'threshold'],
  differences: [
    {id: 'absolute', label: 'Absolute |Δ|', isAmount: true},
    {id: 'signed', label: 'Signed Δ', isAmount: true},
    {id: 'relative', label: 'Relative', isAmount: true},
  ],

  build: (tag, stored, raster) => ({
    kind: 'heatmap',
    raster,
    range: stored.range ?? tag.range ?? [0, 1],
    shown: stored.shown ?? tag.range ?? undefined,
    unit: tag.unit,
    dtype: stored.dtype,
  }),

  display: ({choice, colormap: logged}, pictures) => ({
    ...heatmap.defaultDisplay,
    range: rangeOf(choice.range, pictures.map(numbersOf)),
    colormap:
      knownColormap(choice.colormap) ?? knownColormap(logged) ?? heatmap.defaultDisplay.colormap,
    threshold: choice.threshold,
  }),
  draw: (picture, display, tables) => drawLut(picture.raster, lutOf(picture, display, tables)),
  drawGround(picture, display, tables) {
    const lut = lutOf(picture, {...display, threshold: null}, tables);
    return drawLut(
      picture.raster,
      tables.get(`ground ${identity(lut.solid)}`, () => groundLut(lut)),
    );
  },

  errorSize(truth, prediction, how) {
    if (how.how === 'threshold') {
      return undefined;
    }
    const limit = limitOf(how, truth);
    const [wantedValues, gotValues] = [valueTable(truth), valueTable(prediction)];
    return (pixel) => {
      const wanted = wantedValues[truth.raster.data[pixel]!]!;
      const error = Math.abs(gotValues[prediction.raster.data[pixel]!]! - wanted);
      const size = how.how === 'relative' && error > 0 ? error / Math.abs(wanted) : error;
      return Number.isFinite(size) ? size / limit : NaN;
    };
  },

  chooseDifference({difference, gain, display: {threshold}}, {range: [low, high]}) {
    if (threshold !== null) {
      return {type: 'heatmap', how: 'threshold', threshold, truthThreshold: threshold};
    }
    const how = difference === 'absolute' || difference === 'relative' ? difference : 'signed';
    const full = how === 'relative' ? 1 : (high - low) * FULL_ERROR;
    return {type: 'heatmap', how, limit: full / gain};
  },
  drawDifference(truth, prediction, how, _, tables) {
    if (how.how === 'threshold') {
      return drawOutcomes(
        thresholded(truth, how.truthThreshold, tables),
        thresholded(prediction, how.threshold, tables),
      );
    }
    const limit = limitOf(how, truth);
    const map = how.how === 'absolute' ? 'magma' : 'RdBu';
    return drawHeatmapDifference(truth, prediction, how.how, limit, denseColormap(colormap(map)));
  },
  drawDiffers(truth, prediction, how, _, tables) {
    if (how.how === 'threshold') {
      return drawDiffering(
        drawWrong(
          thresholded(truth, how.truthThreshold, tables),
          thresholded(prediction, how.threshold, tables),
          'truth',
          tables.get(`heatmap differs ${truth.raster.bits}`, () =>
            new Uint32Array(storedValues(truth.raster.bits)).fill(differingColor),
          ),
        ),
      );
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

  hasOutlines: ({display: {threshold}}) => threshold !== null,
  drawOutlined: (picture, display, tables) =>
    drawLut(picture.raster, lutOf(picture, display, tables)),

  valueTexts(picture, {x, y}) {
    const text = valueText(picture, storedAt(picture, x, y)[0]!);
    const {unit} = picture;
    return [unit === undefined || unit === '' ? text : `${text} ${unit}`];
  },
  isJudged: () => true,
  differenceText(truth, at, prediction, other) {
    const error = errorText(truth, at, prediction, other);
    return error === '' ? '' : `Δ ${error}`;
  },
  differenceLines(truth, at, prediction, other) {
    const error = errorText(truth, at, prediction, other);
    return error === '' ? [] : [error];
  },

  valueLegend(truth, display) {
    if (display.threshold !== null) {
      const color = cssColor(display.thresholdColor);
      return [{type: 'swatch', color, text: `at least ${formatNumber(display.threshold)}`}];
    }
    const [low, high] = display.range ?? truth.range;
    const map = colormap(display.colormap, display.reversed);
    return [
      legendScale(map, [formatNumber(low), formatNumber(high) + unitText(truth)]),
      ...(holdsNan(truth) ? [noValueLegend('NaN')] : []),
    ];
  },
  differenceLegend(truth, request, _, names) {
    const how = heatmap.chooseDifference(request, truth);
    if (how.how === 'threshold') {
      return [legendText(`at least ${formatNumber(how.threshold)}`), ...outcomeLegend(names)];
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
    const [aValues, bValues] = [valueTable(a), valueTable(b)];
    const value = meanOver(a.raster.data.length, (pixel) =>
      Math.abs(bValues[b.raster.data[pixel]!]! - aValues[a.raster.data[pixel]!]!),
    );
    return value === undefined
      ? undefined
      : {value, name: 'mean |Δ|', unit: unitText(a), isShare: false};
  },
  versusLegend: (a, b) => [
    legendText(`closer: ${b}`),
    legendScale(colormap('RdBu', true), ['', '', '']),
    legendText(a),
  ],

  numbers: numbersOf,
  thresholdScore: thresholdIou,
  confusion: () => undefined,
  classes: () => [],
  classStyle: () => undefined,

  colorKey: (display) => display,
  isShownAsStored: () => false,
};

function knownColormap(name: string | null | undefined): ColormapName | undefined {
  return colormapNames.find((known) => known.toLowerCase() === name?.toLowerCase());
}

function numbersOf(picture: HeatmapPicture): Numbers {
  const {raster, range, shown = range, unit = ''} = picture;
  const values = () =>
    Float64Array.from({length: largestNumber(raster.bits) + 1}, (_, stored) =>
      heatmapValue(picture, stored),
    );
  return {raster, channels: 1, values, stored: range, shown, unit};
}

function lutOf(picture: HeatmapPicture, display: HeatmapDisplay, tables: Tables): Lut {
  const key = `heatmap colours ${valuesKey(picture)} ${JSON.stringify(display)}`;
  return tables.get(key, () => heatmapLut(picture, display));
}

function thresholded(picture: HeatmapPicture, threshold: number, tables: Tables): Labelled {
  const labels = tables.get(`heatmap threshold ${valuesKey(picture)} ${threshold}`, () =>
    thresholdLabels(picture, threshold),
  );
  return {raster: picture.raster, labels};
}

function valuesKey({raster, range}: HeatmapPicture): string {
  return `${raster.bits} ${range.join()}`;
}

function spanOf({range: [low, high]}: HeatmapPicture): number {
  return high - low;
}

function limitOf(
  {how, limit}: Exclude<HeatmapDifference, {readonly how: 'threshold'}>,
  truth: HeatmapPicture,
): number {
  return positive(limit ?? (how === 'relative' ? 1 : spanOf(truth)));
}

/** An error can't be measured against nothing. */
function positive(limit: number): number {
  return limit > 0 ? limit : 1;
}

function unitText({unit}: HeatmapPicture): string {
  return unit === undefined ? '' : ` ${unit}`;
}

/** With as many decimals as storing kept. */
function valueText(picture: HeatmapPicture, stored: number): string {
  const value = heatmapValue(picture, stored);
  if (Number.isNaN(value)) {
    return 'NaN';
  }
  if (!Number.isFinite(value)) {
    return value > 0 ? '+∞' : '−∞';
  }
  return numberText(value, Math.abs(spanOf(picture)) / largestNumber(picture.raster.bits));
}

/** Enough decimals to tell apart values that are `step` apart; scientific where that takes many. */
function numberText(value: number, step: number): string {
  const decimals = step > 0 ? Math.max(0, Math.ceil(-Math.log10(step))) : 6;
  const text = decimals <= 6 ? value.toFixed(decimals) : value.toPrecision(4);
  return text.replace('-', '−');
}

/** Signed; empty where there is none, or nothing to compare. */
function errorText(
  truth: HeatmapPicture,
  at: Pixel,
  prediction: HeatmapPicture,
  other: Pixel,
): string {
  const wanted = heatmapValue(truth, storedAt(truth, at.x, at.y)[0]!);
  const error = heatmapValue(prediction, storedAt(prediction, other.x, other.y)[0]!) - wanted;
  const spacing = spanOf(truth) / storedValues(truth.raster.bits);
  return Number.isNaN(error) || error === 0 ? '' : signed(error, decimalsFor(spacing));
}

/** Decimals that tell values apart that are `spacing` apart. */
function decimalsFor(spacing: number): number {
  return spacing > 0 ? clamp(Math.ceil(-Math.log10(spacing)), 0, 6) : 2;
}
