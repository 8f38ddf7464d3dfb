// SPDX-License-Identifier: Apache-2.0
/** Which way the step moves, so that the next steps can be decoded ahead. */
import type {SampleAtStep, SampleSource, TagModel} from '../store/data.js';
import type {Direction} from '../store/prefetch.js';

/** Steps beyond the one shown: at one step per frame, decoding has so many frames. */
const MOST_STEPS = 3;
/** Of all runs, but one step in any case. */
const MOST_SAMPLES = 12;
/** Of one sample in all runs: what is shown must stay decoded, and there may be many samples in sight. */
const MOST_PIXELS_AT_REST = 2 ** 23;

/** Which way the step shown moves. */
export class ScrubDirection {
  #step: bigint | undefined;
  #direction: Direction = 0;

  /**
   * Samples of the next steps, as far as they are fetched, the nearest step first. A slider at its end can only turn. One that was
   * not moved yet is at the newest step, mostly, and goes back; large pictures are not decoded for that alone.
   */
  samplesAhead(
    {tag, step, runs}: TagModel,
    sample: string,
    source: SampleSource,
  ): readonly SampleAtStep[] {
    this.#moveTo(step === null ? undefined : BigInt(step));
    const samplesAt = (offset: number) =>
      runs.flatMap(({run, steps, step: here}) => {
        const next = steps[steps.indexOf(here) + offset];
        return next === undefined ? [] : [source.peek(tag, run, next, sample)];
      });
    const isAtRest = this.#direction === 0;
    const direction = this.#direction || -1;
    const affordable = Math.max(1, Math.floor(MOST_SAMPLES / runs.length));
    const most = isAtRest ? 1 : Math.min(MOST_STEPS, affordable);
    const ahead = Array.from({length: most}, (_, i) => samplesAt((i + 1) * direction)).flat();
    const found = (ahead.length > 0 ? ahead : samplesAt(-direction)).filter(
      (one) => one !== undefined,
    );
    return isAtRest && pixelsOf(found) > MOST_PIXELS_AT_REST ? [] : found;
  }

  #moveTo(step: bigint | undefined): void {
    if (step !== undefined && this.#step !== undefined && step !== this.#step) {
      this.#direction = step > this.#step ? 1 : -1;
    }
    this.#step = step;
  }
}

function pixelsOf(samples: readonly SampleAtStep[]): number {
  return samples
    .flatMap(({groundTruth, prediction, input}) => [groundTruth, prediction, input])
    .reduce((sum, picture) => sum + (picture ? picture.width * picture.height : 0), 0);
}
