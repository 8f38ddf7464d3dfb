// SPDX-License-Identifier: Apache-2.0
/** Borders of a layer, on the CPU. */
import {
  anchorOf,
  onDash,
  onWhite,
  outlineColor,
  outlineReach,
  outlineRimColor,
  rimOf,
} from './patterns.js';
import type {Size} from './raster.js';
import {boundsOf, type Bounds} from './sampling.js';
import type {DrawnOutline} from './scene.js';
import type {Placement} from './view.js';

/**
 * Colours the pixels whose centre has another colour than that of a pixel before or after it, in either direction. Dashed: with its
 * own colour or, where that is not shown, the other's. Solid: white, and black beside. Fine and solid: white and black in turns.
 */
export function outlineColors(
  outline: DrawnOutline,
  colors: Uint32Array,
  {frame, view}: Placement,
  canvas: Size,
  part: Bounds,
  out: Uint8ClampedArray,
): void {
  const {dashed, fine = false} = outline;
  const {before, after} = outlineReach(outline.width);
  const rim = rimOf(outline);
  const anchor = anchorOf(view);
  // Beyond the frame nothing changes.
  const {left, right, top, bottom} = boundsOf(frame, view, canvas);
  const at = (x: number, y: number) => colors[y * canvas.width + x]!;
  /** The first other colour so far after or before; its own where there is none. */
  const otherAt = (x: number, y: number, more: number): number => {
    const own = at(x, y);
    const back = before + more;
    const ahead = after + more;
    let other = at(x + ahead >= right ? x : x + ahead, y);
    other = other === own ? at(x, y + ahead >= bottom ? y : y + ahead) : other;
    other = other === own ? at(x - back < left ? x : x - back, y) : other;
    return other === own ? at(x, y - back < top ? y : y - back) : other;
  };
  const isBeside = (x: number, y: number): boolean => {
    for (let more = 1; more <= rim; more++) {
      if (otherAt(x, y, more) !== at(x, y)) {
        return true;
      }
    }
    return false;
  };
  for (let y = part.top; y < part.bottom; y++) {
    for (let x = part.left; x < part.right; x++) {
      if (dashed && !onDash(x + anchor.x, y + anchor.y)) {
        continue;
      }
      const own = at(x, y);
      const other = otherAt(x, y, 0);
      const to = 4 * (y * canvas.width + x);
      if (other !== own) {
        const isWhite = !fine || onWhite(x + anchor.x, y + anchor.y);
        const solid = isWhite ? outlineColor : outlineRimColor;
        paint(out, to, dashed ? (own === 0 ? other : own) : solid);
      } else if (isBeside(x, y)) {
        paint(out, to, outlineRimColor);
      }
    }
  }
}

/** Red is in the lowest byte, as in `Rgba`; the colours of the line and the rim are grey. */
function paint(out: Uint8ClampedArray, to: number, color: number): void {
  out[to] = color & 255;
  out[to + 1] = (color >> 8) & 255;
  out[to + 2] = (color >> 16) & 255;
}
