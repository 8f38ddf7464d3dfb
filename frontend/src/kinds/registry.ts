// SPDX-License-Identifier: Apache-2.0
/** The kinds there are. A new one is a room and a line here: see `kind.ts`. */
import {AnswerError} from '../api/reading.js';
import type {TagKind} from '../api/types.js';
import type {ClassStyle} from './classes.js';
import type {Display, Kind, KindName, Picture, TagFacts} from './kind.js';
import {flow} from './flow/flow.js';
import {heatmap} from './heatmap/heatmap.js';
import {image} from './image/image.js';
import {mask} from './mask/mask.js';

const KINDS: {readonly [Name in KindName]: Kind<Name>} = {image, mask, heatmap, flow};

/** In the order in which their choices are listed. */
export const ALL_KINDS: readonly Kind[] = Object.values(KINDS);

/** An input is one, whatever the kind of its tag. */
export const INPUT_KIND: Kind = image;

export function kindOf({kind}: Picture): Kind {
  return KINDS[kind];
}

/** Undefined for a kind that this page does not know, because a newer plugin wrote or serves it. */
export function kindNamed(name: string): Kind | undefined {
  return ALL_KINDS.find((kind) => kind.name === name);
}

/** A tag's kind, and what the tag says of it. */
export interface KnownTag {
  readonly kind: Kind;
  readonly facts: TagFacts[KindName];
}

/** An input has no tag of its own. */
export const INPUT_TAG: KnownTag = {kind: INPUT_KIND, facts: {}};

const knownTags = new WeakMap<TagKind, KnownTag | undefined>();

/**
 * Undefined where this page does not know the kind or can't read what the tag says of it, because a newer plugin wrote or serves
 * it. The same object for the same tag.
 */
export function knownTag(tag: TagKind): KnownTag | undefined {
  if (!knownTags.has(tag)) {
    knownTags.set(tag, readTag(tag));
  }
  return knownTags.get(tag);
}

function readTag(tag: TagKind): KnownTag | undefined {
  const kind = kindNamed(tag.name);
  try {
    return kind && {kind, facts: kind.readTag(tag)};
  } catch (error) {
    if (error instanceof AnswerError) {
      return undefined;
    }
    throw error;
  }
}

/** The classes that a tag lists, with every colour decided. */
export function listedStyles(tag: TagKind): readonly ClassStyle[] {
  const known = knownTag(tag);
  return known === undefined ? [] : known.kind.classes(known.facts);
}

/** Whether the integers of a tag may be class ids that were logged as another kind. */
export function mayBeClasses({name}: TagKind): boolean {
  return kindNamed(name)?.mayBeClasses === true;
}

/** Whether its pictures lie on the input, where there is one, until someone chooses otherwise. */
export function floats(name: string): boolean {
  return kindNamed(name)?.drawFloating !== undefined;
}

/** Whether a picture of it looks the same whatever it is compared with. */
export function standsAlone({name}: TagKind): boolean {
  return kindNamed(name)?.standsAlone === true;
}

export function isSameKind(a: Picture | undefined, b: Picture | undefined): boolean {
  return a !== undefined && a.kind === b?.kind;
}

export const defaultDisplay = Object.fromEntries(
  ALL_KINDS.map(({name, defaultDisplay: display}) => [name, display]),
) as unknown as Display;
