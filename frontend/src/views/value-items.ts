// SPDX-License-Identifier: Apache-2.0
/** The menu of one pane: files of its own values. */
import type {Picture} from '../kinds/kind.js';
import {kindOf} from '../kinds/registry.js';
import type {MenuItem} from './menu-item.js';

export type ValueFormat = 'png' | 'npy';

const NPY: MenuItem = {id: 'npy', text: 'Save values as .npy'};
const PNG: MenuItem = {id: 'png', text: 'Save values as PNG'};

/** Ids are `ValueFormat`. Not all values can be in a PNG. */
export function valueItems(picture: Picture): readonly MenuItem[] {
  return kindOf(picture).fitsPng(picture) ? [PNG, NPY] : [NPY];
}
