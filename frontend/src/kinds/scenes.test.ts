// SPDX-License-Identifier: Apache-2.0
import {describe, expect, it} from 'vitest';
import {golden, heatmap, image, mask} from './goldens.fixture.js';
import {paletteOf} from './mask/palette.js';
import type {MaskPicture} from './mask/picture.js';
import {paint, picture, letters} from './painting.fixture.js';
import {defaultDisplay} from './registry.js';
import type {Layer, Outline} from './scene.js';

describe('scenes', () => {
  const base = image(golden('scene', 'image'), 8, 3);
  const palette = paletteOf([{id: 1, color: '#c86432'}], []);
  const overlay = mask(golden('scene', 'mask'), 8, palette);
  const display = {mask: {hidden: new Set([0]), isolated: null}};

  function expectClose(rgba: readonly number[], want: readonly number[]): void {
    const rgb = rgba.filter((_, i) => i % 4 !== 3);
    expect(rgb).toHaveLength(want.length);
    expect(Math.max(...want.map((value, i) => Math.abs(rgb[i]! - value)))).toBeLessThanOrEqual(
      0.51,
    );
  }

  it('mix layers by opacity', () => {
    expectClose(
      paint({layers: [picture(base), picture(overlay, 0.6)], display}),
      golden('scene', 'overlay60'),
    );
  });

  it('leave out the background of what floats, unless it is shown alone', () => {
    const floating = {...picture(overlay, 0.6), floats: true} as Layer;
    expectClose(paint({layers: [picture(base), floating]}), golden('scene', 'overlay60'));
    expectClose(
      paint({layers: [picture(base), floating], scale: 0.5}),
      golden('scene', 'overlay60Half'),
    );
    const alone = {mask: {hidden: new Set<number>(), isolated: 0}};
    expect(paint({layers: [picture(base), floating], display: alone})).toEqual(
      paint({layers: [picture(base), picture(overlay, 0.6)], display: alone}),
    );
    const other = picture(base, 0.6);
    expect(paint({layers: [picture(base), {...other, floats: true} as Layer]})).toEqual(
      paint({layers: [picture(base), other]}),
    );
  });

  it('average each layer over all pixels that shrink into one', () => {
    const layers = [picture(base), picture(overlay, 0.6)];
    expectClose(paint({layers, display, scale: 0.5}), golden('scene', 'overlay60Half'));
  });

  // A lone picture is painted without a buffer, if it hides all that is below.
  it.each([0.5, 1 / 3, 0.25, 0.4, 0.2])(
    'average a lone picture, shrunk to %d, as one above another',
    (scale) => {
      const side = 24;
      const spread = (channels: number, levels: number) =>
        Array.from({length: side * side * channels}, (_, i) => (Math.floor(i / 5) * 7919) % levels);
      const pictures = [
        image(spread(1, 256), side, 1),
        image(spread(3, 251), side, 3),
        mask(spread(1, 5), side, paletteOf([{id: 1, color: '#c86432'}], [3])),
        image(spread(3, 65521), side, 3, 16),
        // The last codes are no numbers.
        heatmap(
          spread(1, 65521).map((code, i) => (i % 7 === 0 ? 65533 + (i % 3) : code)),
          side,
          [0, 1],
        ),
      ];
      const canvas = {width: 9, height: 7};
      for (const one of pictures) {
        const below = picture(image(spread(3, 97), side, 3));
        const place = {scale, canvas, x: 1.5, y: -3};
        const lone = paint({layers: [picture(one)], ...place});
        expect(lone).toEqual(paint({layers: [below, picture(one)], ...place}));
        expect(new Set(lone).size).toBeGreaterThan(5);
      }
    },
  );

  it.each([2, 3, 4])(
    'average %d squared pixels of one class or of two, wherever they are',
    (side) => {
      const two = paletteOf(
        [
          {id: 0, color: '#000000'},
          {id: 1, color: '#f0f0f0'},
        ],
        [],
      );
      const plain = Array<number>(side * side).fill(0);
      for (let at = 0; at < side * side; at++) {
        const blocks = [plain, plain.map((_, i) => Number(i === at)), plain.map(() => 1)];
        const rows = Array.from({length: side}, (_, y) =>
          blocks.flatMap((block) => block.slice(side * y, side * (y + 1))),
        ).flat();
        const canvas = {width: 3, height: 1};
        const lone = picture(mask(rows, 3 * side, two));
        const below = picture(image(rows, 3 * side, 1));
        for (const layers of [[lone], [below, lone]]) {
          const rgba = paint({layers, scale: 1 / side, canvas});
          expect(rgba.filter((_, i) => i % 4 === 0)).toEqual([0, Math.round(240 / side ** 2), 240]);
        }
      }
    },
  );

  it('show every line of one pixel, however small they are shown', () => {
    const [size, shownSize] = [1024, 57];
    const lines = paletteOf(
      [
        {id: 0, color: '#000000'},
        {id: 1, color: '#ffffff'},
      ],
      [],
    );
    const values = new Uint8Array(size * size);
    const columns = Array.from({length: 20}, (_, i) => 7 + 51 * i);
    for (const column of columns) {
      for (let y = 0; y < size; y++) {
        values[y * size + column] = 1;
      }
    }
    const fine: MaskPicture = {
      kind: 'mask',
      raster: {width: size, height: size, channels: 1, bits: 8, data: values},
      palette: lines,
    };
    const white = image(Array<number>(size * size).fill(255), size, 1);
    const how = {type: 'mask', how: 'wrong', by: 'outcome'} as const;
    const clear = {...fine, raster: {...fine.raster, data: new Uint8Array(size * size)}};
    const errors: Layer = {type: 'difference', truth: fine, prediction: clear, how, opacity: 1};
    const canvas = {width: shownSize, height: shownSize};
    const scale = shownSize / size;
    for (const layers of [
      [picture(fine)],
      [
        picture(
          image(
            [...values].map((value) => 255 * value),
            size,
            1,
          ),
        ),
      ],
      [picture(white), errors],
    ]) {
      const green = paint({layers, canvas, scale}).filter((_, i) => i % 4 === 1);
      for (const row of [0, 30, shownSize - 1]) {
        for (const column of columns) {
          const x = Math.floor((column + 0.5) * scale);
          const seen = green[row * shownSize + x]!;
          const faint = layers.length === 1 ? seen : 255 - seen;
          expect(faint, `line ${column}`).toBeGreaterThanOrEqual(10);
          expect(faint).toBeLessThanOrEqual(32);
        }
      }
    }
  });

  it('mix transparent pictures with the backdrop, not premultiplied', () => {
    const layers = [picture(image(golden('scene', 'alpha'), 8, 4))];
    const frame = {width: 8, height: 6};
    const painted = paint({layers, frame, canvas: frame, backdrop: 0x0a141e});
    expectClose(painted, golden('scene', 'alphaOverBackdrop'));
  });

  const ab = mask(
    [0, 1],
    2,
    paletteOf(
      [
        {id: 0, color: '#aaaaaa'},
        {id: 1, color: '#bbbbbb'},
      ],
      [],
    ),
  );
  const names = {0xaaaaaa: 'a', 0xbbbbbb: 'b', 0x000000: '.'};

  it('show a part of the frame, magnified into squares, transparent outside', () => {
    const canvas = {width: 8, height: 1};
    const rgba = paint({layers: [picture(ab)], scale: 3, x: -1 / 3, canvas});
    expect(letters(rgba, 8, names)).toEqual(['.aaabbb.']);
    expect(rgba.filter((_, i) => i % 4 === 3)).toEqual([0, 255, 255, 255, 255, 255, 255, 0]);
  });

  it('magnify colours as they are', () => {
    const two = image([1, 2, 3, 4, 5, 6], 2, 3);
    const [left, right] = [
      [1, 2, 3, 255],
      [4, 5, 6, 255],
    ];
    const row = [left, left, right, right].flat();
    expect(paint({layers: [picture(two)], scale: 2})).toEqual([...row, ...row]);
  });

  it('stretch pictures of different size over one frame', () => {
    const fine = mask([0, 1, 0, 1], 4, ab.palette);
    const frame = {width: 4, height: 1};
    expect(letters(paint({layers: [picture(ab)], frame}), 4, names)).toEqual(['aabb']);
    expect(letters(paint({layers: [picture(fine)], frame}), 4, names)).toEqual(['abab']);
  });

  it('show other content to the right of the swipe', () => {
    const right = {layers: [picture(mask([1, 1], 2, ab.palette))], outlines: []};
    const swipe = {fraction: 0.25, right};
    expect(
      letters(
        paint({layers: [picture(mask([0, 0], 2, ab.palette))], scale: 2, swipe}),
        4,
        names,
      )[0],
    ).toBe('abbb');
  });

  it('forget nothing between paints: a changed setting is seen', () => {
    const layers = [picture(ab)];
    expect(letters(paint({layers}), 2, names)).toEqual(['ab']);
    expect(
      letters(paint({layers, display: {mask: {hidden: new Set(), isolated: 1}}}), 2, names),
    ).toEqual(['.b']);
    expect(letters(paint({layers}), 2, names)).toEqual(['ab']);
  });
});

describe('outlines', () => {
  const palette = paletteOf(
    [
      {id: 1, color: '#bbbbbb'},
      {id: 2, color: '#cccccc'},
    ],
    [255],
  );
  const square = mask([0, 0, 0, 0, 1, 0, 0, 0, 0], 3, palette);
  const names = {0xbbbbbb: 'b', 0xcccccc: 'c', 0xffffff: 'w', 0x000000: '.'};
  const display = {mask: {hidden: new Set([0]), isolated: null}};

  it('are one device pixel wide at any zoom', () => {
    const outlines: readonly Outline[] = [
      {type: 'picture', picture: square, dashed: false, width: 1},
    ];
    expect(letters(paint({frame: square.raster, outlines, display, scale: 4}), 12, names)).toEqual([
      '............',
      '............',
      '............',
      '....wwww....',
      '...w...w....',
      '...w...w....',
      '...w...w....',
      '...wwwww....',
      '............',
      '............',
      '............',
      '............',
    ]);
  });

  it('are white in black for the ground truth, also on a fill of its own colour', () => {
    const halves = mask([1, 2], 2, palette);
    const layers = [picture(halves)];
    for (const [width, row] of [
      [1, 'bbbbbb.w.ccccccc'],
      [2, 'bbbbbb.ww.cccccc'],
    ] as const) {
      const outlines: readonly Outline[] = [
        {type: 'picture', picture: halves, dashed: false, width},
      ];
      expect(letters(paint({layers, outlines, scale: 8}), 16, names)[0]).toBe(row);
    }
  });

  it('are fine where a picture is shown small, so that thin things are seen between their sides', () => {
    const size = 16;
    const stroke = mask(
      Array.from({length: size * size}, (_, i) => (i % size >= 6 && i % size < 10 ? 2 : 1)),
      size,
      palette,
    );
    const outlines: readonly Outline[] = [
      {type: 'picture', picture: stroke, dashed: false, width: 2},
    ];
    const content = {layers: [picture(stroke)], frame: stroke.raster, outlines, display};
    expect(letters(paint({...content, scale: 0.5}), 8, names)).toEqual([
      'bbwc.bbb',
      'bb.c.bbb',
      'bb.cwbbb',
      'bbwcwbbb',
      'bbwc.bbb',
      'bb.c.bbb',
      'bb.cwbbb',
      'bbwcwbbb',
    ]);
    expect(letters(paint({...content, scale: 2}), 32, names)[8]).toBe(
      'bbbbbbbbbb.ww.cccc.ww.bbbbbbbbbb',
    );
  });

  it('are fine by the pixels of the mask, not of a finer picture below', () => {
    const coarse = mask([1, 2, 1, 1], 4, palette);
    const outlines: readonly Outline[] = [
      {type: 'picture', picture: coarse, dashed: false, width: 1},
    ];
    const content = {layers: [picture(coarse)], frame: {width: 64, height: 16}, outlines};
    expect(letters(paint({...content, scale: 0.5}), 32, names)[0]).toBe(
      'bbbbbb.w.ccccc.w.bbbbbbbbbbbbbbb',
    );
  });

  it('show white and black along a fine line, whichever way it goes', () => {
    const size = 64;
    for (const [down, across] of [
      [1, 0],
      [0, 1],
      [1, 1],
      [1, -1],
      [2, -1],
      [1, 2],
    ] as const) {
      const halves = mask(
        Array.from({length: size * size}, (_, i) =>
          Number(down * (Math.floor(i / size) - 32) + across * ((i % size) - 32) > 0),
        ),
        size,
        palette,
      );
      const outlines: readonly Outline[] = [
        {type: 'picture', picture: halves, dashed: false, width: 1},
      ];
      const rows = letters(
        paint({
          frame: halves.raster,
          outlines,
          layers: [picture(mask([2], 1, palette))],
          scale: 0.5,
        }),
        32,
        names,
      );
      const line = rows.join('').replaceAll('c', '');
      const white = line.replaceAll('.', '').length;
      expect(white / line.length, `${String(down)}, ${String(across)}`).toBeGreaterThan(0.3);
      expect(white / line.length).toBeLessThan(0.7);
    }
  });

  it('are dashed for predictions', () => {
    const halves = mask([0, 1], 1, palette);
    const outlines: readonly Outline[] = [
      {type: 'picture', picture: halves, dashed: true, width: 1},
    ];
    const rows = letters(paint({frame: halves.raster, outlines, display, scale: 16}), 16, names);
    expect(rows[15]).toBe('.bbbbb...bbbbb..');
  });

  it('leave out hidden and ignored classes', () => {
    const row = mask([0, 255, 1, 2], 4, palette);
    const outlines: readonly Outline[] = [{type: 'picture', picture: row, dashed: false, width: 1}];
    const rows = letters(paint({frame: row.raster, outlines, display, scale: 4}), 16, names);
    expect(rows[0]).toBe('.......w...w....');
    const isolated = {mask: {hidden: new Set<number>(), isolated: 2}};
    const only = letters(
      paint({frame: row.raster, outlines, display: isolated, scale: 4}),
      16,
      names,
    );
    expect(only[0]).toBe('...........w....');
  });

  it('follow the threshold of a heatmap', () => {
    const picture = heatmap([0, 40000, 50000], 3, [0, 65532]);
    const thresholded = {
      heatmap: {...defaultDisplay.heatmap, threshold: 45000, thresholdColor: 0xcccccc},
    };
    const outlines: readonly Outline[] = [{type: 'picture', picture, dashed: false, width: 1}];
    expect(
      letters(
        paint({frame: picture.raster, outlines, display: thresholded, scale: 3}),
        9,
        names,
      )[0],
    ).toBe('.....w...');
  });
});
