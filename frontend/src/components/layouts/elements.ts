// SPDX-License-Identifier: Apache-2.0
/** The elements that draw layouts. */
import type {LayoutElementName} from '../../layouts/registry.js';
import '../cards/pairs-card-list.js';
import '../matrix/pairs-matrix.js';
import type {LayoutElement} from './layout-element.js';
import './pairs-sample-table.js';
import '../sheet/pairs-sheet.js';

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
