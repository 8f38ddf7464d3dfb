// SPDX-License-Identifier: Apache-2.0
/** The state of a blind comparison: order, sides and votes, all derived from one seed. */
import type {Step} from '../../api/types.js';

/** Which of the two runs was better on a sample. */
export type Vote = 'a' | 'b' | 'tie';

/** A blind comparison of two runs: all that is needed to go on with it later. */
export interface BlindComparison {
  /** 0 to 2^32 - 1. Decides the order of the samples and the sides. */
  readonly seed: number;
  readonly tag: string;
  readonly step: Step;
  readonly a: string;
  readonly b: string;
  /** In the order in which they are shown. */
  readonly samples: readonly string[];
  /** One for each sample; `null`: not yet. */
  readonly votes: readonly (Vote | null)[];
}

export interface ComparisonRequest extends Pick<
  BlindComparison,
  'seed' | 'tag' | 'step' | 'a' | 'b' | 'samples'
> {
  /** How many of the samples are shown at most. */
  readonly most: number;
}

export function newComparison({samples, most, ...rest}: ComparisonRequest): BlindComparison {
  const chosen = shuffled(samples, rest.seed).slice(0, most);
  return {...rest, samples: chosen, votes: chosen.map(() => null)};
}

/** Which run is shown as 1, and which as 2. */
export function sidesOf({seed}: BlindComparison, index: number): readonly ['a' | 'b', 'a' | 'b'] {
  return scrambled(seed ^ scrambled(index + 1)) & 1 ? ['b', 'a'] : ['a', 'b'];
}

export function voted(comparison: BlindComparison, index: number, vote: Vote): BlindComparison {
  return {...comparison, votes: comparison.votes.map((old, i) => (i === index ? vote : old))};
}

/** The first sample without a vote from `from` on, then from the beginning; -1 when all have one. */
export function nextOpen({votes}: BlindComparison, from: number): number {
  const later = votes.indexOf(null, from);
  return later >= 0 ? later : votes.indexOf(null);
}

/** Fisher and Yates, the same for the same seed. */
function shuffled<T>(list: readonly T[], seed: number): readonly T[] {
  const result = [...list];
  for (let i = result.length - 1; i > 0; i--) {
    const j = scrambled(seed ^ scrambled(0x5bd1e995 + i)) % (i + 1);
    [result[i], result[j]] = [result[j]!, result[i]!];
  }
  return result;
}

/** The finaliser of MurmurHash3: a small change of the number changes half of the bits. */
function scrambled(number: number): number {
  let hash = number >>> 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** The side, 0 or 1, that was voted for; `null` for a tie, `undefined` for no vote yet. */
export function sideVotedFor(comparison: BlindComparison, index: number): 0 | 1 | null | undefined {
  const vote = comparison.votes[index] ?? null;
  if (vote === null) {
    return undefined;
  }
  return vote === 'tie' ? null : sidesOf(comparison, index)[0] === vote ? 0 : 1;
}
