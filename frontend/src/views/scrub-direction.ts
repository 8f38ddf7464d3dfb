// SPDX-License-Identifier: Apache-2.0
import type {Shot, ShotSource, TagModel} from '../store/data.js';
import type {Travel} from '../store/prefetch.js';

/** Steps beyond the one shown: at one step per frame, decoding has so many frames. */
const MOST_STEPS = 3;
/** Of all runs, but one step in any case. */
const MOST_SHOTS = 12;

/** Which way the step shown moves. */
export class Voyage {
  #step: bigint | undefined;
  #travel: Travel = 0;

  /** What is fetched already of the steps that come next, the nearest first. */
  shotsAhead({tag, step, runs}: TagModel, sample: string, source: ShotSource): readonly Shot[] {
    this.#moveTo(step === null ? undefined : BigInt(step));
    if (this.#travel === 0) {
      return [];
    }
    const shots: (Shot | undefined)[] = [];
    const most = Math.min(MOST_STEPS, Math.max(1, Math.floor(MOST_SHOTS / runs.length)));
    for (let ahead = 1; ahead <= most; ahead++) {
      for (const {run, steps, step: here} of runs) {
        const next = steps[steps.indexOf(here) + ahead * this.#travel];
        if (next !== undefined) {
          shots.push(source.peek(tag, run, next, sample));
        }
      }
    }
    return shots.filter((shot) => shot !== undefined);
  }

  #moveTo(step: bigint | undefined): void {
    if (step !== undefined && this.#step !== undefined && step !== this.#step) {
      this.#travel = step > this.#step ? 1 : -1;
    }
    this.#step = step;
  }
}
