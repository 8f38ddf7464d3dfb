// SPDX-License-Identifier: Apache-2.0
/** What the background of masks can be set to. */
import {isCalledBackground} from '../api/background.js';
import type {ClassStyle} from '../kinds/classes.js';
import type {ViewState} from '../store/view.js';

export interface BackgroundChoice {
  /** A class id, `none`, or nothing where the page finds it. */
  readonly value: string;
  readonly label: string;
}

/** The classes that can be background. The chosen one is always there, as it holds for all masks of the page. */
export function backgroundChoices(
  styles: readonly ClassStyle[],
  chosen: ViewState['background'],
): readonly BackgroundChoice[] {
  const judged = styles.filter(({ignored}) => !ignored);
  const known = [
    {value: '', label: 'automatic'},
    {value: 'none', label: 'none'},
    ...judged.map(({id, name}) => ({value: String(id), label: name})),
  ];
  if (typeof chosen !== 'number' || judged.some(({id}) => id === chosen)) {
    return known;
  }
  return [...known, {value: String(chosen), label: labelOfOther(styles, chosen)}];
}

/** Says which class it is that can't be chosen here, and why. Class 0 that a list leaves out is background anyway. */
function labelOfOther(styles: readonly ClassStyle[], chosen: number): string {
  const ignored = styles.find(({id}) => id === chosen);
  if (ignored !== undefined) {
    return `${ignored.name}, ignored`;
  }
  return isCalledBackground({id: chosen}) ? `class ${chosen}` : `class ${chosen}, not listed`;
}
