// SPDX-License-Identifier: Apache-2.0
import {describe, expect, it} from 'vitest';
import type {Size} from '../pixels/raster.js';
import {
  arrangeAlike,
  arrangeSpotlight,
  gridOfAlike,
  gridOfSpotlight,
  STAGE_GAP,
} from './stage-layout.js';

const BOXES: readonly Size[] = [
  {width: 1440, height: 620},
  {width: 1920, height: 900},
  {width: 800, height: 380},
  {width: 360, height: 600},
];
const FRAMES: readonly Size[] = [
  {width: 512, height: 256},
  {width: 256, height: 512},
  {width: 64, height: 64},
  {width: 3000, height: 100},
];
const CASES = BOXES.flatMap((box) =>
  FRAMES.flatMap((frame) => [1, 2, 3, 4, 7, 12, 22].map((panes) => ({box, frame, panes}))),
);

/** The scale in rows and columns, worked out here. */
function scaleOf({width, height}: Size, frame: Size, columns: number, rows: number): number {
  return Math.min(
    (width - (columns - 1) * STAGE_GAP) / columns / frame.width,
    (height - (rows - 1) * STAGE_GAP) / rows / frame.height,
  );
}

describe('panes alike', () => {
  it.each([
    [4, {width: 512, height: 256}, 2, 2],
    [3, {width: 256, height: 512}, 3, 1],
    [2, {width: 512, height: 256}, 2, 1],
    [22, {width: 512, height: 256}, 5, 5],
    [1, {width: 64, height: 64}, 1, 1],
  ])('stand %s of %j in %s columns and %s rows of a wide box', (panes, frame, columns, rows) => {
    expect(arrangeAlike({width: 1440, height: 700}, panes, frame)).toMatchObject({columns, rows});
  });

  it('have the largest pictures that any rows and columns give', () => {
    for (const {box, frame, panes} of CASES) {
      const {scale, columns, rows} = arrangeAlike(box, panes, frame);
      expect(columns * rows).toBeGreaterThanOrEqual(panes);
      expect(scale).toBeCloseTo(scaleOf(box, frame, columns, rows));
      for (let other = 1; other <= panes; other++) {
        const best = scaleOf(box, frame, other, Math.ceil(panes / other));
        expect(scale).toBeGreaterThanOrEqual(best * 0.998);
      }
    }
  });

  it('are never smaller than asked for, where one fits at all, and scroll where they do not fit', () => {
    for (const {box, frame, panes} of CASES) {
      const widest = Math.min(box.width / frame.width, box.height / frame.height);
      for (const least of [0.2, 0.7, 1].map((share) => share * widest)) {
        const {scale, columns, rows, height} = arrangeAlike(box, panes, frame, {least});
        expect(scale).toBeGreaterThanOrEqual(least * 0.9999);
        expect(scale).toBeLessThanOrEqual(widest * 1.0001);
        expect(scaleOf({...box, height}, frame, columns, rows)).toBeCloseTo(scale);
        expect(height).toBeGreaterThanOrEqual(box.height);
      }
    }
  });

  it('fill the width of a box that is narrower than what is asked for', () => {
    const narrow = arrangeAlike(
      {width: 180, height: 400},
      4,
      {width: 200, height: 150},
      {
        least: 1,
      },
    );
    expect(narrow).toMatchObject({columns: 1, rows: 4});
    expect(narrow.scale).toBeCloseTo(0.9);
    expect(narrow.height).toBeCloseTo(4 * 135 + 3 * STAGE_GAP);
  });

  it('leave room for what stands above each picture', () => {
    const box = {width: 400, height: 232};
    const frame = {width: 200, height: 100};
    expect(arrangeAlike(box, 2, frame).columns).toBe(1);
    expect(arrangeAlike(box, 2, frame, {caption: 32}).columns).toBe(2);
  });

  it('become a grid of equal cells', () => {
    expect(gridOfAlike(arrangeAlike({width: 1440, height: 700}, 4, FRAMES[0]!))).toEqual({
      columns: 'repeat(2, minmax(0, 1fr))',
      rows: 'repeat(2, minmax(0, 1fr))',
      large: undefined,
      isColumn: false,
    });
  });
});

describe('one pane large', () => {
  it('is at least as large as all alike, and three times as large as one of many', () => {
    for (const {box, frame, panes} of CASES.filter((one) => one.panes > 2)) {
      const {scale} = arrangeSpotlight(box, panes, frame);
      expect(scale).toBeGreaterThanOrEqual(arrangeAlike(box, panes, frame).scale);
    }
    const [box, frame] = [BOXES[0]!, FRAMES[0]!];
    const {scale} = arrangeSpotlight(box, 22, frame);
    expect(scale).toBeGreaterThan(3 * arrangeAlike(box, 22, frame).scale);
  });

  it('leaves room for every thumbnail, of which the longer side can be seen', () => {
    for (const {box, frame, panes} of CASES.filter((one) => one.panes > 1)) {
      const {side, lines, perLine, thickness} = arrangeSpotlight(box, panes, frame);
      expect(lines * perLine).toBeGreaterThanOrEqual(panes - 1);
      const length = side === 'right' ? box.height : box.width;
      const along = (length - (perLine - 1) * STAGE_GAP) / perLine;
      const thumb =
        side === 'right' ? {width: thickness, height: along} : {width: along, height: thickness};
      const scale = Math.min(thumb.width / frame.width, thumb.height / frame.height);
      const longer = scale * Math.max(frame.width, frame.height);
      expect(longer).toBeLessThanOrEqual(161);
      // 72, but that a thickness is whole pixels, of which a picture of 30 : 1 has few.
      expect(lines === panes - 1 || longer >= 60).toBe(true);
    }
  });

  it('has its thumbnails where they cost it least', () => {
    const wide = arrangeSpotlight({width: 1440, height: 600}, 4, {width: 256, height: 256});
    expect(wide).toMatchObject({side: 'right', lines: 1, perLine: 3, thickness: 160});
    const tall = arrangeSpotlight({width: 400, height: 900}, 4, {width: 256, height: 256});
    expect(tall).toMatchObject({side: 'bottom', lines: 1, perLine: 3});
  });

  it('becomes a grid around the large one', () => {
    const right = {side: 'right', lines: 2, perLine: 3, thickness: 90, scale: 1} as const;
    expect(gridOfSpotlight(right)).toEqual({
      columns: 'minmax(0, 1fr) repeat(2, 90px)',
      rows: 'repeat(3, minmax(0, 1fr))',
      large: '1 / 1 / -1 / 2',
      isColumn: false,
    });
    expect(gridOfSpotlight({...right, side: 'bottom'})).toEqual({
      columns: 'repeat(3, minmax(0, 1fr))',
      rows: 'minmax(0, 1fr) repeat(2, 90px)',
      large: '1 / 1 / 2 / -1',
      isColumn: false,
    });
  });
});
