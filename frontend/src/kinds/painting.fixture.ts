// SPDX-License-Identifier: Apache-2.0
/** Paints small scenes on the CPU, so that tests can compare pixels. */
import type {Color} from '../pixels/color.js';
import type {Size} from '../pixels/raster.js';
import {SoftwareRenderer} from '../pixels/software.js';
import type {Display, Picture} from './kind.js';
import {LayerCompiler} from './layer-compiler.js';
import {defaultDisplay} from './registry.js';
import type {Layer, Outline, Scene} from './scene.js';

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
  readonly smooth?: boolean;
  /** Black unless it matters. */
  readonly backdrop?: number;
}

const compiler = new LayerCompiler();
const renderer = new SoftwareRenderer();

/** RGBA of the frame's first layer at `scale`, or of a canvas of given size. */
export function paint({
  layers = [],
  outlines = [],
  display,
  scale = 1,
  x = 0,
  y = 0,
  swipe,
  smooth,
  backdrop = 0x000000,
  ...sizes
}: Shown): number[] {
  const first = layers[0];
  const picture =
    first?.type === 'picture' || first?.type === 'ground' || first?.type === 'amount'
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
    backdrop,
    layers,
    outlines,
    swipe,
    smooth,
  };
  renderer.render(compiler.compile(scene), canvas, out);
  return [...out];
}

export function picture(of: Picture, opacity = 1): Layer {
  return {type: 'picture', picture: of, opacity};
}

/** Transparent pixels of a golden as they are on the black backdrop. */
export function onBlack(rgba: readonly number[]): number[] {
  return rgba.map((value, i) => (i % 4 === 3 ? 255 : value));
}

/** The pixels as colours. */
export function pixels(rgba: readonly number[]): Color[] {
  return Array.from({length: rgba.length / 4}, (_, i) => {
    const [red, green, blue] = rgba.slice(4 * i, 4 * i + 3) as [number, number, number];
    return (red << 16) | (green << 8) | blue;
  });
}

/** The pixels as letters, by colour. */
export function letters(
  rgba: readonly number[],
  width: number,
  names: Readonly<Record<number, string>>,
): string[] {
  const all = pixels(rgba).map((color) => names[color] ?? '?');
  return Array.from({length: all.length / width}, (_, y) =>
    all.slice(y * width, (y + 1) * width).join(''),
  );
}
