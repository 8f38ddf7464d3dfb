// SPDX-License-Identifier: Apache-2.0
import {describe, expect, it} from 'vitest';
import {FIT} from '../store/view.js';
import {paneKeyEffect, type PanePlace} from './pane-keys.js';

const PANE = {width: 400, height: 200};
const FRAME = {width: 100, height: 50};
const FITTED: PanePlace = {zoom: FIT, pane: PANE, frame: FRAME};
const ZOOMED: PanePlace = {zoom: {scale: 4, x: 0.5, y: 0.5}, pane: PANE, frame: FRAME};

const press = (key: string, shiftKey = false) => ({key, shiftKey});

describe('zoom keys', () => {
  it('go in and out, and end at the whole picture', () => {
    expect(paneKeyEffect(press('+'), FITTED, null, 1)?.zoom?.scale).toBe(1.5);
    expect(
      paneKeyEffect(press('-'), {...FITTED, zoom: {scale: 1.2, x: 0.5, y: 0.5}}, null, 1),
    ).toEqual({
      zoom: FIT,
    });
  });

  it('show one picture pixel per device pixel, and values', () => {
    expect(paneKeyEffect(press('9'), FITTED, null, 2)?.zoom?.scale).toBe(0.5 / 4);
    expect(paneKeyEffect(press('8'), FITTED, null, 2)?.zoom?.scale).toBe(48 / 4);
  });
});

describe('arrows', () => {
  it('are left to others, unless Shift pans a zoomed picture', () => {
    expect(paneKeyEffect(press('ArrowLeft'), ZOOMED, null, 1)).toBeNull();
    expect(paneKeyEffect(press('ArrowLeft', true), FITTED, null, 1)).toBeNull();
    expect(paneKeyEffect(press('ArrowLeft', true), ZOOMED, null, 1)?.zoom?.x).toBeCloseTo(0.47);
  });

  it('move a cross-hair by whole pixels, ten with Shift, within the picture', () => {
    const at = {x: 50, y: 25};
    expect(paneKeyEffect(press('ArrowRight'), FITTED, at, 1)).toEqual({
      crossHair: {x: 51.5, y: 25.5},
    });
    expect(paneKeyEffect(press('ArrowUp', true), FITTED, at, 1)?.crossHair).toEqual({
      x: 50.5,
      y: 15.5,
    });
    expect(paneKeyEffect(press('ArrowUp', true), FITTED, {x: 0, y: 4}, 1)?.crossHair?.y).toBe(0.5);
  });

  it('bring along what the cross-hair points at', () => {
    const effect = paneKeyEffect(press('ArrowRight', true), ZOOMED, {x: 60, y: 25}, 1);
    expect(effect?.crossHair).toEqual({x: 70.5, y: 25.5});
    // 12.5 pixels are seen on either side of 50, and one is to spare.
    expect(effect?.zoom?.x).toBeCloseTo((50 + 70.5 - 50 - 12.5 + 1) / 100);
  });
});

describe('the cross-hair', () => {
  it('begins in the middle of the visible part, and goes with h or Escape', () => {
    expect(paneKeyEffect(press('h'), ZOOMED, null, 1)).toEqual({crossHair: {x: 50, y: 25}});
    expect(paneKeyEffect(press('h'), ZOOMED, {x: 1, y: 1}, 1)).toEqual({crossHair: null});
    expect(paneKeyEffect(press('Escape'), ZOOMED, {x: 1, y: 1}, 1)).toEqual({crossHair: null});
    expect(paneKeyEffect(press('Escape'), ZOOMED, null, 1)).toBeNull();
  });
});
