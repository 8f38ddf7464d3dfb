// SPDX-License-Identifier: Apache-2.0
import type {BlindComparison} from './comparison.js';

/** The last comparison, kept by the browser and nowhere else, so that it can be gone on with. */
export class ComparisonStorage {
  readonly #key: string;

  constructor(
    private readonly storage: () => Storage,
    place: string,
  ) {
    this.#key = `pairs.blind:${place}`;
  }

  /** The comparison of that tag that was left, unless it was ended. */
  read(tag: string): BlindComparison | null {
    try {
      const value: unknown = JSON.parse(this.storage().getItem(this.#key) ?? 'null');
      return isComparison(value) && value.tag === tag && value.votes.includes(null) ? value : null;
    } catch {
      return null;
    }
  }

  write(comparison: BlindComparison): void {
    try {
      this.storage().setItem(this.#key, JSON.stringify(comparison));
    } catch {
      // Full or forbidden: this comparison ends with the page.
    }
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
