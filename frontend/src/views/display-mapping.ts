// SPDX-License-Identifier: Apache-2.0
/** One display for all panes of a card, so that equal values look equal in all of them. */
import type {Display, DisplayRequest, Picture} from '../kinds/kind.js';
import {ALL_KINDS} from '../kinds/registry.js';
import type {ViewState} from '../store/view.js';

/** `pictures` are the ground truth and the predictions: a range that follows the data follows all of them. */
export function displayOf(request: DisplayRequest, pictures: readonly Picture[]): Display {
  const displays = ALL_KINDS.map((kind) => [
    kind.name,
    kind.display(
      request,
      pictures.filter((picture) => picture.kind === kind.name),
    ),
  ]);
  return Object.fromEntries(displays) as Display;
}

/** The same as the viewer chose it. */
export function displayFor(
  {
    display,
    hiddenClasses,
    isolatedClass,
  }: Pick<ViewState, 'display' | 'hiddenClasses' | 'isolatedClass'>,
  pictures: readonly (Picture | undefined)[],
): Display {
  return displayOf(
    {choice: display, hiddenClasses, isolatedClass},
    pictures.filter((picture) => picture !== undefined),
  );
}
