// SPDX-License-Identifier: Apache-2.0
import {describe, expect, it} from 'vitest';
import {changes, gifDelay} from './gif.js';
import {GifPalette} from './gif-palette.js';

function pixels(colors: readonly number[]): Uint8ClampedArray {
  return Uint8ClampedArray.from(
    colors.flatMap((color) => [color >> 16, (color >> 8) & 255, color & 255, 255]),
  );
}

function throughGif(frames: readonly (readonly number[])[]): readonly (readonly number[])[] {
  const palette = new GifPalette();
  for (const frame of frames) {
    palette.count(pixels(frame));
  }
  const colors = palette.choose();
  return frames.map((frame) =>
    [...colors.indices(pixels(frame))].map((place) => {
      const [red, green, blue] = colors.palette[place]!;
      return (red << 16) | (green << 8) | blue;
    }),
  );
}

describe('the palette of a GIF', () => {
  it('has every colour exactly where there are at most 255', () => {
    const frames = [
      Array.from({length: 200}, (_, i) => i * 70001),
      Array.from({length: 55}, (_, i) => 0xff0000 + i * 257),
    ];
    expect(throughGif(frames)).toEqual(frames);
  });

  it('keeps the colours of classes exact beside a photo of many', () => {
    const classes = [0x804080, 0xf423e8, 0x464646];
    const photo = Array.from({length: 20_000}, (_, i) => (i * 7919) % 2 ** 24);
    const frame = [...photo, ...classes.flatMap((color) => Array<number>(500).fill(color))];
    const [shown] = throughGif([frame]);
    expect(shown!.slice(photo.length)).toEqual(frame.slice(photo.length));
  });

  it('has room for a place that means unchanged', () => {
    const palette = new GifPalette();
    palette.count(pixels(Array.from({length: 5000}, (_, i) => (i * 7919) % 2 ** 24)));
    expect(palette.choose().palette.length).toBeLessThanOrEqual(255);
  });
});

describe('frames of a GIF', () => {
  it('only hold what changed', () => {
    expect([...changes(Uint8Array.of(1, 2, 3), Uint8Array.of(1, 5, 3), 9)]).toEqual([9, 5, 9]);
  });

  it.each([
    [4, 250],
    [0.25, 4000],
    [60, 20],
  ])('at %d a second are shown for %d ms', (rate, delay) => {
    expect(gifDelay(rate)).toBe(delay);
  });
});
