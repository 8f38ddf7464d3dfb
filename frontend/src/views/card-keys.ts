// SPDX-License-Identifier: Apache-2.0
/** The keys that only pictures take, for the help dialog. */

/** Keys that pictures take themselves, because what they do depends on the picture's size; as `chordOf` writes them. */
export const CARD_KEYS: readonly {readonly keys: readonly string[]; readonly title: string}[] = [
  {keys: ['8'], title: 'Magnify until values can be read'},
  {keys: ['9'], title: 'One picture pixel per screen pixel'},
  {keys: ['Shift+ArrowLeft', 'Shift+ArrowUp'], title: 'Pan, when zoomed'},
  {keys: ['h'], title: 'Cross-hair, which the arrow keys move'},
  {keys: ['Tab', 'Shift+Tab'], title: 'In the full view: the next or previous picture large'},
  {keys: ['.', ','], title: 'In the full view: the same, round and round'},
];

/** Keys that hold for all pictures while they are down. */
export const HELD_KEYS: readonly {readonly keys: readonly string[]; readonly title: string}[] = [
  {keys: ['b'], title: 'Hold to see the ground truth in place of predictions'},
];
