// SPDX-License-Identifier: Apache-2.0
/** Draws the marks of a kind over a magnified picture. */
import type {Mark} from '../kinds/marks.js';
import type {Size} from '../pixels/raster.js';

const INK = 'rgb(16 18 22)';
/** Around each mark, so that it is seen on dark colours too. */
const RIM = 'rgb(255 255 255 / 80%)';
const RIM_WIDTH = 2;

/** `origin` is where the picture begins and `cell` how large a pixel of it is, both in device pixels; `ratio` is those per CSS pixel. */
export function drawMarks(
  context: CanvasRenderingContext2D,
  marks: readonly Mark[],
  {left, top}: {readonly left: number; readonly top: number},
  cell: Size,
  ratio: number,
): void {
  const path = new Path2D();
  for (const {x, y, outline} of marks) {
    outline.forEach(([dx, dy], i) => {
      const [atX, atY] = [left + x * cell.width + dx * ratio, top + y * cell.height + dy * ratio];
      if (i === 0) {
        path.moveTo(atX, atY);
      } else {
        path.lineTo(atX, atY);
      }
    });
    path.closePath();
  }
  context.lineJoin = 'round';
  context.lineWidth = RIM_WIDTH * ratio;
  context.strokeStyle = RIM;
  context.stroke(path);
  context.fillStyle = INK;
  context.fill(path);
}
