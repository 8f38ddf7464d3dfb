// SPDX-License-Identifier: Apache-2.0
import {describe, expect, it} from 'vitest';

import {golden, heatmap, image, mask, maskCase, raster, thresholdCase} from './goldens.fixture.js';
import {ignoredColor, ignoredStripe} from '../pixels/no-value.js';
import {contrast, cssColor, type Color} from '../pixels/color.js';
import {darkestGround} from '../pixels/ground.js';
import {outcomeColors} from '../pixels/outcomes.js';
import {paletteOf, styleOf} from './mask/palette.js';
import {versusColors} from './mask/versus.js';
import {defaultDisplay} from './registry.js';
import type {Display, Picture} from './kind.js';
import type {MaskPicture} from './mask/picture.js';
import type {Size} from '../pixels/raster.js';
import {LayerCompiler} from './layer-compiler.js';
import type {Layer, Outline, Scene} from './scene.js';
import {SoftwareRenderer} from '../pixels/software.js';

interface Shown {
  readonly layers?: readonly Layer[];
  readonly outlines?: readonly Outline[];
  readonly display?: Partial<Display>;
  readonly scale?: number;
  readonly x?: number;
  readonly y?: number;
  readonly canvas?: Size;
  readonly frame?: Size;
  readonly swipe?: Scene['swipe'];
}

const compiler = new LayerCompiler();
const renderer = new SoftwareRenderer();

/** RGBA of the frame's first layer at `scale`, or of a canvas of given size. */
function shown({
  layers = [],
  outlines = [],
  display,
  scale = 1,
  x = 0,
  y = 0,
  swipe,
  ...sizes
}: Shown): number[] {
  const first = layers[0];
  const picture =
    first?.type === 'picture' || first?.type === 'ground'
      ? first.picture
      : first?.type === 'difference'
        ? first.prediction
        : first?.a;
  const frame = sizes.frame ?? picture!.raster;
  const canvas = sizes.canvas ?? {width: frame.width * scale, height: frame.height * scale};
  const out = new Uint8ClampedArray(4 * canvas.width * canvas.height);
  const scene: Scene = {
    frame,
    view: {x, y, scale},
    display: {...defaultDisplay, ...display},
    backdrop: 0x000000,
    layers,
    outlines,
    swipe,
  };
  renderer.render(compiler.compile(scene), canvas, out);
  return [...out];
}

function picture(of: Picture, opacity = 1): Layer {
  return {type: 'picture', picture: of, opacity};
}

/** Transparent pixels of a golden as they are on the black backdrop. */
function onBlack(rgba: readonly number[]): number[] {
  return rgba.map((value, i) => (i % 4 === 3 ? 255 : value));
}

/** The pixels as colours. */
function pixels(rgba: readonly number[]): Color[] {
  return Array.from({length: rgba.length / 4}, (_, i) => {
    const [red, green, blue] = rgba.slice(4 * i, 4 * i + 3) as [number, number, number];
    return (red << 16) | (green << 8) | blue;
  });
}

/** The pixels as letters, by colour. */
function letters(
  rgba: readonly number[],
  width: number,
  names: Readonly<Record<number, string>>,
): string[] {
  const all = pixels(rgba).map((color) => names[color] ?? '?');
  return Array.from({length: all.length / width}, (_, y) =>
    all.slice(y * width, (y + 1) * width).join(''),
  );
}

describe('images', () => {
  const truth = image(golden('image', 'truth'), 4, 3);
  const close = image(golden('image', 'close'), 4, 3);
  const deep = image(golden('image', 'deep'), 4, 1, 16);
  const alpha = image(golden('image', 'alpha'), 4, 4);

  it('show stored bytes as they are by default', () => {
    const rgb = shown({layers: [picture(truth)]}).filter((_, i) => i % 4 !== 3);
    expect(rgb).toEqual(golden('image', 'truth'));
  });

  it('apply range, exposure and gamma as NumPy does', () => {
    const greys = image(
      Array.from({length: 256}, (_, i) => i),
      16,
      1,
    );
    const display = {image: {range: [0.1, 0.7], exposure: 0.5, gamma: 2.2}} as const;
    const red = shown({layers: [picture(greys)], display}).filter((_, i) => i % 4 === 0);
    expect(red).toEqual(golden('image', 'tone'));
  });

  it.each([
    ['absolute4', close, 'absolute', 4],
    ['squared20', close, 'squared', 20],
    ['signed3.1', close, 'signed', 3.1],
    ['absoluteDeep', deep, 'absolute', 1],
    ['absoluteAlpha', alpha, 'absolute', 1],
  ] as const)('differ as NumPy says: %s', (name, prediction, how, gain) => {
    const layer: Layer = {
      type: 'difference',
      truth,
      prediction,
      how: {type: 'image', how, gain},
      opacity: 1,
    };
    expect(shown({layers: [layer]})).toEqual(golden('image', name));
  });
});

describe('masks', () => {
  const {truth, a, b} = maskCase();
  // One diagonal of the hatching suffices: the goldens have its plain colour everywhere.
  const unhatched = (rgba: number[]) =>
    rgba.map((value) => (value === (ignoredStripe & 255) ? ignoredColor & 255 : value));

  it.each([
    ['byClass', {hidden: new Set<number>(), isolated: null}],
    ['hidden0', {hidden: new Set([0]), isolated: null}],
    ['isolated7', {hidden: new Set([7]), isolated: 7}],
  ])('have the colours of their classes: %s', (name, display) => {
    const rgba = shown({layers: [picture(a)], display: {mask: display}});
    expect(unhatched(rgba)).toEqual(onBlack(golden('mask', name)));
  });

  it('show true and false positives and false negatives of a class', () => {
    const how = {type: 'mask', how: 'class', id: 3} as const;
    const layer: Layer = {type: 'difference', truth, prediction: a, how, opacity: 1};
    expect(shown({layers: [layer]})).toEqual(onBlack(golden('mask', 'outcomes3')));
  });

  it.each([
    ['wrongByPrediction', 'prediction'],
    ['wrongByTruth', 'truth'],
    ['missed', 'outcome'],
  ] as const)('show what is wrong: %s', (name, by) => {
    const layer: Layer = {
      type: 'difference',
      truth,
      prediction: a,
      how: {type: 'mask', how: 'wrong', by},
      opacity: 1,
    };
    expect(shown({layers: [layer]})).toEqual(onBlack(golden('mask', name)));
  });

  it('show which of two predictions is right', () => {
    expect(shown({layers: [{type: 'versus', truth, a, b, gain: 1, opacity: 1}]})).toEqual(
      onBlack(golden('mask', 'aOrB')),
    );
  });

  describe('with hidden classes', () => {
    const palette = paletteOf(
      [
        {id: 0, color: '#300000'},
        {id: 1, color: '#003000'},
        {id: 2, color: '#000030'},
      ],
      [],
    );
    const names = {
      0x300000: 'a',
      0x003000: 'b',
      0x000030: 'c',
      0x000000: '.',
      0xb00038: 'x',
      0xa55a00: 'B',
    };
    const wanted = mask([0, 0, 1, 1, 0], 5, palette);
    const got = mask([0, 1, 0, 2, 2], 5, palette);
    const display = {mask: {hidden: new Set([0, 2]), isolated: null}};

    it('show what is wrong where either class is shown', () => {
      const how = {type: 'mask', how: 'wrong', by: 'prediction'} as const;
      const layer: Layer = {type: 'difference', truth: wanted, prediction: got, how, opacity: 1};
      expect(letters(shown({layers: [layer], display}), 5, names)).toEqual(['.bac.']);
    });

    it('show who is right where any class is shown', () => {
      const other = mask([0, 0, 1, 0, 0], 5, palette);
      const layer: Layer = {type: 'versus', truth: wanted, a: got, b: other, gain: 1, opacity: 1};
      expect(letters(shown({layers: [layer], display}), 5, names)).toEqual(['.BBx.']);
    });
  });

  describe('of more class ids than a byte counts', () => {
    const palette = paletteOf([{id: 33002, color: '#aa0000'}], []);
    const names = {
      0xaa0000: 'a',
      0x000000: '.',
      0x1f6fc0: 'A',
      0xa55a00: 'B',
      0xb00038: 'x',
    };
    const deep = (...values: number[]): MaskPicture => ({
      kind: 'mask',
      raster: raster(values, values.length, 1, 16),
      palette,
    });
    const truth = deep(33001, 65535, 33002, 65535, 32768, 233);
    const guess = deep(33002, 33002, 33002, 65535, 33002, 33002);

    it('show what is wrong', () => {
      const how = {type: 'mask', how: 'wrong', by: 'prediction'} as const;
      const layer: Layer = {type: 'difference', truth, prediction: guess, how, opacity: 1};
      expect(letters(shown({layers: [layer]}), 6, names)).toEqual(['aa..aa']);
    });

    it('show who is right', () => {
      const b = deep(33001, 65535, 33002, 7, 7, 233);
      const layer: Layer = {type: 'versus', truth, a: guess, b, gain: 1, opacity: 1};
      expect(letters(shown({layers: [layer]}), 6, names)).toEqual(['BB.AxB']);
    });

    it('hide a class without hiding another', () => {
      const how = {type: 'mask', how: 'wrong', by: 'prediction'} as const;
      const layer: Layer = {type: 'difference', truth, prediction: guess, how, opacity: 1};
      const display = {mask: {hidden: new Set([233, 33002]), isolated: null}};
      expect(letters(shown({layers: [layer], display}), 6, names)).toEqual(['aa..a.']);
    });
  });

  it('hatch ignored ids in device pixels', () => {
    const palette = paletteOf([], [255]);
    const rgba = shown({layers: [picture(mask([255], 1, palette))], scale: 8});
    expect(letters(rgba, 8, {[ignoredColor]: '.', [ignoredStripe]: '#'})[0]).toBe('....####');
  });

  it('show errors on a ground with a contrast of 3, whatever the colours of the classes', () => {
    // Every grey and every corner of the colour cube, white and black pictures below.
    const colors = [
      ...Array.from({length: 32}, (_, i) => 0x010101 * Math.round((i * 255) / 31)),
      ...[0xff0000, 0x00ff00, 0x0000ff, 0xffff00, 0x00ffff, 0xff00ff],
    ];
    const classes = colors.map((color, i) => ({id: i + 1, name: `c${i}`, color: cssColor(color)}));
    const palette = paletteOf(classes, []);
    const wanted = mask(Array<number>(colors.length).fill(0), colors.length, palette);
    const got = mask(
      colors.map((_, i) => i + 1),
      colors.length,
      palette,
    );
    const width = colors.length;
    for (const level of [0, 128, 255]) {
      const ground = image(Array<number>(width).fill(level), width, 1);
      const [below] = pixels(shown({layers: [{type: 'ground', picture: ground, opacity: 1}]}));
      for (const [truth, prediction] of [
        [wanted, got],
        [got, wanted],
      ] as const) {
        for (const by of ['prediction', 'truth', 'outcome'] as const) {
          const how = {type: 'mask', how: 'wrong', by} as const;
          const layers: Layer[] = [
            {type: 'ground', picture: ground, opacity: 1},
            {type: 'difference', truth, prediction, how, opacity: 1},
          ];
          const least = Math.min(
            ...pixels(shown({layers})).map((color) => contrast(color, below!)),
          );
          expect(least, `${by} on ${level}`).toBeGreaterThanOrEqual(3);
        }
      }
    }
  });

  it('show what is missed most of all, and what is right least', () => {
    const {truePositive, falsePositive, falseNegative} = outcomeColors;
    for (const ground of [darkestGround, 0xffffff]) {
      const [right, alarm, missed] = [truePositive, falsePositive, falseNegative].map((color) =>
        contrast(color, ground),
      );
      expect(missed).toBeGreaterThan(1.2 * alarm!);
      expect(right).toBeLessThan(alarm! / 1.4);
    }
    const classColors = Array.from({length: 300}, (_, id) => styleOf(paletteOf([], []), id).color);
    for (const color of [...Object.values(outcomeColors), ...Object.values(versusColors)]) {
      expect(classColors).not.toContain(color);
    }
  });

  it('are a light and grey ground without an input', () => {
    const rgba = shown({layers: [{type: 'ground', picture: truth, opacity: 1}]});
    for (const color of pixels(rgba)) {
      expect(color % 0x010101).toBe(0);
      expect(color & 255).toBeGreaterThanOrEqual(200);
    }
    expect(new Set(pixels(rgba)).size).toBeGreaterThan(2);
  });

  it('compare with a truth of another size on the grid of the prediction', () => {
    const palette = paletteOf([{id: 1, color: '#400000'}], []);
    const small = mask([0, 1], 2, palette);
    const large = mask([0, 1, 1, 1], 4, palette);
    const how = {type: 'mask', how: 'wrong', by: 'prediction'} as const;
    const rgba = shown({
      layers: [{type: 'difference', truth: small, prediction: large, how, opacity: 1}],
    });
    expect(letters(rgba, 4, {0x000000: '.', 0x400000: '#'})).toEqual(['.#..']);
  });
});

describe('heatmaps', () => {
  it('show viridis as published', () => {
    const rgba = shown({layers: [picture(heatmap([0, 21844, 43688, 65532], 4, [0, 1]))]});
    expect(rgba).toEqual([68, 1, 84, 255, 49, 104, 142, 255, 53, 183, 121, 255, 253, 231, 37, 255]);
  });

  it('show a range of the display, and its ends beyond it', () => {
    const display = {
      heatmap: {...defaultDisplay.heatmap, range: [0, 1], colormap: 'greys'},
    } as const;
    const layers = [picture(heatmap([0, 21844, 32766, 43688, 65532], 5, [-1, 2]))];
    expect(shown({layers, display}).filter((_, i) => i % 4 === 0)).toEqual([0, 0, 128, 255, 255]);
  });

  it('mark NaN and the infinities, which are no colours of the map', () => {
    const layers = [picture(heatmap([65533, 65534, 65535], 3, [0, 1]))];
    const rows = letters(shown({layers, scale: 8}), 24, {
      0x440154: '-',
      0xfde725: '+',
      0xff00ff: '#',
      [ignoredColor]: 'n',
      [ignoredStripe]: 'N',
    });
    expect(rows[0]).toBe('----####++++####nnnnNNNN');
  });

  it('show where a threshold is reached, and TP, FP and FN', () => {
    const {truth, prediction} = thresholdCase();
    const how = {type: 'heatmap', how: 'threshold', threshold: 0.5, truthThreshold: 0.5} as const;
    const outcomes = shown({layers: [{type: 'difference', truth, prediction, how, opacity: 1}]});
    expect(outcomes).toEqual(onBlack(golden('threshold', 'at50')));
    const display = {
      heatmap: {...defaultDisplay.heatmap, threshold: 0.5, thresholdColor: 0xabcdef},
    };
    const above = letters(shown({layers: [picture(prediction)], display}), 8, {
      0xabcdef: '#',
      0x000000: '.',
    }).join('');
    const positive = letters(outcomes, 8, {
      0xa3afba: '#',
      0x8450c8: '#',
      0xb00038: '.',
      0x000000: '.',
      0x8a8a8a: '%',
    });
    // Where the truth is NaN the outcome does not say; there the mask itself does.
    expect(above.replace(/^./, '%')).toBe(positive.join(''));
  });
});

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
      shown({layers: [picture(base), picture(overlay, 0.6)], display}),
      golden('scene', 'overlay60'),
    );
  });

  it('average each layer over all pixels that shrink into one', () => {
    const layers = [picture(base), picture(overlay, 0.6)];
    expectClose(shown({layers, display, scale: 0.5}), golden('scene', 'overlay60Half'));
  });

  it('average 4 x 4 pixels of one class or of several, in every place of the block', () => {
    const two = paletteOf(
      [
        {id: 0, color: '#000000'},
        {id: 1, color: '#f0f0f0'},
      ],
      [],
    );
    const plain = Array<number>(16).fill(0);
    for (let at = 0; at < 16; at++) {
      const blocks = [plain, plain.map((_, i) => Number(i === at)), plain.map(() => 1)];
      const rows = [0, 1, 2, 3].flatMap((y) =>
        blocks.flatMap((block) => block.slice(4 * y, 4 * y + 4)),
      );
      const canvas = {width: 3, height: 1};
      const rgba = shown({layers: [picture(mask(rows, 12, two))], scale: 0.25, canvas});
      expect(rgba.filter((_, i) => i % 4 === 0)).toEqual([0, 15, 240]);
    }
  });

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
      const green = shown({layers, canvas, scale}).filter((_, i) => i % 4 === 1);
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
    const out = new Uint8ClampedArray(4 * 8 * 6);
    const layers = [picture(image(golden('scene', 'alpha'), 8, 4))];
    const frame = {width: 8, height: 6};
    const view = {x: 0, y: 0, scale: 1};
    const place = {frame, view, display: defaultDisplay, backdrop: 0x0a141e};
    renderer.render(compiler.compile({...place, layers, outlines: []}), frame, out);
    expectClose([...out], golden('scene', 'alphaOverBackdrop'));
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
    const rgba = shown({layers: [picture(ab)], scale: 3, x: -1 / 3, canvas});
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
    expect(shown({layers: [picture(two)], scale: 2})).toEqual([...row, ...row]);
  });

  it('stretch pictures of different size over one frame', () => {
    const fine = mask([0, 1, 0, 1], 4, ab.palette);
    const frame = {width: 4, height: 1};
    expect(letters(shown({layers: [picture(ab)], frame}), 4, names)).toEqual(['aabb']);
    expect(letters(shown({layers: [picture(fine)], frame}), 4, names)).toEqual(['abab']);
  });

  it('show other content to the right of the swipe', () => {
    const right = {layers: [picture(mask([1, 1], 2, ab.palette))], outlines: []};
    const swipe = {fraction: 0.25, right};
    expect(
      letters(
        shown({layers: [picture(mask([0, 0], 2, ab.palette))], scale: 2, swipe}),
        4,
        names,
      )[0],
    ).toBe('abbb');
  });

  it('forget nothing between paints: a changed setting is seen', () => {
    const layers = [picture(ab)];
    expect(letters(shown({layers}), 2, names)).toEqual(['ab']);
    expect(
      letters(shown({layers, display: {mask: {hidden: new Set(), isolated: 1}}}), 2, names),
    ).toEqual(['.b']);
    expect(letters(shown({layers}), 2, names)).toEqual(['ab']);
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
    expect(letters(shown({frame: square.raster, outlines, display, scale: 4}), 12, names)).toEqual([
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
      expect(letters(shown({layers, outlines, scale: 8}), 16, names)[0]).toBe(row);
    }
  });

  it('are dashed for predictions', () => {
    const halves = mask([0, 1], 1, palette);
    const outlines: readonly Outline[] = [
      {type: 'picture', picture: halves, dashed: true, width: 1},
    ];
    const rows = letters(shown({frame: halves.raster, outlines, display, scale: 16}), 16, names);
    expect(rows[15]).toBe('.bbbbb...bbbbb..');
  });

  it('leave out hidden and ignored classes', () => {
    const row = mask([0, 255, 1, 2], 4, palette);
    const outlines: readonly Outline[] = [{type: 'picture', picture: row, dashed: false, width: 1}];
    const rows = letters(shown({frame: row.raster, outlines, display, scale: 4}), 16, names);
    expect(rows[0]).toBe('.......w...w....');
    const isolated = {mask: {hidden: new Set<number>(), isolated: 2}};
    const only = letters(
      shown({frame: row.raster, outlines, display: isolated, scale: 4}),
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
        shown({frame: picture.raster, outlines, display: thresholded, scale: 3}),
        9,
        names,
      )[0],
    ).toBe('.....w...');
  });
});
