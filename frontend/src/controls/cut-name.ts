// SPDX-License-Identifier: Apache-2.0
/** Where a long name is cut, so that its end stays readable. */
import {turnsText} from '../texts/isolated.js';

/** Names of runs and tags mostly differ at their end, so that much of it stays whatever is cut. */
const TAIL = 12;

/** The same where names have little room at all times. */
export const SHORT_TAIL = 8;

const graphemes = new Intl.Segmenter(undefined, {granularity: 'grapheme'});

/**
 * A name in two parts: where there is no room, the first is cut at its end and the second stays. The second is empty where the name
 * is short, and where its direction turns, because two parts would stand in the wrong order. `tail` is how many characters stay.
 */
export function nameParts(name: string, tail = TAIL): readonly [string, string] {
  if (name.length <= 2 * tail || turnsText(name)) {
    return [name, ''];
  }
  const characters = [...graphemes.segment(name)].map(({segment}) => segment);
  return characters.length <= 2 * tail
    ? [name, '']
    : [characters.slice(0, -tail).join(''), characters.slice(-tail).join('')];
}

/** The name, or as much of its beginning and of its end as fits, with an ellipsis between them; empty where nothing fits. */
export function cutName(name: string, fits: (shown: string) => boolean): string {
  if (fits(name)) {
    return name;
  }
  const [head, tail] = nameParts(name);
  const end = fits(`…${tail}`) ? tail : '';
  const characters = [...graphemes.segment(end === '' ? name : head)].map(({segment}) => segment);
  let low = 0;
  let high = characters.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(`${characters.slice(0, middle).join('')}…${end}`)) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return low === 0 && end === '' ? '' : `${characters.slice(0, low).join('')}…${end}`;
}
