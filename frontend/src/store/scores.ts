// SPDX-License-Identifier: Apache-2.0

import type {ClassScore} from './intents.js';

/** IoU per class of the masks in sight. */
export class ClassScores {
  readonly #latest = new Map<string, ClassScore>();

  /** Whether it was news. */
  add(score: ClassScore): boolean {
    const key = [score.tag, score.run, score.sample].join('\0');
    if (this.#latest.get(key)?.prediction === score.prediction) {
      return false;
    }
    this.#latest.set(key, score);
    return true;
  }

  /** Means by class id over what is in sight. */
  means(
    inSight: (tag: string, sample: string) => boolean,
    runs: ReadonlySet<string>,
  ): ReadonlyMap<number, number> {
    const sums = new Map<number, {sum: number; count: number}>();
    for (const {tag, run, sample, iou} of this.#latest.values()) {
      if (!runs.has(run) || !inSight(tag, sample)) {
        continue;
      }
      for (const [id, value] of iou) {
        if (!Number.isFinite(value)) {
          continue;
        }
        const entry = sums.get(id) ?? {sum: 0, count: 0};
        sums.set(id, {sum: entry.sum + value, count: entry.count + 1});
      }
    }
    return new Map([...sums].map(([id, {sum, count}]) => [id, sum / count]));
  }
}
