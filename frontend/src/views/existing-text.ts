// SPDX-License-Identifier: Apache-2.0
/** What is said of a pair whose pictures are no records. */
import type {ExistingTag, MeasureProgress} from '../store/existing.js';
import {countOf, joinPhrases, phrase, phraseText, type Phrase} from '../texts/scoped-number.js';
import {plural} from '../texts/numbers.js';

/** Where pictures that are no records come from, and how many steps of them there are, in a few words. */
export function existingText(existing: ExistingTag, tag: string): Phrase {
  const {loaded, isRecovered} = existing;
  const steps = countOf(loaded, 'loaded steps', {tag});
  const noun = plural('step', loaded);
  return joinPhrases(
    [
      isSampled(existing)
        ? phrase`from Images: ${steps} ${noun} kept by TensorBoard’s sampling`
        : phrase`from Images: ${loaded > 1 ? 'all ' : ''}${steps} ${noun}`,
      ...(isRecovered ? [['classes recovered from colours']] : []),
    ],
    ' · ',
  );
}

/** The whole story, as a tooltip. */
export function existingStory(existing: ExistingTag): string {
  const {source, unpaired} = existing;
  const {limit, program, flag, rule} = source;
  const drawn =
    `Pictures of the Images dashboard, shown as a pair by the rule ${rule}. ` +
    'They are as they were drawn, so values are not exact.';
  const sampling =
    `${program} keeps ${limit === null ? 'some' : phraseText([countOf(limit, 'kept pictures')])} ` +
    `${plural('picture', limit ?? 2)} per run and tag, the last one always; more may have been logged. ` +
    `${program} started with ${flag} keeps more of them, in memory and on the Images tab. ` +
    'The importer reads all.';
  const lost = `${phraseText([countOf(unpaired, 'predictions')])} kept ${plural('prediction', unpaired)} without a ground truth.`;
  return [drawn, ...(isSampled(existing) ? [sampling] : []), ...(unpaired > 0 ? [lost] : [])].join(
    ' ',
  );
}

/** How far the measuring is, while there is something to say of it. */
export function progressText(
  {wanted, measured, failed}: MeasureProgress,
  tag: string,
): Phrase | undefined {
  const done = countOf(measured, 'measured pairs', {tag});
  const all = countOf(wanted, 'wanted pairs', {tag});
  const noun = plural('pair', wanted);
  if (measured + failed < wanted) {
    return phrase`as drawn, ${done} of ${all} ${noun} decoded`;
  }
  return failed === 0
    ? undefined
    : phrase`as drawn, ${countOf(failed, 'undecoded pairs', {tag})} of ${all} ${noun} at all measured steps can’t be decoded`;
}

/** What measuring a metric on the page means. */
export function measureHint(name: string, {isRecovered}: ExistingTag): string {
  return isRecovered
    ? `${name} of the classes that were recovered from colours, measured on this page`
    : `${name} of the pictures as they were drawn, measured on this page: what logged them may have scaled each by itself`;
}

/** Whether more steps may have been logged than are kept. */
function isSampled({loaded, unpaired, source: {limit}}: ExistingTag): boolean {
  return limit === null || (limit > 0 && loaded + unpaired >= limit);
}
