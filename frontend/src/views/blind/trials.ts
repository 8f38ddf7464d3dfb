// SPDX-License-Identifier: Apache-2.0
/** Loads the trials of a blind comparison, each once. */
import {loadTrial, type Trial, type TrialRequest} from './trial.js';

/** What all trials of a comparison are loaded from. */
export type ComparisonRequest = Omit<TrialRequest, 'index'>;

/**
 * The trials of one comparison: the one that is shown and those beside it. Others are let go, as each holds all of its pictures
 * decoded; those that failed are loaded again when they are asked for.
 */
export class Trials {
  readonly #request: () => ComparisonRequest | undefined;
  readonly #stopping = new AbortController();
  readonly #loaded = new Map<number, Promise<Trial>>();

  /** `request` tells what is shown now; undefined while the page is not ready. */
  constructor(request: () => ComparisonRequest | undefined) {
    this.#request = request;
  }

  get isStopped(): boolean {
    return this.#stopping.signal.aborted;
  }

  load(index: number): Promise<Trial> {
    for (const other of this.#loaded.keys()) {
      if (Math.abs(other - index) > 1) {
        this.#loaded.delete(other);
      }
    }
    const known = this.#loaded.get(index);
    if (known !== undefined) {
      return known;
    }
    const request = this.#request();
    if (request === undefined) {
      return Promise.reject(new Error('the page is not ready'));
    }
    const trial = loadTrial({...request, index}, this.#stopping.signal);
    this.#loaded.set(index, trial);
    trial.catch(() => {
      if (this.#loaded.get(index) === trial) {
        this.#loaded.delete(index);
      }
    });
    return trial;
  }

  /** Begins to load a trial, so that it is there by the time it is wanted; should it fail, it is asked for again then. */
  loadAhead(index: number): void {
    this.load(index).catch(() => undefined);
  }

  /** Ends what is being fetched, and lets go of what was. */
  stop(): void {
    this.#stopping.abort();
    this.#loaded.clear();
  }
}
