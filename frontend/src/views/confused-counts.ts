// SPDX-License-Identifier: Apache-2.0
/** How many samples of a record have the chosen confusion, and how many do not. */
import type {ConfusedSamples} from '../store/confused-samples.js';
import type {PixelsBySample} from '../store/ranking.js';
import {plural} from '../texts/numbers.js';
import {countOf, phrase, type Phrase} from '../texts/scoped-number.js';

/** `12 of 60 samples have it, 47 have not, 1 was not counted`: of the whole record, whatever else is filtered. */
export function confusedCounts(
  {tag, run, step, truth, predicted}: ConfusedSamples,
  pixels: PixelsBySample,
): Phrase {
  const all = [...pixels.values()];
  const having = all.filter((one) => one !== null && one > 0).length;
  const lacking = all.filter((one) => one === 0).length;
  const uncounted = all.length - having - lacking;
  const record = {tag, run, step};
  const scope = {...record, class: truth, predicted};
  const said = phrase`${countOf(having, 'samples with the confusion', scope)} of ${countOf(all.length, 'samples', record)} ${plural('sample', all.length)} ${having === 1 ? 'has' : 'have'} it, ${countOf(lacking, 'samples without the confusion', scope)} ${lacking === 1 ? 'has' : 'have'} not`;
  return uncounted === 0
    ? said
    : phrase`${said}, ${countOf(uncounted, 'samples not counted', record)} ${uncounted === 1 ? 'was' : 'were'} not counted`;
}
