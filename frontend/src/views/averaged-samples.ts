// SPDX-License-Identifier: Apache-2.0
/**
 * What is said of the samples that means are over. Means that stand side by side can be compared only over the same samples, and a
 * run must not gain by samples that it failed to measure. So a mean is followed by how many samples it is over where that is not what
 * most beside it are over (`0.27 of 2`), or not all of its record (`0.5 of 3 of 4`).
 */
import type {AveragedSamples} from '../store/sample-sets.js';
import {plural} from '../texts/numbers.js';
import {countOf, phrase, type NumberScope, type Phrase} from '../texts/scoped-number.js';

/** The means that stand side by side. */
export interface Company {
  /** What most of them are over; of sets that are as frequent, the largest. */
  readonly usual: AveragedSamples | undefined;
  /** Whether some are over other samples than others. */
  readonly areMixed: boolean;
}

export function companyOf(means: readonly (AveragedSamples | undefined)[]): Company {
  const frequencies = new Map<string, number>();
  let usual: AveragedSamples | undefined;
  const known = means.filter((one) => one !== undefined);
  for (const {mark} of known) {
    frequencies.set(mark, (frequencies.get(mark) ?? 0) + 1);
  }
  for (const one of known) {
    const lead = frequencies.get(one.mark)! - (usual ? frequencies.get(usual.mark)! : 0);
    if (usual === undefined || lead > 0 || (lead === 0 && one.count > usual.count)) {
      usual = one;
    }
  }
  return {usual, areMixed: frequencies.size > 1};
}

/** What follows a mean, with a space before it; empty where there is nothing to be said. `place` is that of the mean. */
export function averagedPhrase(
  averaged: AveragedSamples | undefined,
  {usual}: Company,
  place: Omit<NumberScope, 'what'>,
): Phrase {
  if (averaged === undefined) {
    return [];
  }
  const count = countOf(averaged.count, 'samples', place);
  if (averaged.count < averaged.logged) {
    return phrase` of ${count} of ${countOf(averaged.logged, 'logged samples', place)}`;
  }
  if (usual === undefined || usual.mark === averaged.mark) {
    return [];
  }
  return usual.count === averaged.count ? phrase` of other ${count}` : phrase` of ${count}`;
}

/** The same in full, after the name of the mean: `, of 2 samples; others here are of 5`. */
export function averagedTitle(
  averaged: AveragedSamples | undefined,
  {usual, areMixed}: Company,
): string {
  if (averaged === undefined) {
    return '';
  }
  const {count, mark} = averaged;
  const own = `, of ${samplesText(averaged)}`;
  if (!areMixed || usual === undefined) {
    return own;
  }
  if (usual.mark === mark) {
    return `${own}; not all others here are of the same samples`;
  }
  return usual.count === count
    ? `${own}; others here are of ${count} that are not the same`
    : `${own}; others here are of ${usual.count}`;
}

/** `5 samples`, or why it is not all of them. */
export function samplesText({count, logged}: AveragedSamples): string {
  return count < logged
    ? `${count} of ${logged} samples, as the others were not measured or are infinite`
    : `${count} ${plural('sample', count)}`;
}

/** What holds for some of many means; empty where all are over the same samples, and over all that were logged. */
export function averagedCaption(means: readonly (AveragedSamples | undefined)[]): string {
  if (companyOf(means).areMixed) {
    return 'over different samples';
  }
  return means.some((one) => one !== undefined && one.count < one.logged)
    ? 'some samples left out'
    : '';
}
