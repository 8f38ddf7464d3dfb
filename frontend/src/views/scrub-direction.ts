// SPDX-License-Identifier: Apache-2.0
/** Which way the step moves, so that the next steps can be decoded ahead. */
import type {SampleAtStep, SampleSource, TagModel} from '../store/data.js';
import type {Direction} from '../store/prefetch.js';

/** Steps beyond the one shown: at one step per frame, decoding has so many frames. */
const MOST_STEPS = 3;
/** Of all runs, but one step in any case. */
const MOST_SAMPLES = 12;

/** Which way the step shown moves. */
export class ScrubDirection {
  #step: bigint | undefined;
  #direction: Direction = 0;

  /**
   * Samples of the next steps, as far as they are fetched, the nearest step first. At its end a slider can only turn; one that was
   * not moved yet is at the newest step, mostly, and goes back.
   */
  samplesAhead(
    {tag, step, runs}: TagModel,
    sample: string,
    source: SampleSource,
  ): readonly SampleAtStep[] {
    this.#moveTo(step === null ? undefined : BigInt(step));
    const direction = this.#direction || -1;
    const samples: (SampleAtStep | undefined)[] = [];
    const affordable = Math.max(1, Math.floor(MOST_SAMPLES / runs.length));
    const most = this.#direction === 0 ? 1 : Math.min(MOST_STEPS, affordable);
    for (let ahead = 1; ahead <= most; ahead++) {
      for (const {run, steps, step: here} of runs) {
        const place = steps.indexOf(here);
        const turned = ahead === 1 ? steps[place - direction] : undefined;
        const next = steps[place + ahead * direction] ?? turned;
        if (next !== undefined) {
          samples.push(source.peek(tag, run, next, sample));
        }
      }
    }
    return samples.filter((sample) => sample !== undefined);
  }

  #moveTo(step: bigint | undefined): void {
    if (step !== undefined && this.#step !== undefined && step !== this.#step) {
      this.#direction = step > this.#step ? 1 : -1;
    }
    this.#step = step;
  }
}
