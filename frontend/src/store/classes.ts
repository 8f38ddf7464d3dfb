// SPDX-License-Identifier: Apache-2.0
/** Which tags have classes: those whose kind lists them, be it none. */
import type {MaskClass, TagKind} from '../api/types.js';

export function hasClasses(
  kind: TagKind,
): kind is TagKind & {readonly classes: readonly MaskClass[]} {
  return kind.classes !== undefined;
}

/** Those that the tag lists; none of other kinds. */
export function listedClasses(kind: TagKind): readonly MaskClass[] {
  return hasClasses(kind) ? kind.classes : [];
}
