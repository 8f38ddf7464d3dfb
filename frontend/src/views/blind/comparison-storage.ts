// SPDX-License-Identifier: Apache-2.0
/** The last blind comparison, kept by the browser and nowhere else, so that it can be gone on with. */
import {JsonStorage} from '../../json-storage.js';
import type {BlindComparison} from './comparison.js';

export class ComparisonStorage {
  readonly #json: JsonStorage;

  constructor(storage: () => Storage, place: string) {
    this.#json = new JsonStorage(storage, `pairs.blind:${place}`);
  }

  /** The comparison of that tag that was left, unless it was ended. */
  read(tag: string): BlindComparison | null {
    const value = this.#json.read();
    return isComparison(value) && value.tag === tag && value.votes.includes(null) ? value : null;
  }

  write(comparison: BlindComparison): void {
    this.#json.write(comparison);
  }
}

function isComparison(value: unknown): value is BlindComparison {
  if (typeof value !== 'object' || value === null) {
    return false;
  }
  const {seed, tag, step, a, b, samples, votes} = value as Readonly<Record<string, unknown>>;
  const isTexts = (list: unknown): list is readonly string[] =>
    Array.isArray(list) && list.every((item) => typeof item === 'string');
  const isVote = (vote: unknown): boolean =>
    vote === null || vote === 'a' || vote === 'b' || vote === 'tie';
  return (
    typeof seed === 'number' &&
    [tag, step, a, b].every((text) => typeof text === 'string') &&
    isTexts(samples) &&
    Array.isArray(votes) &&
    votes.length === samples.length &&
    votes.every(isVote)
  );
}
