// SPDX-License-Identifier: Apache-2.0
/** Counts the votes of a blind comparison, with confidence intervals. */
import {isolated} from '../../texts/isolated.js';
import type {BlindComparison} from './comparison.js';

export interface Tally {
  readonly a: number;
  readonly b: number;
  readonly ties: number;
  /** Samples with a vote. */
  readonly voted: number;
  /** A's share, 0 to 1, of the votes that were no ties; `null` without any. */
  readonly share: number | null;
  /** Within it A's share lies with 95 % confidence; B's is the same, mirrored. */
  readonly interval: readonly [number, number];
}

export function tallyOf({votes}: Pick<BlindComparison, 'votes'>): Tally {
  const of = (wanted: string): number => votes.filter((vote) => vote === wanted).length;
  const [a, b, ties] = [of('a'), of('b'), of('tie')];
  const decided = a + b;
  return {
    a,
    b,
    ties,
    voted: decided + ties,
    share: decided === 0 ? null : a / decided,
    interval: wilson(a, decided),
  };
}

/** The quantile of the standard normal distribution that leaves 2.5 % above it. */
const Z_95 = 1.959963984540054;

/**
 * The score interval of a share, of `wins` out of `n`: with p = wins / n,
 *
 *     (p + z²/2n ± z √(p (1 − p)/n + z²/4n²)) / (1 + z²/n)
 *
 * Unlike p ± z √(p (1 − p)/n) it stays within 0 and 1 and holds for few votes and for shares near the ends. Of no votes it is
 * all from 0 to 1. E. B. Wilson, "Probable inference, the law of succession, and statistical inference", Journal of the
 * American Statistical Association 22 (158), 1927, pages 209 to 212, https://doi.org/10.1080/01621459.1927.10502953.
 */
export function wilson(wins: number, n: number, z = Z_95): readonly [number, number] {
  if (n === 0) {
    return [0, 1];
  }
  const p = wins / n;
  const square = z ** 2 / n;
  const middle = p + square / 2;
  const half = z * Math.sqrt((p * (1 - p)) / n + square / (4 * n));
  // Rounding may leave a hair below 0 or above 1.
  return [Math.max(0, (middle - half) / (1 + square)), Math.min(1, (middle + half) / (1 + square))];
}

export function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}

/** The outcome in a sentence, with the names of the runs. */
export function verdict({a, b}: Pick<BlindComparison, 'a' | 'b'>, tally: Tally): string {
  if (tally.share === null) {
    return tally.ties > 0 ? 'Every vote was a tie.' : 'Nothing was voted on.';
  }
  const [low, high] = tally.interval;
  if (low > 0.5) {
    return `${a} was preferred.`;
  }
  if (high < 0.5) {
    return `${b} was preferred.`;
  }
  return 'These votes do not tell the two apart.';
}

/** The result as text, to be pasted somewhere. */
export function tallyText(comparison: BlindComparison): string {
  const tally = tallyOf(comparison);
  const [low, high] = tally.interval;
  const line = (run: string, wins: number, from: number, to: number): string =>
    tally.share === null
      ? `${isolated(run)}: ${wins}`
      : `${isolated(run)}: ${wins} of ${tally.a + tally.b} (${percent(wins / (tally.a + tally.b))}, 95 % interval ${percent(from)} to ${percent(to)})`;
  return [
    `Blind A/B of ${isolated(comparison.tag)}, step ${comparison.step}: ${tally.voted} of ${comparison.samples.length} samples voted on`,
    line(comparison.a, tally.a, low, high),
    line(comparison.b, tally.b, 1 - high, 1 - low),
    `ties: ${tally.ties}, left out of the shares`,
    verdict(comparison, tally),
    `Wilson score interval; seed ${comparison.seed}`,
  ].join('\n');
}
