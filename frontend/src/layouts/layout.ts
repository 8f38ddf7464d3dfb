// SPDX-License-Identifier: Apache-2.0
/**
 * What a layout is to the page: a way to lay out the samples of a tag.
 *
 * To add one: a file here that holds a `Layout`, a line in `registry.ts`, and the element that draws it with its line in
 * `components/layouts/elements.ts`. Its button, commands, sizes, link and the choice by itself follow. Nothing else compares a
 * layout's name (`test/names.test.ts`): whoever has a view asks `layoutOf`.
 */

export const SIZES = ['S', 'M', 'L'] as const;
export type LayoutSize = (typeof SIZES)[number];

export interface Layout {
  /** As in links. */
  readonly id: string;
  /** On its button. */
  readonly label: string;
  /** Of its command. */
  readonly title: string;
  /** On hover. */
  readonly hint: string;
  /** The element that draws it: a `LayoutElement` (`components/layouts/elements.ts`). */
  readonly element: string;
  /** CSS pixels of a picture's width at each size. */
  readonly sizes: Readonly<Record<LayoutSize, number>>;
  /** The size until one is chosen; absent, it is M. */
  readonly usualSize?: LayoutSize;
  /**
   * Of how many samples at each size at least the predictions are in sight, but on the smallest screens: these are fetched before
   * anything is laid out. Absent, few samples are sure to be, and whole.
   */
  readonly sureTiles?: Readonly<Record<LayoutSize, number>>;
  /** Shows the predictions of one run only, which is chosen in the tag's header. */
  readonly showsOneRun: boolean;
  /** Whether it is chosen by itself for so many runs; of several the first in the registry is. */
  readonly suits: (runs: number) => boolean;
}
