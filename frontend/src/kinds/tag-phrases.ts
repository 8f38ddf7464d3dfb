// SPDX-License-Identifier: Apache-2.0
/** What a tag says of its kind, in words that several kinds share. */
import {
  phrase,
  scopedCount,
  scopedNumber,
  type NumberScope,
  type Phrase,
} from '../texts/scoped-number.js';
import type {Range} from '../pixels/raster.js';

export interface TagPhrase {
  readonly phrase: Phrase;
  /** It stands at the head of the tag too; otherwise only where a run changed the kind. */
  readonly isAtHead?: true;
}

/** What the numbers of these phrases are of. */
export type TagPlace = Pick<NumberScope, 'tag' | 'run'>;

/** `16 bits` */
export function bitsPhrase(bits: number | undefined, place: TagPlace): readonly TagPhrase[] {
  return bits === undefined ? [] : [{phrase: scopedCount(bits, 'bit', place)}];
}

/** `from 0 to 80` */
export function rangePhrase(range: Range | undefined, place: TagPlace): readonly TagPhrase[] {
  if (range === undefined) {
    return [];
  }
  const [low, high] = range;
  const scope = {...place, noun: 'kind'};
  return [
    {
      phrase: phrase`from ${scopedNumber(low, {...scope, what: 'low'})} to ${scopedNumber(high, {...scope, what: 'high'})}`,
    },
  ];
}
