// SPDX-License-Identifier: Apache-2.0
/** The sentence under a tag's name where a run changed the kind of its records. */
import type {TagKind} from '../../api/types.js';
import type {KindChange} from '../../store/kind-changes.js';
import {isolated} from '../../texts/isolated.js';
import {
  countOf,
  joinPhrases,
  phrase,
  phraseText,
  scopedCount,
  scopedNumber,
  type NumberScope,
  type Phrase,
} from '../../texts/scoped-number.js';
import {scopedStep} from '../../views/scoped-step.js';

/** Says of a tag that its records are of another kind from a step on. */
export function kindNote(tag: string, {run, step, before, after}: KindChange): Phrase {
  const place = {tag, run};
  const [was, is] = [kindPhrase(before, place), kindPhrase(after, place)];
  const at = scopedStep(step, place);
  return phraseText(was) === phraseText(is)
    ? phrase`${isolated(run)} changed names or colours of this tag at step ${at} (${is}).`
    : phrase`${isolated(run)} changed the kind of this tag: ${was} before step ${at}, ${is} from there on.`;
}

/** A kind by its name and what it says of itself: `mask (4 classes, 255 ignored)`. */
function kindPhrase(
  {name, bits, classes, ignore, range, unit}: TagKind,
  place: Pick<NumberScope, 'tag' | 'run'>,
): Phrase {
  const facts: readonly Phrase[] = [
    ...(bits === undefined ? [] : [scopedCount(bits, 'bit', place)]),
    ...(classes === undefined || classes.length === 0
      ? []
      : [scopedCount(classes.length, 'class', place)]),
    ...(ignore === undefined || ignore.length === 0
      ? []
      : [
          phrase`${joinPhrases(
            ignore.map((id) => [countOf(id, 'ignored id', place)]),
            ' and ',
          )} ignored`,
        ]),
    ...(range == null
      ? []
      : [
          phrase`from ${scopedNumber(range[0], {...place, what: 'low', noun: 'kind'})} to ${scopedNumber(range[1], {...place, what: 'high', noun: 'kind'})}`,
        ]),
    ...(unit === undefined ? [] : [[`in ${unit}`]]),
  ];
  return facts.length === 0 ? [name] : phrase`${name} (${joinPhrases(facts, ', ')})`;
}
