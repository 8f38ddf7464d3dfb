// SPDX-License-Identifier: Apache-2.0
/** Which classes are seen in pictures, for a legend that names no others. */
import type {TagKind} from '../api/types.js';
import type {ClassStyle} from '../kinds/classes.js';
import type {Display, Picture} from '../kinds/kind.js';
import {kindOf, listedStyles} from '../kinds/registry.js';

export interface SeenClass {
  readonly style: ClassStyle;
  /** Over all pictures that were counted. */
  readonly pixels: number;
}

/** The classes of pictures that are added one after another. */
export class SeenClasses {
  readonly #seen = new Map<string, SeenClass>();

  /** `floats`: it lies on an input, without its background. */
  add(picture: Picture, display: Display, floats = false): void {
    const kind = kindOf(picture);
    for (const [id, pixels] of kind.classPixels?.(picture, display[kind.name], floats) ?? []) {
      const style = kind.classStyle(picture, id);
      if (style !== undefined) {
        const key = keyOf(style);
        this.#seen.set(key, {style, pixels: pixels + (this.#seen.get(key)?.pixels ?? 0)});
      }
    }
  }

  /** In the order in which `kinds` list them; then those that none lists, by id. Runs may call one id by several names. */
  inOrder(kinds: readonly TagKind[]): readonly SeenClass[] {
    const listed = kinds.flatMap(listedStyles);
    const places = new Map<string, number>();
    for (const style of listed) {
      const key = keyOf(style);
      places.set(key, places.get(key) ?? places.size);
    }
    const placeOf = ({style}: SeenClass): number => places.get(keyOf(style)) ?? places.size;
    return [...this.#seen.values()].sort(
      (a, b) => placeOf(a) - placeOf(b) || a.style.id - b.style.id,
    );
  }
}

function keyOf({id, name, color}: ClassStyle): string {
  return `${id} ${color} ${name}`;
}
