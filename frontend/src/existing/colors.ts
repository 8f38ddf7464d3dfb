// SPDX-License-Identifier: Apache-2.0
/** The colours of drawn masks. */
import type {Raster, Rect} from '../pixels/raster.js';

/** Drawn masks have few colours; more are a picture. */
export const MOST_COLORS = 32;

/** The colours of parts of pictures as `#rrggbb`, sorted; undefined where there are more than a drawn mask has. */
export function fewColors(
  parts: readonly {readonly picture: Raster; readonly rect: Rect}[],
): readonly string[] | undefined {
  const found = new Set<number>();
  for (const {picture, rect} of parts) {
    const {width, channels, data} = picture;
    for (let y = rect.y; y < rect.y + rect.height; y++) {
      for (let x = rect.x; x < rect.x + rect.width; x++) {
        const at = (y * width + x) * channels;
        const red = data[at]!;
        const [green, blue] = channels > 2 ? [data[at + 1]!, data[at + 2]!] : [red, red];
        found.add((red << 16) | (green << 8) | blue);
      }
      if (found.size > MOST_COLORS) {
        return undefined;
      }
    }
  }
  return [...found]
    .sort((one, other) => one - other)
    .map((color) => `#${color.toString(16).padStart(6, '0')}`);
}
