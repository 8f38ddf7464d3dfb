// SPDX-License-Identifier: Apache-2.0
import {
  interpolateBrBG,
  interpolatePiYG,
  interpolatePuOr,
  interpolateRdBu,
} from 'd3-scale-chromatic';
import {describe, expect, it} from 'vitest';

import {cssColor, oklch, parseColor} from '../../pixels/color.js';
import {colormap, colormapNames, denseColormap} from '../../pixels/colormaps.js';
import {ignoredColor} from '../../pixels/no-value.js';
import {paletteOf, styleOf} from './palette.js';

describe('palette', () => {
  it('takes given colours and names', () => {
    const palette = paletteOf([{id: 3, name: 'car', color: '#2F6bd8'}], []);
    expect(styleOf(palette, 3)).toEqual({id: 3, name: 'car', color: 0x2f6bd8, ignored: false});
  });

  it('names a class without a name by its id', () => {
    expect(styleOf(paletteOf([{id: 3}], []), 3).name).toBe('3');
  });

  it.each([
    [
      'by name',
      [
        {id: 7, name: 'Background'},
        {id: 0, name: 'road'},
        {id: 9, name: '__bg__'},
      ],
      [7, 9],
    ],
    ['as class 0 without a name', [{id: 0}, {id: 1}], [0]],
    ['as class 0 of a tag that lists none', [], [0]],
    [
      'not where class 0 is something',
      [
        {id: 0, name: 'road'},
        {id: 1, name: 'car'},
      ],
      [],
    ],
    ['not where it is ignored, which is marked', [{id: 0, name: 'void'}], [], [0]],
  ] as const)('finds the background %s', (_, classes, ids, ignore: readonly number[] = []) => {
    expect([...paletteOf(classes, ignore).background]).toEqual(ids);
  });

  it.each([
    ['the one that the page found', 3, [3]],
    ['none', null, []],
    ['no ignored one', 9, []],
  ] as const)('takes %s in place of what names say', (_, background, ids) => {
    const classes = [{id: 0, name: 'background'}, {id: 3, name: 'tissue'}, {id: 9}];
    expect([...paletteOf(classes, [9], background).background]).toEqual(ids);
  });

  it('gives an id the same colour wherever it is listed, or not', () => {
    const listed = paletteOf([{id: 40}, {id: 2}], []);
    const other = paletteOf([{id: 7}], []);
    expect(styleOf(listed, 40).color).toBe(styleOf(other, 40).color);
    expect(styleOf(listed, 2).color).toBe(styleOf(other, 2).color);
  });

  it('gives the first ids the colours of Okabe and Ito', () => {
    const colors = [1, 2, 3, 4, 5, 6, 7].map((id) =>
      cssColor(styleOf(paletteOf([], []), id).color),
    );
    expect(colors).toEqual([
      '#e69f00',
      '#56b4e9',
      '#009e73',
      '#f0e442',
      '#0072b2',
      '#d55e00',
      '#cc79a7',
    ]);
  });

  it('keeps the colours of a hundred classes apart', () => {
    const palette = paletteOf([], []);
    const colors = Array.from({length: 100}, (_, id) => styleOf(palette, id).color);
    const distance = (a: number, b: number) =>
      Math.hypot(...[16, 8, 0].map((shift) => ((a >> shift) & 255) - ((b >> shift) & 255)));
    const closest = colors.flatMap((a, i) => colors.slice(i + 1).map((b) => distance(a, b)));
    expect(Math.min(...closest)).toBeGreaterThan(4);
    expect(new Set(colors).size).toBe(100);
  });

  it('has a colour for any id', () => {
    for (const id of [-1, 65535, 2 ** 40]) {
      expect(styleOf(paletteOf([], []), id).color).toBeGreaterThan(0);
    }
  });

  it('shows ignored ids in grey', () => {
    const palette = paletteOf([{id: 1, name: 'car'}], [255, 1]);
    expect(styleOf(palette, 255)).toEqual({
      id: 255,
      name: '255',
      color: ignoredColor,
      ignored: true,
    });
    expect(styleOf(palette, 1)).toEqual({id: 1, name: 'car', color: ignoredColor, ignored: true});
  });
});

describe('colours', () => {
  it('are read from #rrggbb and nothing else', () => {
    expect(parseColor('#0a0B0c')).toBe(0x0a0b0c);
    expect(parseColor('red')).toBeUndefined();
    expect(parseColor('#fff')).toBeUndefined();
  });

  // OKLCH of the sRGB primaries, as CSS Color 4 gives them.
  it.each([
    ['white', 1, 0, 0, '#ffffff'],
    ['red', 0.62796, 0.25768, 29.234, '#ff0000'],
    ['lime', 0.86644, 0.29483, 142.495, '#00ff00'],
    ['blue', 0.45201, 0.31321, 264.052, '#0000ff'],
  ])('of OKLCH are those of CSS: %s', (_, lightness, chroma, hue, css) => {
    expect(cssColor(oklch(lightness, chroma, hue))).toBe(css);
  });
});

describe('colour maps', () => {
  it.each(colormapNames)('%s changes by at most one level from entry to entry', (name) => {
    const colors = new Uint8Array(denseColormap(colormap(name)).buffer);
    const steps = colors.subarray(4).map((value, i) => Math.abs(value - colors[i]!));
    expect(Math.max(...steps)).toBe(1);
  });

  it('can be reversed', () => {
    const [forward, backward] = [colormap('viridis'), colormap('viridis', true)];
    expect([...backward.subarray(0, 3)]).toEqual([...forward.subarray(-3)]);
  });

  it.each([
    ['RdBu', interpolateRdBu],
    ['PuOr', interpolatePuOr],
    ['BrBG', interpolateBrBG],
    ['PiYG', interpolatePiYG],
  ] as const)('%s has the colours of d3', (name, interpolate) => {
    const isReversed = name === 'RdBu';
    const wanted = Array.from({length: 256}, (_, i) =>
      interpolate((isReversed ? 255 - i : i) / 255)
        .match(/\d+/g)!
        .map(Number),
    );
    expect([...colormap(name)]).toEqual(wanted.flat());
  });

  it.each(['RdBu', 'PuOr'] as const)('%s is warm at the upper end', (name) => {
    const [red, , blue] = colormap(name).subarray(-3);
    expect(red).toBeGreaterThan(blue!);
  });

  it('greys is linear', () => {
    expect([...colormap('greys').subarray(300, 303)]).toEqual([100, 100, 100]);
  });
});
