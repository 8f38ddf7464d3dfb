// SPDX-License-Identifier: Apache-2.0
/** Names of the classes of a tag. */
import {listedStyles} from '../kinds/registry.js';
import type {TagModel} from '../store/data.js';
import type {ChosenConfusion} from '../store/view.js';
import {isolated} from '../texts/isolated.js';

/** The name in the first run that lists the class, or its id. */
export function className({runs}: Pick<TagModel, 'runs'>, id: number): string {
  for (const {kind} of runs) {
    const style = listedStyles(kind).find((one) => one.id === id);
    if (style !== undefined) {
      return style.name;
    }
  }
  return String(id);
}

/** `car taken for tree` */
export function confusionWords(
  model: Pick<TagModel, 'runs'>,
  {truth, predicted}: Pick<ChosenConfusion, 'truth' | 'predicted'>,
): string {
  return `${isolated(className(model, truth))} taken for ${isolated(className(model, predicted))}`;
}
