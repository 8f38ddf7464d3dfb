// SPDX-License-Identifier: Apache-2.0
import {describe, expect, it} from 'vitest';
import {defaultDisplay} from './registry.js';
import {beyondColor} from './beyond.js';
import {NOTHING_CHOSEN} from './display-request.fixture.js';
import {heatmap, image} from './goldens.fixture.js';
import {letters, paint, picture} from './painting.fixture.js';
import type {Difference, Display, Picture} from './kind.js';
import type {FlowPicture} from './flow/flow.js';
import {heatmap as heatmapKind} from './heatmap/heatmap.js';
import type {Scene} from './scene.js';

const NAMES = {[beyondColor]: 'B'};
/** Half of the pixels of a row of this length are on stripes: those from the fifth to the eighth. */
const ROW = 8;

function row(value: number, last = value): number[] {
  return [...Array<number>(ROW - 1).fill(value), last];
}

function marked(scene: Pick<Scene, 'layers'> & {readonly display?: Display}): string {
  return letters(paint(scene), ROW, NAMES)[0]!;
}

function differing(truth: Picture, prediction: Picture, how: Difference): string {
  return marked({layers: [{type: 'difference', truth, prediction, how, opacity: 1}]});
}

function grey(values: readonly number[]): Picture {
  return image(values, ROW, 1);
}

/** (u, 0) in pixels, of a range of 32.766 either way. */
function flow(u: number): FlowPicture {
  const data = Uint16Array.from({length: 2 * ROW}, (_, i) => 32766 + (i % 2 === 0 ? 1000 * u : 0));
  const raster = {width: ROW, height: 1, channels: 2, bits: 16, data} as const;
  return {kind: 'flow', raster, range: [-32.766, 32.766], magnitude: 32};
}

describe('what lies beyond the scale is striped', () => {
  const zeros = grey(row(0));

  it.each([
    ['absolute', 4, 64, '????BBBB'],
    ['absolute', 4, 63, '????????'],
    ['absolute', 1, 255, '????????'],
    ['signed', 4, 64, '????BBBB'],
    ['signed', 4, 63, '????????'],
    // 4 (128/255)^2 is 1.008, 4 (127/255)^2 is 0.992.
    ['squared', 4, 128, '????BBBB'],
    ['squared', 4, 127, '????????'],
  ] as const)(
    'in %s differences of images at gain %s of %s levels',
    (how, gain, level, stripes) => {
      expect(differing(zeros, grey(row(level)), {type: 'image', how, gain})).toBe(stripes);
    },
  );

  it('pixel by pixel, on either side of zero', () => {
    const few = grey([0, 0, 0, 0, 0, 200, 0, 200]);
    expect(differing(zeros, few, {type: 'image', how: 'signed', gain: 2})).toBe('?????B?B');
    expect(differing(few, zeros, {type: 'image', how: 'signed', gain: 2})).toBe('?????B?B');
  });

  it('in one channel of colour', () => {
    const black = image(Array<number>(3 * ROW).fill(0), ROW, 3);
    const green = image(
      Array.from({length: 3 * ROW}, (_, i) => (i % 3 === 1 ? 200 : 0)),
      ROW,
      3,
    );
    expect(differing(black, green, {type: 'image', how: 'absolute', gain: 2})).toBe('????BBBB');
  });

  // 6553.2 stored is 0.1.
  it.each([
    ['absolute', 0.19, '????BBBB'],
    ['absolute', 0.21, '????????'],
    ['signed', 0.19, '????BBBB'],
    ['signed', 0.21, '????????'],
    ['relative', 1.9, '????BBBB'],
    ['relative', 2.1, '????????'],
  ] as const)('in %s differences of heatmaps of more than %s', (how, limit, stripes) => {
    const tenths = heatmap(row(6553), ROW, [0, 1]);
    const wrong = heatmap(row(3 * 6553), ROW, [0, 1]);
    expect(differing(tenths, wrong, {type: 'heatmap', how, limit})).toBe(stripes);
  });

  it('in end-point errors, where only the length counts', () => {
    expect(differing(flow(2), flow(-1), {type: 'flow', limit: 2.9})).toBe('????BBBB');
    expect(differing(flow(2), flow(-1), {type: 'flow', limit: 3.1})).toBe('????????');
  });

  it('in amounts', () => {
    const amounts = heatmap(row(32766), ROW, [0, 2]);
    const at = (limit: number) =>
      marked({layers: [{type: 'amount', picture: amounts, limit, opacity: 1}]});
    expect([at(0.99), at(1.01)]).toEqual(['????BBBB', '????????']);
  });
});

describe('a heatmap outside of the range shown', () => {
  const low = heatmap(row(0, 65532), ROW, [0, 10]);

  function shownOver(range: readonly [number, number]): string {
    const display = {...defaultDisplay.heatmap, range};
    return marked({
      layers: [picture(low)],
      display: {...defaultDisplay, heatmap: display},
    });
  }

  it('is striped at both ends, and not at the ends themselves', () => {
    expect(shownOver([0, 10])).toBe('????????');
    expect(shownOver([0, 9])).toBe('???????B');
    expect(shownOver([1, 10])).toBe('????BBB?');
  });

  it('is named in the legend, by its end', () => {
    const texts = (range: readonly [number, number]) => {
      const shown = heatmap(row(0, 65532), ROW, [...range]);
      const display = heatmapKind.display(NOTHING_CHOSEN, [{...shown, shown: [0, 8]}]);
      return heatmapKind
        .valueLegend(shown, display)
        .flatMap((entry) => (entry.type === 'swatch' ? entry.text : []));
    };
    expect(texts([0, 8])).toEqual([]);
    expect(texts([0, 9])).toEqual(['above 8']);
    expect(texts([-1, 9])).toEqual(['below 0', 'above 8']);
  });
});
