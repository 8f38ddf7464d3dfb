// SPDX-License-Identifier: Apache-2.0
/** Encodes frames as an animated GIF. */
import {GIFEncoder} from 'gifenc';
import type {Frames} from './frames.js';
import {pause, type LongTask} from '../store/long-task.js';
import {GifPalette} from './gif-palette.js';

export interface GifOptions {
  /** Frames per second. */
  readonly rate: number;
  readonly loop: boolean;
}

/** GIF counts in hundredths of a second, and browsers slow down frames shorter than two of them. */
const SHORTEST_MS = 20;

export function gifDelay(rate: number): number {
  return Math.max(SHORTEST_MS, Math.round(100 / rate) * 10);
}

/** An animated GIF with one palette for all of its frames. Each is drawn twice: first its colours are counted. */
export async function encodeGif(
  frames: Frames,
  {rate, loop}: GifOptions,
  {signal, progress}: LongTask,
): Promise<Blob> {
  const counted = new GifPalette();
  for (let i = 0; i < frames.count; i++) {
    counted.count(pixelsOf(await frames.draw(i)).data);
    progress((i + 1) / frames.count / 2);
    await pause(signal);
  }
  const colors = counted.choose();
  const unchanged = colors.palette.length;
  const encoder = GIFEncoder();
  let before: Uint8Array | undefined;
  for (let i = 0; i < frames.count; i++) {
    const {data, width, height} = pixelsOf(await frames.draw(i));
    const indices = colors.indices(data);
    const delay = gifDelay(rate);
    if (before === undefined) {
      // The place of "unchanged" is in the table of colours too.
      const palette = [...colors.palette, [0, 0, 0]];
      encoder.writeFrame(indices, width, height, {
        palette,
        delay,
        repeat: loop ? 0 : -1,
        dispose: 1,
      });
    } else {
      encoder.writeFrame(changes(before, indices, unchanged), width, height, {
        delay,
        transparent: true,
        transparentIndex: unchanged,
        dispose: 1,
      });
    }
    before = indices;
    progress(0.5 + (i + 1) / frames.count / 2);
    await pause(signal);
  }
  encoder.finish();
  return new Blob([encoder.bytes()], {type: 'image/gif'});
}

/** `now`, with `unchanged` where it is as before. */
export function changes(before: Uint8Array, now: Uint8Array, unchanged: number): Uint8Array {
  return now.map((index, i) => (index === before[i] ? unchanged : index));
}

function pixelsOf(canvas: HTMLCanvasElement): ImageData {
  const context = canvas.getContext('2d');
  if (context === null) {
    throw new Error('this browser has no canvas');
  }
  return context.getImageData(0, 0, canvas.width, canvas.height);
}
