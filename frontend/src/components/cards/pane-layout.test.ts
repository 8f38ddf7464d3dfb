// SPDX-License-Identifier: Apache-2.0
import {expect, it} from 'vitest';
import {columnsFor, columnsForBox, tallestPane} from './pane-layout.js';

it('puts all panes beside each other while they fit', () => {
  expect(columnsFor(1112, 4)).toBe(4);
});

it('spreads panes evenly over rows when they do not fit', () => {
  expect(columnsFor(1112, 6)).toBe(3);
  expect(columnsFor(500, 4)).toBe(2);
});

it('has one column at least', () => {
  expect(columnsFor(90, 3)).toBe(1);
});

it('chooses the columns that make pictures of a full view largest', () => {
  const box = {width: 1400, height: 700};
  expect(columnsForBox(box, 4, {width: 512, height: 256}, 32)).toBe(2);
  expect(columnsForBox(box, 3, {width: 256, height: 512}, 32)).toBe(3);
});

it('does not blow small pictures up to fill the page', () => {
  expect(tallestPane({width: 28, height: 28}, 900)).toBe(224);
  expect(tallestPane({width: 2048, height: 2048}, 900)).toBe(540);
});
