// SPDX-License-Identifier: Apache-2.0
/** The layouts there are, in the order of their buttons. A new one is a file and a line here: see `layout.ts`. */
import {clamp} from '../clamp.js';
import {cards} from './cards.js';
import {matrix} from './matrix.js';
import {sheet} from './sheet.js';
import {table} from './table.js';
import {SIZES, type Layout, type LayoutSize} from './layout.js';

const ALL = [cards, matrix, sheet, table] as const;

export type LayoutId = (typeof ALL)[number]['id'];
export type LayoutElementName = (typeof ALL)[number]['element'];

type KnownLayout = Layout & {readonly id: LayoutId; readonly element: LayoutElementName};

export const LAYOUTS: readonly KnownLayout[] = ALL;

const DEFAULT_SIZE: LayoutSize = 'M';

/** How the viewer wants to see one tag; `null` is what is chosen by itself. */
export interface TagLayout {
  readonly tag: string;
  readonly layout: LayoutId | null;
  readonly size: LayoutSize | null;
  /** The run whose predictions are shown, in layouts that show one. */
  readonly run: string | null;
}

/** The choices of tags for which there are any. */
interface Choices {
  readonly layouts: readonly TagLayout[];
}

export function choicesOf({layouts}: Choices, tag: string): TagLayout {
  return layouts.find((choice) => choice.tag === tag) ?? {tag, layout: null, size: null, run: null};
}

/** The layout of a tag of which so many runs are shown. */
export function layoutOf(view: Choices, tag: string, runs: number): KnownLayout {
  const {layout} = choicesOf(view, tag);
  return layoutNamed(layout) ?? LAYOUTS.find(({suits}) => suits(runs))!;
}

export function layoutNamed(name: string | null | undefined): KnownLayout | undefined {
  return LAYOUTS.find(({id}) => id === name);
}

export function sizeOf(view: Choices, tag: string): LayoutSize {
  const {layout, size} = choicesOf(view, tag);
  return size ?? layoutNamed(layout)?.usualSize ?? DEFAULT_SIZE;
}

/** CSS pixels of a picture's width in the layout of a tag. */
export function pictureWidthOf(view: Choices, tag: string, runs: number): number {
  return layoutOf(view, tag, runs).sizes[sizeOf(view, tag)];
}

/** The size that is `by` steps larger, as far as there are sizes. */
export function sizeBeside(size: LayoutSize, by: number): LayoutSize {
  const place = SIZES.indexOf(size) + by;
  return SIZES[clamp(place, 0, SIZES.length - 1)]!;
}
