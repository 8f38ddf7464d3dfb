// SPDX-License-Identifier: Apache-2.0
/** How heatmaps are compared: which differences there are, on which scale, and what draws them. */
import {opaque} from '../../pixels/color.js';
import {colormap, denseColormap} from '../../pixels/colormaps.js';
import {middleGround} from '../../pixels/ground.js';
import type {SampleOperation} from '../../pixels/operation.js';
import {drawOutcomes} from '../../pixels/outcomes.js';
import {formatNumber} from '../../texts/numbers.js';
import {
  amountsThatDiffer,
  CHANGED,
  CHANGED_PART,
  DIFFERS,
  differingColor,
  drawChanged,
  drawDiffering,
  signedAmountsThatDiffer,
} from '../differing.js';
import type {Kind} from '../kind.js';
import {drawWrong} from '../mask/wrong.js';
import {drawHeatmapDifference} from './difference.js';
import {thresholded} from './drawing.js';
import type {HeatmapDifference, HeatmapPicture} from './picture.js';
import {unitText} from './texts.js';
import {valueReader} from './values.js';
import {drawHeatmapVersus} from './versus.js';

/** Of the range: the error at full colour. Errors as large as the range itself are rare. */
const FULL_ERROR = 0.25;

export const comparison: Pick<
  Kind<'heatmap'>,
  | 'differences'
  | 'defaultDifference'
  | 'errorSize'
  | 'errorParts'
  | 'chooseDifference'
  | 'drawDifference'
  | 'drawDiffers'
  | 'differsText'
  | 'drawVersus'
> = {
  differences: [
    {id: 'absolute', label: 'Absolute |Δ|', isAmount: true},
    {id: 'signed', label: 'Signed Δ', isAmount: true},
    {id: 'relative', label: 'Relative', isAmount: true},
    CHANGED,
  ],
  defaultDifference: 'signed',

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

  errorParts: (how) =>
    how.how === 'threshold'
      ? {errors: {...how, part: 'errors'}, below: {...how, part: 'rest'}}
      : undefined,
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
        how.part,
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
};

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
