// SPDX-License-Identifier: Apache-2.0
/** Borders of a layer, on the CPU. */
import {anchorOf, onDash, outlineReach} from './patterns.js';
import type {Size} from './raster.js';
import {windowOf, type Window} from './sampling.js';
import type {DrawnOutline} from './scene.js';
import type {Placement} from './view.js';

/**
 * Colours the pixels whose centre has another colour than that of a pixel before or after it, in either direction: with its own
 * colour or, where that is not shown, the other's.
 */
export function outlineColors(
  {dashed, width}: DrawnOutline,
  colors: Uint32Array,
  {frame, view}: Placement,
  canvas: Size,
  part: Window,
  out: Uint8ClampedArray,
): void {
  const {before, after} = outlineReach(width);
  const anchor = anchorOf(view);
  // Beyond the frame nothing changes.
  const {left, right, top, bottom} = windowOf(frame, view, canvas);
  const at = (x: number, y: number) => colors[y * canvas.width + x]!;
  for (let y = part.top; y < part.bottom; y++) {
    const above = y - before < top ? y : y - before;
    const below = y + after >= bottom ? y : y + after;
    for (let x = part.left; x < part.right; x++) {
      if (dashed && !onDash(x + anchor.x, y + anchor.y)) {
        continue;
      }
      const own = at(x, y);
      let other = at(x + after >= right ? x : x + after, y);
      other = other === own ? at(x, below) : other;
      other = other === own ? at(x - before < left ? x : x - before, y) : other;
      other = other === own ? at(x, above) : other;
      if (other === own) {
        continue;
      }
      const color = own === 0 ? other : own;
      const to = 4 * (y * canvas.width + x);
      out[to] = color & 255;
      out[to + 1] = (color >> 8) & 255;
      out[to + 2] = (color >> 16) & 255;
    }
  }
}
