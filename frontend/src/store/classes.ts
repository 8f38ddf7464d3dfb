// SPDX-License-Identifier: Apache-2.0
/** Which tags have classes: those whose kind lists them, be it none. */
import type {CatalogTag, MaskClass, TagKind} from '../api/types.js';

export function hasClasses(
  kind: TagKind,
): kind is TagKind & {readonly classes: readonly MaskClass[]} {
  return kind.classes !== undefined;
}

const recovered = new WeakMap<CatalogTag, CatalogTag>();

/** The tag with its integers read as class ids. Whether a picture can hold some, those decide who draw it. */
export function withClasses(tag: CatalogTag): CatalogTag {
  const known = recovered.get(tag) ?? {
    ...tag,
    series: tag.series.map((one) => ({...one, kind: recover(one.kind)})),
  };
  recovered.set(tag, known);
  return known;
}

function recover(kind: TagKind): TagKind {
  return hasClasses(kind) ? kind : {name: 'mask', classes: [], ignore: [], recoveredFrom: kind};
}

/** Those that the tag lists; none of other kinds. */
export function listedClasses(kind: TagKind): readonly MaskClass[] {
  return hasClasses(kind) ? kind.classes : [];
}
