// SPDX-License-Identifier: Apache-2.0

import type {Api} from '../api/client.js';
import {MAX_HAVE} from '../api/addresses.js';
import type {At, ShotCache} from './shots.js';
import {errorMessage} from '../error-message.js';

/** Samples of runs at steps that should be in the cache. */
export interface Demand {
  readonly tag: string;
  readonly at: readonly At[];
  readonly samples: readonly string[];
}

interface Flight extends Demand {
  readonly controller: AbortController;
  readonly since: number;
}

const MAX_AT = 512;
const MAX_SAMPLES = 512;
/** What can be drawn is drawn even while the slider moves on: an overtaken request is ended only when it is slow. */
const PATIENCE_MS = 300;
const MAX_FLIGHTS = 3;
/** What is only likely to be needed leaves room for what is. */
const MAX_HOPEFUL_FLIGHTS = 2;

/**
 * Fetches what is on the page, then what is likely to be next. Requests are few and large: one for each tag. Never more than
 * three at once, so that a moving slider doesn't pile them up; when one ends, the newest demand is next.
 */
export class PictureLoader {
  #demands: readonly Demand[] = [];
  #hopes: readonly Demand[] = [];
  #flights: readonly Flight[] = [];
  #retry: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly api: Pick<Api, 'frames'>,
    private readonly cache: ShotCache,
    private readonly changed: () => void,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** Replaces what is wanted; `hopes` are fetched when nothing else is missing. */
  want(demands: readonly Demand[], hopes: readonly Demand[]): void {
    this.#demands = demands;
    this.#hopes = hopes;
    this.#go();
  }

  /** Ends all requests. */
  stop(): void {
    this.#demands = [];
    this.#hopes = [];
    clearTimeout(this.#retry);
    for (const {controller} of this.#flights) {
      controller.abort();
    }
  }

  /** Whether something that is on the page is not there yet. */
  get isBehind(): boolean {
    return this.#demands.some(({tag, at, samples}) =>
      at.some((place) => samples.some((sample) => !this.cache.has(tag, place, sample))),
    );
  }

  get #mayHope(): boolean {
    return this.#flights.length < MAX_HOPEFUL_FLIGHTS && !this.isBehind;
  }

  #go(): void {
    clearTimeout(this.#retry);
    for (;;) {
      const demanded = this.#missing(this.#demands);
      const next = demanded ?? (this.#mayHope ? this.#missing(this.#hopes) : null);
      if (next === null) {
        return;
      }
      if (this.#flights.length >= MAX_FLIGHTS && !this.#endOvertaken()) {
        this.#retry = setTimeout(() => this.#go(), PATIENCE_MS);
        return;
      }
      this.#fly(next);
    }
  }

  /** Ends the oldest request that nothing wants any more and that had its time; whether there was one. */
  #endOvertaken(): boolean {
    const slow = this.#flights.find(
      (flight) =>
        this.now() - flight.since >= PATIENCE_MS &&
        ![...this.#demands, ...this.#hopes].some((demand) => overlaps(flight, demand)),
    );
    if (slow === undefined) {
      return false;
    }
    this.#flights = this.#flights.filter((flight) => flight !== slow);
    slow.controller.abort();
    return true;
  }

  /** The first demand's part that is neither held nor under way; `null` when there is none. */
  #missing(demands: readonly Demand[]): Demand | null {
    for (const {tag, at, samples} of demands) {
      const coming = this.#flights.filter((flight) => flight.tag === tag);
      const isMissing = (place: At, sample: string): boolean =>
        !this.cache.has(tag, place, sample) &&
        !coming.some((flight) => holds(flight, place, sample));
      const wanted = samples
        .filter((sample) => at.some((place) => isMissing(place, sample)))
        .slice(0, MAX_SAMPLES);
      if (wanted.length === 0) {
        continue;
      }
      const places = at
        .filter((place) => wanted.some((sample) => isMissing(place, sample)))
        .slice(0, MAX_AT);
      return {tag, at: places, samples: wanted};
    }
    return null;
  }

  #fly(demand: Demand): void {
    const flight: Flight = {...demand, controller: new AbortController(), since: this.now()};
    this.#flights = [...this.#flights, flight];
    void this.#fetch(flight).then(() => {
      this.#flights = this.#flights.filter((other) => other !== flight);
      if (flight.controller.signal.aborted) {
        return;
      }
      this.changed();
      this.#go();
    });
  }

  async #fetch({tag, at, samples, controller}: Flight): Promise<void> {
    const runs = [...new Set(at.map(({run}) => run))];
    const held = new Map([...this.cache.shared(tag, runs, samples)].slice(0, MAX_HAVE));
    try {
      const bundle = await this.api.frames(
        {tag, at, samples, have: [...held.keys()]},
        controller.signal,
      );
      this.cache.put(tag, bundle, samples, held);
      const answered = bundle.frames.length;
      // What was left out is asked for again, unless nothing came: that would never end.
      if (answered === 0 || answered + bundle.omitted < at.length) {
        this.cache.fail(tag, at, samples, 'The server left this step out of its answer');
      }
    } catch (error) {
      if (controller.signal.aborted) {
        return;
      }
      this.cache.fail(tag, at, samples, errorMessage(error));
    }
  }
}

function holds(demand: Demand, {run, step}: At, sample: string): boolean {
  return (
    demand.samples.includes(sample) && demand.at.some((at) => at.run === run && at.step === step)
  );
}

function overlaps(flight: Demand, demand: Demand): boolean {
  return (
    flight.tag === demand.tag &&
    flight.samples.some((sample) => demand.samples.includes(sample)) &&
    flight.at.some(({run, step}) => demand.at.some((at) => at.run === run && at.step === step))
  );
}
