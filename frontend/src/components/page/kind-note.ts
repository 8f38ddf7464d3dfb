// SPDX-License-Identifier: Apache-2.0
/** The sentence under a tag's name where a run changed the kind of its records. */
import type {TagKind} from '../../api/types.js';
import {knownTag} from '../../kinds/registry.js';
import type {TagPlace} from '../../kinds/tag-phrases.js';
import type {KindChange} from '../../store/kind-changes.js';
import {isolated} from '../../texts/isolated.js';
import {joinPhrases, phrase, phraseText, type Phrase} from '../../texts/scoped-number.js';
import {scopedStep} from '../../views/scoped-step.js';

/** Says of a tag that its records are of another kind from a step on. */
export function kindNote(tag: string, change: KindChange): Phrase {
  const place = {tag, run: change.run};
  const run = isolated(change.run);
  const [was, is] = [kindPhrase(change.before, place), kindPhrase(change.after, place)];
  const at = scopedStep(change.step, place);
  const last = change.lastBefore === null ? null : scopedStep(change.lastBefore, place);
  if (phraseText(was) === phraseText(is)) {
    const when = last === null ? phrase`at step ${at}` : phrase`between steps ${last} and ${at}`;
    return phrase`${run} changed names or colours of this tag ${when} (${is}).`;
  }
  const when =
    last === null
      ? phrase`${was} before step ${at}, ${is} from there on`
      : phrase`${was} up to step ${last}, ${is} from step ${at} on`;
  return phrase`${run} changed the kind of this tag: ${when}.`;
}

/** A kind by its name and what the tag says of it: `mask (4 classes, 255 ignored)`. */
function kindPhrase(kind: TagKind, place: TagPlace): Phrase {
  const known = knownTag(kind);
  const phrases = known?.kind.describeTag(known.facts, place) ?? [];
  return phrases.length === 0
    ? [kind.name]
    : phrase`${kind.name} (${joinPhrases(
        phrases.map((one) => one.phrase),
        ', ',
      )})`;
}
