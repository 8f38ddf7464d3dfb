// SPDX-License-Identifier: Apache-2.0
import {expect, it} from 'vitest';
import {CARD_GAP, cardsBeside, columnsFor, scaleOnCard, tallestPane} from './pane-layout.js';

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

it('does not blow small pictures up to fill the page', () => {
  expect(tallestPane({width: 28, height: 28}, 900, 3, true)).toBe(224);
  expect(tallestPane({width: 2048, height: 2048}, 900, 3, true)).toBe(540);
});

it('leaves room for the first prediction on a small screen', () => {
  const tallest = (columns: number, hasInput: boolean): number =>
    tallestPane({width: 64, height: 64}, 536, columns, hasInput);
  expect(160 + 2 * (32 + tallest(2, true))).toBeLessThanOrEqual(536);
  expect(tallest(2, false)).toBeGreaterThan(tallest(2, true));
  // In one column the input comes last: what precedes the prediction is the ground truth alone.
  expect(tallest(1, true)).toBe(tallest(1, false));
  expect(264 + 2 * (32 + tallest(1, true))).toBeLessThanOrEqual(536);
});

it('tells how large a picture is on a card: by its columns, or by how tall it may be', () => {
  const card = {
    width: 1112,
    narrowest: 200,
    runs: 2,
    panes: 4,
    hasInput: true,
    frame: {width: 512, height: 256},
    viewportHeight: 900,
  };
  expect(scaleOnCard(card)).toBeCloseTo(1112 / 4 / 512);
  expect(scaleOnCard({...card, runs: 20, panes: 22})).toBeCloseTo(1112 / 5 / 512);
  expect(scaleOnCard({...card, frame: {width: 256, height: 2560}})).toBeCloseTo(540 / 2560);
  // Three cards of one run beside each other.
  const small = {...card, narrowest: 120, runs: 1, panes: 3};
  expect(scaleOnCard(small)).toBeCloseTo(((1112 + CARD_GAP) / 3 - CARD_GAP) / 3 / 512);
});
