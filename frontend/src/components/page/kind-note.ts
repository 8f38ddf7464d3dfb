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
export function kindNote(tag: string, {run, step, before, after}: KindChange): Phrase {
  const place = {tag, run};
  const [was, is] = [kindPhrase(before, place), kindPhrase(after, place)];
  const at = scopedStep(step, place);
  return phraseText(was) === phraseText(is)
    ? phrase`${isolated(run)} changed names or colours of this tag at step ${at} (${is}).`
    : phrase`${isolated(run)} changed the kind of this tag: ${was} before step ${at}, ${is} from there on.`;
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
