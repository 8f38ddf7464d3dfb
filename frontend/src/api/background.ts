// SPDX-License-Identifier: Apache-2.0
/** Which classes are background: they leave the input free where a mask lies on one, and taking them for another is a false alarm. */
import type {MaskClass, TagKind} from './types.js';

/** What a class of nothing in particular is called, in lower case and without the underscores of `__background__`. */
const BACKGROUND_NAMES = new Set([
  'background',
  'bg',
  'none',
  'nothing',
  'other',
  'void',
  'unlabeled',
  'unlabelled',
]);

/** Whether a class has such a name, or is class 0 without one. */
export function isCalledBackground({id, name}: Pick<MaskClass, 'id' | 'name'>): boolean {
  const word = (name ?? String(id)).toLowerCase().replaceAll('_', '');
  return BACKGROUND_NAMES.has(word) || (id === 0 && word === '0');
}

/** Those of some classes that are so called. Ignored ones are none, as they are marked. */
export function calledBackground(
  classes: readonly MaskClass[],
  {ignore = []}: Pick<TagKind, 'ignore'>,
): readonly MaskClass[] {
  return classes.filter((one) => isCalledBackground(one) && !ignore.includes(one.id));
}

/** The ids that are so called, listed or not. */
function idsCalledBackground(kind: Pick<TagKind, 'classes' | 'ignore'>): readonly number[] {
  const {classes = []} = kind;
  const isListed = classes.some(({id}) => id === 0);
  return calledBackground(isListed ? classes : [{id: 0}, ...classes], kind).map(({id}) => id);
}

/** The background of what a tag says of its classes: as the page decided (`TagKind.background`), or else by name. */
export function backgroundOf(
  kind: Pick<TagKind, 'classes' | 'ignore'>,
  background: number | null | undefined,
): readonly number[] {
  const {ignore = []} = kind;
  if (background === undefined) {
    return idsCalledBackground(kind);
  }
  return background === null || ignore.includes(background) ? [] : [background];
}
