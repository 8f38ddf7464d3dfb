// SPDX-License-Identifier: Apache-2.0
import {describe, expect, it} from 'vitest';
import {
  TITLE_HEIGHT,
  dropPlace,
  fixedPlace,
  groupStarts,
  matrixGeometry,
  rowsInSight,
  runsInSight,
  scrollToRow,
} from './matrix-geometry.js';

const COUNTS = {rows: 60, runs: 20, hasInput: true, hasHparams: false, hasGroups: false};
const WIDE = matrixGeometry(COUNTS, 190, {width: 192, height: 128}, 1140);

describe('a matrix', () => {
  it('has cells of the shape of the pictures, within bounds', () => {
    expect(WIDE.cell).toEqual({width: 190, height: 127});
    expect(matrixGeometry(COUNTS, 100, {width: 10, height: 90}, 900).cell.height).toBe(125);
    expect(matrixGeometry(COUNTS, 100, {width: 90, height: 1}, 900).cell.height).toBe(40);
    expect(WIDE.width).toBe(22 * 190);
  });

  it('keeps input and ground truth at the left, the ground truth longest', () => {
    expect([0, 1].map((place) => fixedPlace(WIDE, place).stuck)).toEqual([0, 190]);
    const narrow = matrixGeometry(COUNTS, 190, {width: 3, height: 2}, 480);
    expect([0, 1].map((place) => fixedPlace(narrow, place).stuck)).toEqual([undefined, 0]);
    const tiny = matrixGeometry(COUNTS, 300, {width: 3, height: 2}, 480);
    expect(fixedPlace(tiny, 1)).toEqual({column: 2});
  });

  it('draws the samples and runs in sight, and one more on each side', () => {
    const {rowHeight, headHeight} = WIDE;
    const height = headHeight + 4 * rowHeight;
    expect(rowsInSight(WIDE, 60, 10 * rowHeight, height)).toEqual({first: 9, end: 15});
    expect(runsInSight(WIDE, 20, 0, 1140)).toEqual({first: 0, end: 5});
    expect(runsInSight(WIDE, 20, 5 * 190, 1140)).toEqual({first: 4, end: 10});
  });

  it('scrolls no further than to show a row whole', () => {
    const {rowHeight, headHeight} = WIDE;
    const height = headHeight + 4 * rowHeight;
    expect(scrollToRow(WIDE, 2, 0, height)).toBe(0);
    expect(scrollToRow(WIDE, 4, 0, height)).toBe(rowHeight);
    expect(scrollToRow(WIDE, 1, 3 * rowHeight, height)).toBe(rowHeight);
    expect(rowHeight).toBeGreaterThan(TITLE_HEIGHT + WIDE.cell.height);
  });

  it('leaves room in its headers for hyperparameters and groups', () => {
    const counts = {...COUNTS, hasHparams: true, hasGroups: true};
    const both = matrixGeometry(counts, 190, {width: 192, height: 128}, 1140);
    expect(both.headHeight).toBeGreaterThan(WIDE.headHeight);
    expect(both.height - both.headHeight).toBe(WIDE.height - WIDE.headHeight);
    const height = both.headHeight + 4 * both.rowHeight;
    expect(rowsInSight(both, 60, 10 * both.rowHeight, height)).toEqual({first: 9, end: 15});
  });

  it('parts groups of runs', () => {
    expect(groupStarts(WIDE, [3, 1, 2])).toEqual([5 * 190, 6 * 190]);
    expect(groupStarts(WIDE, [])).toEqual([]);
  });

  it('puts a header before the column in whose first half it is dropped', () => {
    expect(dropPlace(WIDE, 20, 90)).toBe(0);
    expect(dropPlace(WIDE, 20, 100)).toBe(1);
    expect(dropPlace(WIDE, 20, -500)).toBe(0);
    expect(dropPlace(WIDE, 20, 99_999)).toBe(20);
  });
});
