// SPDX-License-Identifier: Apache-2.0
import {describe, expect, it} from 'vitest';
import {FIT} from '../store/view.js';
import {
  clampZoom,
  fitScale,
  frameAt,
  magnification,
  magnify,
  paneAt,
  panBy,
  seenPart,
  transformOf,
  viewOf,
  zoomAbout,
  zoomOf,
} from './viewport.js';

const pane = {width: 300, height: 200};
const frame = {width: 512, height: 256};

describe('fit', () => {
  it('centres the frame in the pane', () => {
    expect(transformOf(FIT, pane, frame)).toEqual({k: 1, x: 0, y: 0});
    const corner = paneAt({x: 0, y: 0}, FIT, pane, frame);
    expect(corner.x).toBeCloseTo(0);
    expect(corner.y).toBeCloseTo(25);
  });

  it('fills a pane that has the frame’s shape but for rounding', () => {
    const box = {width: 220, height: 109.6};
    expect(fitScale(box, frame)).toBe(220 / 512);
    expect(paneAt({x: 0, y: 0}, FIT, box, frame).y).toBeLessThanOrEqual(0);
  });

  it('shows all of the frame', () => {
    const {x, y, width, height} = seenPart(FIT, pane, frame);
    expect([x, y, width, height].map((part) => Number(part.toFixed(9)))).toEqual([0, 0, 1, 1]);
  });
});

describe('zoomAbout', () => {
  it('keeps the place under the pointer', () => {
    const at = {x: 90, y: 110};
    const before = frameAt(at, FIT, pane, frame);
    const after = frameAt(at, zoomAbout(FIT, 5, at, pane, frame), pane, frame);
    expect(after.x).toBeCloseTo(before.x);
    expect(after.y).toBeCloseTo(before.y);
  });

  it('stops at 64 CSS pixels per picture pixel, still under the pointer', () => {
    const at = {x: 90, y: 110};
    const zoom = zoomAbout(FIT, 1e6, at, pane, frame);
    expect(magnification(zoom, pane, frame)).toBeCloseTo(64);
    expect(frameAt(at, zoom, pane, frame).x).toBeCloseTo(frameAt(at, FIT, pane, frame).x);
  });
});

describe('clampZoom', () => {
  it('keeps the frame from leaving the pane', () => {
    const zoom = panBy({scale: 4, x: 0.5, y: 0.5}, 1e6, -1e6, pane, frame);
    expect(paneAt({x: 0, y: 0}, zoom, pane, frame).x).toBeCloseTo(0);
    expect(paneAt({x: 0, y: 256}, zoom, pane, frame).y).toBeCloseTo(200);
  });

  it('centres the side on which the frame is smaller than the pane', () => {
    expect(clampZoom({scale: 1.2, x: 0.5, y: 0.1}, pane, frame).y).toBe(0.5);
  });
});

it('goes to a transform and back', () => {
  const zoom = {scale: 3.5, x: 0.4, y: 0.6};
  const back = zoomOf(transformOf(zoom, pane, frame), pane, frame);
  expect(back.scale).toBe(3.5);
  expect(back.x).toBeCloseTo(0.4);
  expect(back.y).toBeCloseTo(0.6);
});

it('magnifies to a given size of a pixel', () => {
  expect(magnification(magnify(FIT, 16, pane, frame), pane, frame)).toBeCloseTo(16);
});

it('gives the painter device pixels', () => {
  const view = viewOf(magnify(FIT, 1, pane, frame), pane, frame, 2);
  expect(view.scale).toBeCloseTo(2);
  expect(view.x).toBeCloseTo(256 - 150);
});
