// SPDX-License-Identifier: Apache-2.0
/** Where a long name is cut, so that its end stays readable. */
import {turnsText} from '../texts/isolated.js';

/** Names of runs and tags mostly differ at their end, so that much of it stays whatever is cut. */
const TAIL = 12;

const graphemes = new Intl.Segmenter(undefined, {granularity: 'grapheme'});

/**
 * A name in two parts: where there is no room, the first is cut at its end and the second stays. The second is empty where the name
 * is short, and where its direction turns, because two parts would stand in the wrong order.
 */
export function nameParts(name: string): readonly [string, string] {
  if (name.length <= 2 * TAIL || turnsText(name)) {
    return [name, ''];
  }
  const characters = [...graphemes.segment(name)].map(({segment}) => segment);
  return characters.length <= 2 * TAIL
    ? [name, '']
    : [characters.slice(0, -TAIL).join(''), characters.slice(-TAIL).join('')];
}
