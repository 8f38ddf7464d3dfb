// SPDX-License-Identifier: Apache-2.0
/** What keys do while votes are cast. */

/** A vote for the left or right prediction or for neither, or a way along the samples. */
export type VoteKeyEffect = {readonly vote: 0 | 1 | null} | {readonly by: -1 | 1};

const EFFECTS: Readonly<Record<string, VoteKeyEffect>> = {
  1: {vote: 0},
  2: {vote: 1},
  0: {vote: null},
  ArrowLeft: {by: -1},
  ArrowRight: {by: 1},
};

/** `undefined` for a key that does nothing. A key that is held votes once: what comes next was not looked at. */
export function voteKeyEffect({
  key,
  ctrlKey,
  metaKey,
  altKey,
  repeat,
}: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'repeat'>):
  VoteKeyEffect | undefined {
  const effect = EFFECTS[key];
  const isOther = ctrlKey || metaKey || altKey;
  return effect === undefined || isOther || (repeat && 'vote' in effect) ? undefined : effect;
}
