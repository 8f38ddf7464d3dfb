// SPDX-License-Identifier: Apache-2.0
import type {TagKind} from '../../api/wire.js';
import type {KindChange} from '../../store/kind-changes.js';
import {formatStep} from '../../store/steps.js';
import {isolated} from '../../texts/isolated.js';
import {count, formatNumber} from '../../texts/numbers.js';

/** Says of a tag that its records are of another kind from a step on. */
export function kindNote({run, step, before, after}: KindChange): string {
  const [was, is] = [kindText(before), kindText(after)];
  return was === is
    ? `${isolated(run)} changed names or colours of this tag at step ${formatStep(step)} (${is}).`
    : `${isolated(run)} changed the kind of this tag: ${was} before step ${formatStep(step)}, ${is} from there on.`;
}

/** A kind by its name and what it says of itself: `mask (4 classes, 255 ignored)`. */
function kindText({name, bits, classes, ignore, range, unit}: TagKind): string {
  const facts = [
    ...(bits === undefined ? [] : [`${bits} bits`]),
    ...(classes === undefined || classes.length === 0 ? [] : [count(classes.length, 'class')]),
    ...(ignore === undefined || ignore.length === 0 ? [] : [`${ignore.join(' and ')} ignored`]),
    ...(range == null ? [] : [`from ${range.map(formatNumber).join(' to ')}`]),
    ...(unit === undefined ? [] : [`in ${unit}`]),
  ];
  return facts.length === 0 ? name : `${name} (${facts.join(', ')})`;
}
