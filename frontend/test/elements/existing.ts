// SPDX-License-Identifier: Apache-2.0
/** The elements of `components/existing/`. */
import '../../src/components/existing/pairs-split.js';
import {put} from './put.js';

/** A tag whose pictures hold three panes beside each other; the test answers for the picture. */
export function showSplit(): void {
  const split = document.createElement('pairs-split');
  const tag = {pattern: 'strips', reason: '', run: 'train', runs: 1};
  split.subject = {...tag, tag: 'strips'};
  split.others = [{...tag, tag: 'truth', pattern: 'truth'}];
  put(split);
  split.addEventListener('pairs-split-done', () => split.remove());
}
