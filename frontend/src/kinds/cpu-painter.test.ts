// SPDX-License-Identifier: Apache-2.0
import {afterEach, beforeEach, describe, expect, it, vi} from 'vitest';

import {mask} from './goldens.fixture.js';
import {paletteOf} from './mask/palette.js';
import {defaultDisplay} from './registry.js';
import {CpuPainter} from '../pixels/cpu-painter.js';
import {LayerCompiler} from './layer-compiler.js';

/** A canvas of one pixel that remembers what was put on it: its red, green and blue. */
function pixel(): {canvas: HTMLCanvasElement; put: number[][]} {
  const put: number[][] = [];
  const context = {
    createImageData: (width: number, height: number) => ({
      width,
      height,
      data: new Uint8ClampedArray(4 * width * height),
    }),
    putImageData: ({data}: ImageData) => put.push([...data.slice(0, 3)]),
  };
  return {
    canvas: {width: 1, height: 1, getContext: () => context} as unknown as HTMLCanvasElement,
    put,
  };
}

/** Three by three pixels of classes on one: a border of class 0 around class 1. */
const scene = new LayerCompiler().compile({
  layers: [
    {type: 'picture', picture: mask([0, 0, 0, 0, 1, 0, 0, 0, 0], 3, paletteOf([], [])), opacity: 1},
  ],
  outlines: [],
  frame: {width: 3, height: 3},
  view: {x: 0, y: 0, scale: 1 / 3},
  display: defaultDisplay,
  backdrop: 0,
});

let cost = 0;

beforeEach(() => {
  vi.useFakeTimers();
  let now = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => (now += cost));
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe('a painter on the CPU', () => {
  it('paints finely while that is quick', () => {
    cost = 1;
    const {canvas, put} = pixel();
    const painter = new CpuPainter();
    painter.paint(canvas, scene);
    painter.follow(canvas, scene);
    vi.runAllTimers();
    expect(put).toEqual([put[0], put[0]]);
  });

  it('paints the middle of each pixel while slow pictures change, and the mean when they rest', () => {
    cost = 50;
    const {canvas, put} = pixel();
    const painter = new CpuPainter();
    painter.follow(canvas, scene);
    painter.follow(canvas, scene);
    painter.follow(canvas, scene);
    const [mean, draft, second] = put;
    expect(second).toEqual(draft);
    expect(draft).not.toEqual(mean);
    vi.runAllTimers();
    expect(put).toEqual([mean, draft, draft, mean]);
  });

  it('refines nothing that was painted otherwise meanwhile', () => {
    cost = 50;
    const {canvas, put} = pixel();
    const painter = new CpuPainter();
    painter.paint(canvas, scene);
    painter.follow(canvas, scene);
    painter.leave(canvas);
    vi.runAllTimers();
    expect(put).toHaveLength(2);
  });
});
