// SPDX-License-Identifier: Apache-2.0
import {describe, expect, it} from 'vitest';
import {movedSample, rowsOfPage, samplesOfRow, sheetGeometry} from './sheet-geometry.js';

const FRAME = {width: 192, height: 128};

describe('a sheet', () => {
  it('has as many tiles beside each other as fit, gaps between them', () => {
    expect(sheetGeometry(60, 120, FRAME, 120).columns).toBe(1);
    expect(sheetGeometry(60, 120, FRAME, 247).columns).toBe(1);
    expect(sheetGeometry(60, 120, FRAME, 248).columns).toBe(2);
    expect(sheetGeometry(60, 120, FRAME, 60).columns).toBe(1);
  });

  it('has room for sixty small tiles where the page is 1640 wide', () => {
    const {columns, rows, pitch} = sheetGeometry(60, 120, FRAME, 1640);
    expect(columns).toBe(12);
    expect(rows * pitch).toBeLessThan(600);
  });

  it('has tiles of the shape of the pictures, within bounds', () => {
    expect(sheetGeometry(1, 182, FRAME, 182).picture).toEqual({width: 180, height: 120});
    expect(sheetGeometry(1, 102, {width: 10, height: 90}, 102).picture.height).toBe(125);
    expect(sheetGeometry(1, 102, {width: 90, height: 1}, 102).picture.height).toBe(40);
  });

  it('is filled by its tiles', () => {
    for (const width of [60, 300, 901, 1640]) {
      const {columns, picture} = sheetGeometry(60, 120, FRAME, width);
      const rest = width - (columns * (picture.width + 10) - 8);
      expect(rest).toBeGreaterThanOrEqual(0);
      expect(rest).toBeLessThan(columns);
    }
  });

  it('ends with a row that may not be full', () => {
    const sheet = sheetGeometry(11, 120, FRAME, 4 * 128);
    expect(sheet.rows).toBe(3);
    expect(samplesOfRow(sheet, 0, 11)).toEqual({first: 0, end: 4});
    expect(samplesOfRow(sheet, 2, 11)).toEqual({first: 8, end: 11});
    expect(samplesOfRow(sheet, 3, 11)).toEqual({first: 11, end: 11});
    expect(sheetGeometry(0, 120, FRAME, 500).rows).toBe(0);
  });
});

describe('keys', () => {
  const move = (key: string, place: number): number | null =>
    movedSample(key, {columns: 4}, 11, place, 2);

  it('go from sample to sample, and stop at the ends', () => {
    expect([0, 3, 10].map((place) => move('ArrowRight', place))).toEqual([1, 4, 10]);
    expect([0, 4].map((place) => move('ArrowLeft', place))).toEqual([0, 3]);
    expect([move('Home', 7), move('End', 7)]).toEqual([0, 10]);
  });

  it('go from row to row in one column, or to the last sample where the row below is short', () => {
    expect([1, 5, 6, 7, 9].map((place) => move('ArrowDown', place))).toEqual([5, 9, 10, 10, 9]);
    expect([2, 6].map((place) => move('ArrowUp', place))).toEqual([2, 2]);
  });

  it('go by pages', () => {
    expect([1, 5].map((place) => move('PageDown', place))).toEqual([9, 9]);
    expect([9, 5].map((place) => move('PageUp', place))).toEqual([1, 1]);
    expect([100, 350, 1000].map((height) => rowsOfPage({pitch: 100}, height))).toEqual([1, 2, 9]);
  });

  it('move nowhere when they are others', () => {
    expect(move('Enter', 3)).toBeNull();
  });
});
