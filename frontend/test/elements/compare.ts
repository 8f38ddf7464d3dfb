// SPDX-License-Identifier: Apache-2.0
/** The elements of `components/compare/`. */
import '../../src/components/compare/pairs-compare-bar.js';
import {put} from './put.js';

export function showCompareBar(): void {
  const bar = document.createElement('pairs-compare-bar');
  bar.runs = ['a', 'b'];
  bar.step = '20';
  put(bar);
}
