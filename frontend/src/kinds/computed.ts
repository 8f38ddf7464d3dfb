// SPDX-License-Identifier: Apache-2.0
/**
 * Differences that need a computation over whole pictures, each in the room of its kind. Workers do it, so that what is listed here
 * is loaded without the rooms.
 */
import type {Raster} from '../pixels/raster.js';
import type {HeatmapPicture} from './heatmap/picture.js';
import {valueReader} from './heatmap/values.js';
import {computeSimilarity} from './image/ssim.js';

export interface ComputedDifference {
  /** How large it is at each pixel: 0 where nothing differs. */
  readonly picture: HeatmapPicture;
  /** The measure of the two as a whole: see `ComputedChoice.measure`. */
  readonly mean: number;
}

/** Both are of one size. */
type Compute = (truth: Raster, prediction: Raster) => ComputedDifference;

/** By the id of their `DifferenceChoice`. */
const COMPUTED: Readonly<Record<string, Compute>> = {ssim: computeSimilarity};

export function computeDifference(
  id: string,
  truth: Raster,
  prediction: Raster,
): ComputedDifference {
  const compute = COMPUTED[id];
  if (compute === undefined) {
    throw new Error(`got ${id} to compute, want ${Object.keys(COMPUTED).join(' or ')}`);
  }
  return compute(truth, prediction);
}

/** How large the difference is at a pixel, by index. */
export function amountReader({picture}: ComputedDifference): (pixel: number) => number {
  return valueReader(picture);
}
