// SPDX-License-Identifier: Apache-2.0
import {describe, expect, it} from 'vitest';
import type {StripLayout} from '../api/types.js';
import {crop, recoverClasses} from '../decode/encoded.js';
import type {Raster} from '../pixels/raster.js';
import {fewColors} from './colors.js';
import {cutsOfSize, cutsOfStrip, cutsOfTags} from './cuts.js';
import {findGrid} from './grids.js';
import {likeness} from './likeness.js';

/** A grey picture by its function of place. */
function picture(width: number, height: number, value: (x: number, y: number) => number): Raster {
  const data = Uint8Array.from({length: width * height}, (_, i) =>
    value(i % width, Math.floor(i / width)),
  );
  return {width, height, channels: 1, bits: 8, data};
}

/** A `make_grid` of cells of 6 × 5, whose values are their numbers; `filled` of them are. */
function grid(columns: number, rows: number, filled: number, padding = 2): Raster {
  const [width, height] = [6, 5];
  return picture(
    columns * (width + padding) + padding,
    rows * (height + padding) + padding,
    (x, y) => {
      const [column, row] = [Math.floor(x / (width + padding)), Math.floor(y / (height + padding))];
      const isLine = x % (width + padding) < padding || y % (height + padding) < padding;
      const cell = row * columns + column;
      return isLine || cell >= filled ? 0 : 10 + cell;
    },
  );
}

const PAIR: StripLayout = {picture: 0, panes: ['groundTruth', 'prediction'], axis: 'x'};

describe('cutsOfStrip', () => {
  it('divides a picture in the order of the panes', () => {
    const strip = {...PAIR, panes: ['prediction', 'input', 'groundTruth']} as const;
    const {samples} = cutsOfStrip(
      picture(9, 4, (x) => x),
      strip,
      undefined,
    );
    expect(samples).toEqual([
      {
        prediction: {x: 0, y: 0, width: 3, height: 4},
        input: {x: 3, y: 0, width: 3, height: 4},
        groundTruth: {x: 6, y: 0, width: 3, height: 4},
      },
    ]);
  });

  it('cuts where it is said', () => {
    const {samples} = cutsOfStrip(
      picture(10, 4, (x) => x),
      {...PAIR, cuts: [0.3]},
      undefined,
    );
    expect(samples[0]!.prediction).toEqual({x: 3, y: 0, width: 7, height: 4});
  });

  it('says why a picture can not be divided', () => {
    expect(cutsOfSize({width: 5, height: 4}, PAIR).error).toBe(
      'its width of 5 pixels is not divided by 2 panes',
    );
    expect(cutsOfSize({width: 4, height: 5}, {...PAIR, axis: 'y'}).error).toMatch('its height');
  });

  it('leaves out the lines of a grid: each row is a strip', () => {
    const {samples} = cutsOfStrip(grid(2, 2, 4), PAIR, undefined);
    expect(samples).toHaveLength(2);
    expect(samples[1]!.prediction).toEqual({x: 10, y: 9, width: 6, height: 5});
    const three = cutsOfStrip(grid(3, 1, 3), PAIR, undefined);
    expect(three.error).toMatch('grid of 3 × 1 pictures, not of 2 panes');
  });

  it('cuts each cell of a grid of a size that is said', () => {
    const {samples} = cutsOfStrip(
      picture(8, 6, (x) => x + 1),
      PAIR,
      {width: 4, height: 3, padding: 0},
    );
    expect(samples).toHaveLength(4);
    expect(samples[3]).toEqual({
      groundTruth: {x: 4, y: 3, width: 2, height: 3},
      prediction: {x: 6, y: 3, width: 2, height: 3},
    });
    expect(
      cutsOfStrip(
        picture(9, 6, () => 1),
        PAIR,
        {width: 4, height: 3, padding: 0},
      ).error,
    ).toMatch('no grid of samples of 4 × 3');
  });

  it('judges panes only where the name leaves a doubt', () => {
    const noise = picture(32, 16, (x, y) => (x * 7919 + y * 104729) % 251);
    expect(cutsOfStrip(noise, PAIR, undefined).isUnlike).toBeUndefined();
    expect(cutsOfStrip(noise, {...PAIR, mustLookAlike: true}, undefined).isUnlike).toBe(true);
    const twice = picture(32, 16, (x, y) => ((x % 16) * 7919 + y * 104729) % 251);
    expect(cutsOfStrip(twice, {...PAIR, mustLookAlike: true}, undefined).isUnlike).toBe(false);
  });
});

describe('cutsOfTags', () => {
  it('cuts grids of one geometry, less the cells that are empty in all', () => {
    const {samples} = cutsOfTags([grid(3, 2, 5), grid(3, 2, 5)], undefined);
    expect(samples).toHaveLength(5);
    expect(samples[4]!.groundTruth).toEqual({x: 10, y: 9, width: 6, height: 5});
    // The last cell of the prediction is not empty.
    expect(cutsOfTags([grid(3, 2, 5), grid(3, 2, 6)], undefined).samples).toHaveLength(6);
  });

  it('drops black cells where there are no lines, and none of a single row', () => {
    const cell = {width: 4, height: 3, padding: 0};
    // Its first pixel is not black, as lines would be.
    const batch = picture(12, 6, (x, y) => (x >= 8 && y >= 3 ? 0 : x + 1));
    expect(cutsOfTags([batch, batch], cell).samples).toHaveLength(5);
    const last = picture(12, 6, (x, y) => (x >= 8 && y >= 3 ? 1 : x));
    expect(cutsOfTags([last, last], cell).samples).toHaveLength(6);
    const black = picture(12, 6, () => 0);
    expect(cutsOfTags([black, black], cell).samples).toHaveLength(6);
    const row = picture(12, 3, (x) => (x >= 8 ? 0 : x));
    expect(cutsOfTags([row, row], cell).samples).toHaveLength(3);
    const lines = {width: 6, height: 5, padding: 2};
    expect(cutsOfTags([grid(3, 1, 2), grid(3, 1, 2)], lines).samples).toHaveLength(3);
  });

  it('leaves pictures whole that are grids of other geometries, or none, or by a rule', () => {
    for (const other of [grid(2, 3, 6), picture(26, 16, (x) => x)]) {
      expect(cutsOfTags([grid(3, 2, 6), other], undefined).samples).toEqual([{}]);
    }
    expect(cutsOfTags([grid(3, 2, 6), grid(3, 2, 6)], false).samples).toEqual([{}]);
  });
});

describe('findGrid', () => {
  it('wants lines at equal distances in both directions', () => {
    expect(findGrid(grid(3, 2, 6))).toEqual({columns: 3, rows: 2, width: 6, height: 5, padding: 2});
    expect(findGrid(grid(3, 2, 6, 1))?.padding).toBe(1);
    expect(findGrid(grid(1, 1, 1))).toBeUndefined();
    expect(findGrid(picture(20, 20, () => 5))).toBeUndefined();
  });
});

describe('likeness', () => {
  it('is 1 for the same and -1 for the inverse, whatever all of a row have in common', () => {
    const value = (x: number, y: number): number => 8 * y + ((x * 31 + y * 17) % 13);
    const [one, other] = [
      {x: 0, y: 0, width: 16, height: 16},
      {x: 16, y: 0, width: 16, height: 16},
    ];
    expect(
      likeness(
        picture(32, 16, (x, y) => value(x % 16, y)),
        one,
        other,
        'x',
      ),
    ).toBeCloseTo(1);
    const inverse = picture(32, 16, (x, y) => (x < 16 ? value(x, y) : 255 - value(x - 16, y)));
    expect(likeness(inverse, one, other, 'x')).toBeCloseTo(-1);
    expect(
      likeness(
        picture(32, 16, (_, y) => y),
        one,
        other,
        'x',
      ),
    ).toBe(0);
  });
});

describe('colours', () => {
  const rgb: Raster = {
    width: 3,
    height: 1,
    channels: 3,
    bits: 8,
    data: Uint8Array.of(128, 64, 128, 130, 60, 128, 9, 9, 9),
  };

  it('become the classes that are near', () => {
    const palette = ['#000000', '#804080'];
    expect([...recoverClasses(rgb, palette, false).data]).toEqual([1, 1, 2]);
    expect([...recoverClasses(rgb, palette, true).data]).toEqual([1, 2, 2]);
  });

  it('are counted in the parts that are looked at', () => {
    const rect = {x: 1, y: 0, width: 2, height: 1};
    expect(fewColors([{picture: rgb, rect}])).toEqual(['#090909', '#823c80']);
    const many = picture(64, 1, (x) => x);
    expect(fewColors([{picture: many, rect: {x: 0, y: 0, width: 64, height: 1}}])).toBeUndefined();
  });

  it('are cut with all their channels', () => {
    expect([...crop(rgb, {x: 2, y: 0, width: 1, height: 1}).data]).toEqual([9, 9, 9]);
  });
});
