// SPDX-License-Identifier: Apache-2.0
/** The elements that draw layouts. */
import type {LitElement} from 'lit';
import type {TagSamples} from '../../api/types.js';
import type {LayoutElementName} from '../../layouts/registry.js';
import type {SampleSource, TagModel} from '../../store/data.js';
import type {ViewState} from '../../store/view.js';
import type {RenderContext} from '../../views/render-context.js';
import '../cards/pairs-card-list.js';
import '../matrix/pairs-matrix.js';
import './pairs-sample-table.js';
import '../sheet/pairs-sheet.js';

/**
 * What an element that draws a layout is given, and what the page asks of it. It tells by `pairs-visible-samples` which samples are in
 * sight, and of which runs, so that only those are fetched.
 */
export interface LayoutElement extends LitElement {
  model: TagModel | undefined;
  view: ViewState;
  source: SampleSource | undefined;
  /** Any other value tells that `source` has something new. */
  revision: number;
  /** Metrics of the samples over all steps, when the store has them. */
  history: TagSamples | undefined;
  renderContext: RenderContext | undefined;
  /** The sample at the top of what is seen, where `top` is that of the page's; `null` where none is. */
  topmost(top: number): string | null;
  /** Scrolls to a sample; whether it is drawn already. */
  reveal(sample: string): boolean;
  /** Gives the focus to a sample's pictures; whether they are drawn. */
  focusSample(sample: string): boolean;
}

/** Each element is one that can draw a layout, or this does not compile. */
type Drawing = {
  readonly [name in LayoutElementName]: HTMLElementTagNameMap[name] extends LayoutElement
    ? name
    : never;
};

const DRAWING: Drawing = {
  'pairs-card-list': 'pairs-card-list',
  'pairs-matrix': 'pairs-matrix',
  'pairs-sample-table': 'pairs-sample-table',
  'pairs-sheet': 'pairs-sheet',
};

export const LAYOUT_ELEMENTS = Object.values(DRAWING).join();

export function isLayoutElement(element: Element): element is LayoutElement {
  return Object.hasOwn(DRAWING, element.localName);
}
