// SPDX-License-Identifier: Apache-2.0
/** The IoU of two heatmaps at a threshold, remembered per prediction. */
import {alignPicture} from '../../pixels/align.js';
import {ThresholdScores} from './threshold.js';
import type {HeatmapPicture} from './picture.js';
import type {DecodedRaster} from '../../pixels/raster.js';

interface LastIou {
  readonly truth: DecodedRaster;
  readonly threshold: number;
  readonly iou: number;
}

/** The last score of each prediction: panes ask again whenever anything about them changes. */
const lastIous = new WeakMap<DecodedRaster, LastIou>();

/** IoU of where prediction and truth are at least `threshold`. */
export function thresholdIou(
  truth: HeatmapPicture,
  prediction: HeatmapPicture,
  threshold: number,
): number {
  const last = lastIous.get(prediction.raster);
  if (last?.truth === truth.raster && last.threshold === threshold) {
    return last.iou;
  }
  const aligned = alignPicture(truth, prediction.raster);
  const {iou} = new ThresholdScores(aligned, threshold, prediction).at(threshold);
  lastIous.set(prediction.raster, {truth: truth.raster, threshold, iou});
  return iou;
}
