// SPDX-License-Identifier: Apache-2.0
import {describe, expect, it} from 'vitest';
import {outcomeColors} from '../pixels/outcomes.js';
import type {Difference} from './kind.js';
import {mask as kind} from './mask/mask.js';
import {paletteOf} from './mask/palette.js';
import type {MaskPicture} from './mask/picture.js';
import {paint, picture} from './painting.fixture.js';
import type {ImagePicture} from './image/picture.js';

function grey(width: number, data: readonly number[]): ImagePicture {
  const raster = {width, height: data.length / width, channels: 1, bits: 8} as const;
  return {kind: 'image', raster: {...raster, data: Uint8Array.from(data)}};
}

/** The red of each pixel of the first row. */
function firstRow(shown: Parameters<typeof paint>[0], width: number): number[] {
  return paint(shown)
    .filter((_, i) => i % 4 === 0)
    .slice(0, width);
}

describe('magnified', () => {
  const layers = [picture(grey(2, [0, 200]))];

  it('shows pixels as squares', () => {
    expect(firstRow({layers, scale: 4}, 8)).toEqual([0, 0, 0, 0, 200, 200, 200, 200]);
  });

  // Linear between the middles of the pixels, which lie at 2 and 6: (x + 0.5 - 2) / 4 of 200.
  it('fades from pixel to pixel where it is smoothed', () => {
    const shown = firstRow({layers, scale: 4, smooth: true}, 8);
    const exact = [0, 0, 25, 75, 125, 175, 200, 200];
    // One of eight samples lies on a border.
    shown.forEach((level, x) => {
      expect(Math.abs(level - exact[x]!)).toBeLessThanOrEqual(200 / 16 + 1);
    });
    expect(shown).toEqual([...shown].sort((a, b) => a - b));
    expect(shown[3]! + shown[4]!).toBeCloseTo(200, -1);
  });

  it('of two pictures smooths the coarse one and leaves the other as it is', () => {
    const fine = picture(grey(8, [0, 255, 0, 255, 0, 255, 0, 255]));
    expect(firstRow({layers: [...layers, fine], scale: 4, smooth: true}, 8)).toEqual([
      0, 255, 0, 255, 0, 255, 0, 255,
    ]);
  });

  it('has more shades where pixels are large', () => {
    const shown = firstRow({layers, scale: 64, smooth: true, canvas: {width: 128, height: 1}}, 128);
    expect(new Set(shown).size).toBeGreaterThan(14);
  });
});

it('is the mean of all pixels where it is shrunk, smoothed or not', () => {
  const layers = [picture(grey(4, [0, 100, 40, 60, 0, 100, 40, 60]))];
  for (const smooth of [false, true]) {
    expect(firstRow({layers, scale: 0.5, smooth}, 2)).toEqual([50, 50]);
  }
});

describe('thin errors', () => {
  const palette = paletteOf(
    [
      {id: 1, name: 'car'},
      {id: 2, name: 'tree'},
    ],
    [],
  );
  const size = 32;
  const truth = mask(() => 1);

  function mask(idAt: (x: number, y: number) => number): MaskPicture {
    const data = Uint8Array.from({length: size ** 2}, (_, i) =>
      idAt(i % size, Math.floor(i / size)),
    );
    const raster = {width: size, height: size, channels: 1, bits: 8, data} as const;
    return {kind: 'mask', raster, palette};
  }

  /** Where the error's own colour is seen at a scale, one character a pixel. */
  function seen(prediction: MaskPicture, scale: number, thick: boolean): string[] {
    const how = {type: 'mask', how: 'wrong', by: 'outcome'} as const;
    const width = size * scale;
    const out = paint({
      layers: [{type: 'difference', truth, prediction, how, opacity: 1, thick}],
      scale,
    });
    const color = [16, 8, 0].map((shift) => (outcomeColors.falseNegative >> shift) & 255);
    return Array.from({length: width}, (_, y) =>
      Array.from({length: width}, (_, x) =>
        color.every((level, i) => out[4 * (y * width + x) + i] === level) ? '#' : '.',
      ).join(''),
    );
  }

  /** The colours of a square that is painted, row by row. */
  function colorsIn(out: readonly number[], width: number): number[][] {
    return Array.from({length: width}, (_, y) =>
      Array.from({length: width}, (__, x) => {
        const at = 4 * (y * width + x);
        return (out[at]! << 16) | (out[at + 1]! << 8) | out[at + 2]!;
      }),
    );
  }

  const speck = mask((x, y) => (x === 9 && y === 13 ? 2 : 1));

  it('are faint where a picture is shrunk, and two pixels wide where they are thickened', () => {
    expect(seen(speck, 0.25, false).join('')).not.toContain('#');
    expect(seen(speck, 0.25, true)).toEqual([
      '........',
      '........',
      '........',
      '..##....',
      '..##....',
      '........',
      '........',
      '........',
    ]);
  });

  it('are as they are where they are two pixels wide already', () => {
    expect(seen(speck, 2, true)).toEqual(seen(speck, 2, false));
  });

  it('of one class are widened over what is right, which stays as it is', () => {
    const how = {type: 'mask', how: 'class', id: 1} as const;
    const drawn = (parts: readonly Difference[], scale: number, thick: boolean) =>
      paint({
        layers: parts.map((one) => ({
          type: 'difference',
          truth,
          prediction: speck,
          how: one,
          opacity: 1,
          thick: thick && one === parts.at(-1),
        })),
        scale,
      });
    const {below, errors} = kind.errorParts!(how)!;
    const apart = [below!, errors];
    expect(drawn(apart, 2, true)).toEqual(drawn([how], 2, false));
    const names = new Map<number, string>([
      [outcomeColors.truePositive, '.'],
      [outcomeColors.falseNegative, '#'],
    ]);
    const rows = colorsIn(drawn(apart, 0.25, true), 8).map((row) =>
      row.map((one) => names.get(one) ?? '?').join(''),
    );
    expect(rows).toEqual(
      Array.from({length: 8}, (_, y) => (y === 3 || y === 4 ? '..##....' : '........')),
    );
  });

  it('are outlined where the middle of no pixel of the screen meets them', () => {
    const how = {type: 'mask', how: 'wrong', by: 'outcome'} as const;
    const lines = (prediction: MaskPicture, scale: number, thick: boolean) => {
      const outline = {
        type: 'difference',
        truth,
        prediction,
        how,
        dashed: false,
        width: 1,
      } as const;
      const out = paint({
        layers: [picture(truth)],
        outlines: [{...outline, thick}],
        scale,
      });
      return colorsIn(out, size * scale).map((row) =>
        row.map((one) => (one === 0xffffff ? '#' : '.')).join(''),
      );
    };
    expect(lines(speck, 0.25, false).join('')).not.toContain('#');
    expect(lines(speck, 0.25, true).slice(2, 6)).toEqual([
      '..#.....',
      '.##.....',
      '........',
      '........',
    ]);
    expect(lines(speck, 2, true)).toEqual(lines(speck, 2, false));
  });

  it('do not cover each other', () => {
    const two = mask((x, y) => (y === 13 && (x === 9 || x === 13) ? 2 : 1));
    expect(seen(two, 0.25, true).slice(3, 5)).toEqual(['..###...', '..###...']);
  });
});
