// SPDX-License-Identifier: Apache-2.0
/** Chooses the 256 colours of a GIF and maps pixels to them. */
import {quantize} from 'gifenc';

/** Red, green and blue, 0 to 255. */
export type Rgb = readonly [number, number, number];

/** All a GIF can have. One is kept for pixels that stay as they were in the frame before. */
const MOST_COLORS = 256;
const UNCHANGED = 1;

/** Of colours that cover at least this share of all pixels none is changed: those of classes, of text and of the ground. */
const LARGE_SHARE = 0.001;
const MOST_LARGE = 160;

/** Pixels that stand for all others when the rest of the palette is chosen. */
const SAMPLE = 2 ** 17;

const ALL = 2 ** 24;

/** The colours of an animation, counted over all of its frames, so that one palette serves them and none flickers. */
export class GifPalette {
  readonly #counts = new Uint32Array(ALL);
  #total = 0;

  /** Counts opaque pixels, RGBA. */
  count(pixels: Uint8ClampedArray): void {
    for (let i = 0; i < pixels.length; i += 4) {
      this.#counts[(pixels[i]! << 16) | (pixels[i + 1]! << 8) | pixels[i + 2]!]!++;
    }
    this.#total += pixels.length / 4;
  }

  /** All colours exactly where they are few enough; otherwise the large ones exactly, and others that are near to the rest. */
  choose(): Colors {
    const seen: number[] = [];
    for (let color = 0; color < ALL; color++) {
      if (this.#counts[color]! > 0) {
        seen.push(color);
      }
    }
    if (seen.length <= MOST_COLORS - UNCHANGED) {
      return new Colors(seen.map(rgbOf));
    }
    seen.sort((a, b) => this.#counts[b]! - this.#counts[a]!);
    const large = seen
      .slice(0, MOST_LARGE)
      .filter((color) => this.#counts[color]! >= LARGE_SHARE * this.#total);
    const rest = this.#sample(seen.slice(large.length));
    // Means over 4,096 bins; over the 65,536 of rgb565 it takes seconds.
    const others = quantize(rest, MOST_COLORS - UNCHANGED - large.length, {format: 'rgb444'});
    return new Colors([
      ...large.map(rgbOf),
      ...others.map(([red, green, blue]): Rgb => [red!, green!, blue!]),
    ]);
  }

  /** Pixels of these colours, in about the shares they have. */
  #sample(colors: readonly number[]): Uint8Array {
    const total = colors.reduce((sum, color) => sum + this.#counts[color]!, 0);
    const pixels: number[] = [];
    for (const color of colors) {
      const [red, green, blue] = rgbOf(color);
      const times = Math.ceil((this.#counts[color]! * SAMPLE) / total / 4);
      for (let i = 0; i < times && pixels.length < 4 * SAMPLE; i++) {
        pixels.push(red, green, blue, 255);
      }
    }
    return Uint8Array.from(pixels);
  }
}

/** A palette, and the place in it of every colour. */
export class Colors {
  /** Place plus one; 0: not looked up yet. */
  readonly #places = new Uint16Array(ALL);
  readonly #flat: Uint8Array;

  constructor(readonly palette: readonly Rgb[]) {
    this.#flat = Uint8Array.from(palette.flat());
    palette.forEach(
      ([red, green, blue], place) => (this.#places[(red << 16) | (green << 8) | blue] = place + 1),
    );
  }

  indices(pixels: Uint8ClampedArray): Uint8Array {
    const indices = new Uint8Array(pixels.length / 4);
    for (let i = 0; i < indices.length; i++) {
      const color = (pixels[4 * i]! << 16) | (pixels[4 * i + 1]! << 8) | pixels[4 * i + 2]!;
      const place = this.#places[color]! || (this.#places[color] = this.#nearest(color) + 1);
      indices[i] = place - 1;
    }
    return indices;
  }

  #nearest(color: number): number {
    const red = color >> 16;
    const green = (color >> 8) & 255;
    const blue = color & 255;
    const flat = this.#flat;
    let best = 0;
    let least = Infinity;
    for (let i = 0; i < flat.length; i += 3) {
      const distance =
        (flat[i]! - red) ** 2 + (flat[i + 1]! - green) ** 2 + (flat[i + 2]! - blue) ** 2;
      if (distance < least) {
        least = distance;
        best = i / 3;
      }
    }
    return best;
  }
}

function rgbOf(color: number): Rgb {
  return [color >> 16, (color >> 8) & 255, color & 255];
}
