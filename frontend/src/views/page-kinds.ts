// SPDX-License-Identifier: Apache-2.0
/** The kinds of the tags on the page. */
import type {TagKind} from '../api/types.js';
import {floats, kindNamed} from '../kinds/registry.js';
import type {Page} from '../store/page.js';
import type {ViewState} from '../store/view.js';

/** One of each. */
export function pageKinds({tags}: Pick<Page, 'tags'>): readonly TagKind[] {
  const kinds = new Map<TagKind['name'], TagKind>();
  for (const {runs} of tags.tags) {
    for (const {kind} of runs) {
      if (!kinds.has(kind.name)) {
        kinds.set(kind.name, kind);
      }
    }
  }
  return [...kinds.values()];
}

/** Whether pictures of a tag on the page have borders to draw. */
export function hasBorders(page: Pick<Page, 'tags'>, view: ViewState): boolean {
  return pageKinds(page).some(({name}) => kindNamed(name)?.hasOutlines(view) === true);
}

/** Whether pictures on the page lie on others: where no one chose, those that float on the inputs that were seen. */
export function isOverlaid(
  {tags, inputs}: Pick<Page, 'tags' | 'inputs'>,
  view: ViewState,
): boolean {
  const onInputs = tags.tags.filter(({tag}) => inputs.has(tag));
  return view.overlay.on ?? onInputs.some(({runs}) => runs.some(({kind}) => floats(kind.name)));
}
