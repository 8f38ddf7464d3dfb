// SPDX-License-Identifier: Apache-2.0
/** The threshold at which predictions agree best with ground truths of two values. */
import {alignPicture} from '../../pixels/align.js';
import type {Range} from '../../pixels/raster.js';
import {
  CANDIDATES,
  candidate,
  thresholdScore,
  type BestThreshold,
  type ThresholdSearch,
} from '../threshold-score.js';
import {clamp} from '../../clamp.js';
import type {HeatmapPicture} from './picture.js';
import {valueReader} from './values.js';

/** The finite values that occur; undefined where there are more than two, or an infinity. */
export function truthValues(picture: HeatmapPicture): readonly number[] | undefined {
  const valueAt = valueReader(picture);
  const pixels = picture.raster.data.length;
  const found: number[] = [];
  for (let pixel = 0; pixel < pixels; pixel++) {
    const value = valueAt(pixel);
    if (value === found[0] || value === found[1] || Number.isNaN(value)) {
      continue;
    }
    if (found.length === 2 || !Number.isFinite(value)) {
      return undefined;
    }
    found.push(value);
  }
  return found.sort((a, b) => a - b);
}

/** A pixel is true where the ground truth has the upper of its two values, as it is at each candidate. */
export class HeatmapThresholdSearch implements ThresholdSearch<HeatmapPicture> {
  /** By how many candidates the prediction reaches: pixels that are true, and that are not. */
  readonly #positives = new Float64Array(CANDIDATES + 1);
  readonly #negatives = new Float64Array(CANDIDATES + 1);

  constructor(private readonly ends: Range) {}

  add(truth: HeatmapPicture, prediction: HeatmapPicture): void {
    const truthAt = valueReader(alignPicture(truth, prediction.raster));
    const predictedAt = valueReader(prediction);
    const pixels = prediction.raster.data.length;
    for (let pixel = 0; pixel < pixels; pixel++) {
      const wanted = truthAt(pixel);
      if (!Number.isNaN(wanted)) {
        const counts = wanted >= this.ends[1] ? this.#positives : this.#negatives;
        counts[this.#reached(predictedAt(pixel))]!++;
      }
    }
  }

  best(): BestThreshold | undefined {
    const total = this.#positives.reduce((sum, count) => sum + count, 0);
    let [hits, alarms] = [0, 0];
    let best: BestThreshold | undefined;
    for (let index = CANDIDATES; index > 0; index--) {
      hits += this.#positives[index]!;
      alarms += this.#negatives[index]!;
      const score = thresholdScore(hits, alarms, total - hits);
      if (Number.isFinite(score.iou) && !(score.iou < (best?.score.iou ?? 0))) {
        best = {threshold: candidate(this.ends, index), score};
      }
    }
    return best;
  }

  /** How many of the candidates are at most `value`. The quotient may be off by rounding, by one at most. */
  #reached(value: number): number {
    if (Number.isNaN(value)) {
      return 0;
    }
    const [low, high] = this.ends;
    const share = (value - low) / (high - low);
    let index = Math.floor(clamp(share, 0, 1) * CANDIDATES);
    if (index < CANDIDATES && candidate(this.ends, index + 1) <= value) {
      index++;
    }
    if (index > 0 && candidate(this.ends, index) > value) {
      index--;
    }
    return index;
  }
}
