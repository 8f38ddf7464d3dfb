// SPDX-License-Identifier: Apache-2.0
import {describe, expect, it} from 'vitest';
import {defaultDisplay} from './registry.js';
import {contrast, cssColor} from '../pixels/color.js';
import {darkestGround} from '../pixels/ground.js';
import {ignoredColor, ignoredStripe} from '../pixels/no-value.js';
import {outcomeColors} from '../pixels/outcomes.js';
import {golden, heatmap, image, mask, maskCase, raster, thresholdCase} from './goldens.fixture.js';
import {paletteOf, styleOf} from './mask/palette.js';
import type {MaskPicture} from './mask/picture.js';
import {versusColors} from './mask/versus.js';
import {paint, picture, onBlack, pixels, letters} from './painting.fixture.js';
import type {Layer} from './scene.js';

describe('images', () => {
  const truth = image(golden('image', 'truth'), 4, 3);
  const close = image(golden('image', 'close'), 4, 3);
  const deep = image(golden('image', 'deep'), 4, 1, 16);
  const alpha = image(golden('image', 'alpha'), 4, 4);

  it('show stored bytes as they are by default', () => {
    const rgb = paint({layers: [picture(truth)]}).filter((_, i) => i % 4 !== 3);
    expect(rgb).toEqual(golden('image', 'truth'));
  });

  it('apply range, exposure and gamma as NumPy does', () => {
    const greys = image(
      Array.from({length: 256}, (_, i) => i),
      16,
      1,
    );
    const display = {image: {range: [0.1, 0.7], exposure: 0.5, gamma: 2.2}} as const;
    const red = paint({layers: [picture(greys)], display}).filter((_, i) => i % 4 === 0);
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
    expect(paint({layers: [layer]})).toEqual(golden('image', name));
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
    const rgba = paint({layers: [picture(a)], display: {mask: display}});
    expect(unhatched(rgba)).toEqual(onBlack(golden('mask', name)));
  });

  it('show true and false positives and false negatives of a class', () => {
    const how = {type: 'mask', how: 'class', id: 3} as const;
    const layer: Layer = {type: 'difference', truth, prediction: a, how, opacity: 1};
    expect(paint({layers: [layer]})).toEqual(onBlack(golden('mask', 'outcomes3')));
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
    expect(paint({layers: [layer]})).toEqual(onBlack(golden('mask', name)));
  });

  it('show which of two predictions is right', () => {
    expect(paint({layers: [{type: 'versus', truth, a, b, gain: 1, opacity: 1}]})).toEqual(
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

    it('show errors where either class is shown', () => {
      const how = {type: 'mask', how: 'wrong', by: 'prediction'} as const;
      const layer: Layer = {type: 'difference', truth: wanted, prediction: got, how, opacity: 1};
      expect(letters(paint({layers: [layer], display}), 5, names)).toEqual(['.bac.']);
    });

    it('show who is right where any class is shown', () => {
      const other = mask([0, 0, 1, 0, 0], 5, palette);
      const layer: Layer = {type: 'versus', truth: wanted, a: got, b: other, gain: 1, opacity: 1};
      expect(letters(paint({layers: [layer], display}), 5, names)).toEqual(['.BBx.']);
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
    const prediction = deep(33002, 33002, 33002, 65535, 33002, 33002);

    it('show errors', () => {
      const how = {type: 'mask', how: 'wrong', by: 'prediction'} as const;
      const layer: Layer = {type: 'difference', truth, prediction, how, opacity: 1};
      expect(letters(paint({layers: [layer]}), 6, names)).toEqual(['aa..aa']);
    });

    it('show who is right', () => {
      const b = deep(33001, 65535, 33002, 7, 7, 233);
      const layer: Layer = {type: 'versus', truth, a: prediction, b, gain: 1, opacity: 1};
      expect(letters(paint({layers: [layer]}), 6, names)).toEqual(['BB.AxB']);
    });

    it('hide a class without hiding another', () => {
      const how = {type: 'mask', how: 'wrong', by: 'prediction'} as const;
      const layer: Layer = {type: 'difference', truth, prediction, how, opacity: 1};
      const display = {mask: {hidden: new Set([233, 33002]), isolated: null}};
      expect(letters(paint({layers: [layer], display}), 6, names)).toEqual(['aa..a.']);
    });
  });

  it('hatch ignored ids in device pixels', () => {
    const palette = paletteOf([], [255]);
    const rgba = paint({layers: [picture(mask([255], 1, palette))], scale: 8});
    const rows = letters(rgba, 8, {[ignoredColor]: '.', [ignoredStripe]: '#'});
    expect(rows.slice(0, 5)).toEqual(['....####', '...####.', '..####..', '.####...', '####....']);
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
      const [below] = pixels(paint({layers: [{type: 'ground', picture: ground, opacity: 1}]}));
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
            ...pixels(paint({layers})).map((color) => contrast(color, below!)),
          );
          expect(least, `${by} on ${level}`).toBeGreaterThanOrEqual(3);
        }
      }
    }
  });

  it('show misses with the most contrast, and hits with the least', () => {
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
    const rgba = paint({layers: [{type: 'ground', picture: truth, opacity: 1}]});
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
    const rgba = paint({
      layers: [{type: 'difference', truth: small, prediction: large, how, opacity: 1}],
    });
    expect(letters(rgba, 4, {0x000000: '.', 0x400000: '#'})).toEqual(['.#..']);
  });
});

describe('heatmaps', () => {
  it('show viridis as published', () => {
    const rgba = paint({layers: [picture(heatmap([0, 21844, 43688, 65532], 4, [0, 1]))]});
    expect(rgba).toEqual([68, 1, 84, 255, 49, 104, 142, 255, 53, 183, 121, 255, 253, 231, 37, 255]);
  });

  it('show a range of the display, and its ends beyond it, apart from the stripes', () => {
    const display = {
      heatmap: {...defaultDisplay.heatmap, range: [0, 1], colormap: 'greys'},
    } as const;
    const layers = [picture(heatmap([0, 65532, 21844, 32766, 43688], 5, [-1, 2]))];
    expect(paint({layers, display}).filter((_, i) => i % 4 === 0)).toEqual([0, 255, 0, 128, 255]);
  });

  it('mark NaN and the infinities in colours that the map does not have', () => {
    const layers = [picture(heatmap([65533, 65534, 65535], 3, [0, 1]))];
    const rows = letters(paint({layers, scale: 8}), 24, {
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
    const outcomes = paint({layers: [{type: 'difference', truth, prediction, how, opacity: 1}]});
    expect(outcomes).toEqual(onBlack(golden('threshold', 'at50')));
    const display = {
      heatmap: {...defaultDisplay.heatmap, threshold: 0.5, thresholdColor: 0xabcdef},
    };
    const above = letters(paint({layers: [picture(prediction)], display}), 8, {
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
