// SPDX-License-Identifier: Apache-2.0
import {expect, it} from 'vitest';
import {
  CARD_GAP,
  cardsBeside,
  columnsFor,
  columnsForBox,
  heightOfCard,
  rowsToPrediction,
  tallestPane,
} from './pane-layout.js';

it('puts all panes beside each other while they fit', () => {
  expect(columnsFor(1112, 4)).toBe(4);
});

it('spreads panes evenly over rows when they do not fit', () => {
  expect(columnsFor(1112, 6)).toBe(3);
  expect(columnsFor(500, 4)).toBe(2);
});

it('gives panes the width that is asked for', () => {
  expect(columnsFor(1112, 6, 140)).toBe(6);
  expect(columnsFor(1112, 6, 340)).toBe(3);
  expect(columnsFor(1112, 4, 340)).toBe(2);
});

it('puts small cards beside each other while all of their pictures fit', () => {
  expect(cardsBeside(2 * 420 + CARD_GAP, 3, 140)).toBe(2);
  expect(cardsBeside(2 * 420 + CARD_GAP - 1, 3, 140)).toBe(1);
  expect(cardsBeside(300, 3, 140)).toBe(1);
  expect(cardsBeside(2000, 3, 200)).toBe(1);
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
  expect(tallestPane({width: 28, height: 28}, 900, 1)).toBe(224);
  expect(tallestPane({width: 2048, height: 2048}, 900, 1)).toBe(540);
});

it('leaves room for the first prediction on a small screen', () => {
  const rows = rowsToPrediction(2, true);
  expect(rows).toBe(2);
  expect(160 + rows * (32 + tallestPane({width: 64, height: 64}, 536, rows))).toBeLessThanOrEqual(
    536,
  );
  expect(rowsToPrediction(2, false)).toBe(1);
});

it('tells the height at which no picture is smaller than on a card', () => {
  const frame = {width: 16, height: 12};
  const card = {width: 776, columns: 2, tallest: 150};
  // 200 x 150 on the card, so three beside each other, in two rows.
  expect(heightOfCard(762, 4, frame, card)).toBe(2 * (150 + 33));
  expect(heightOfCard(180, 4, frame, card)).toBe(4 * (135 + 33));
});
