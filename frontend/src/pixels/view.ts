// SPDX-License-Identifier: Apache-2.0
/** Where a scene is seen. */
import type {Color} from './color.js';
import type {Size} from './raster.js';

/** Which part of the frame the canvas shows. */
export interface View {
  /** The frame's coordinates, in frame pixels, of the canvas's top left corner. May be outside of the frame. */
  readonly x: number;
  readonly y: number;
  /** Device pixels per frame pixel. */
  readonly scale: number;
}

/**
 * Where a scene is seen. `canvas.width` and `canvas.height` are device pixels. Every layer is stretched over `frame`, so pictures
 * of different size lie on each other; outside of the frame the canvas is transparent. A layer that is magnified shows its pixels
 * as squares, or smoothed; of one that is shrunk each device pixel shows the mean colour, layer by layer.
 */
export interface Placement {
  readonly frame: Size;
  readonly view: View;
  /** Shown where nothing covers the frame; absent: a checkerboard. */
  readonly backdrop?: Color | undefined;
  /** Where it is small and one of many: at most so many samples per axis and pixel, so that a large picture takes no time. */
  readonly mostSamples?: number | undefined;
  /** A layer that is magnified fades from the middle of each of its pixels to that of the next. */
  readonly smooth?: boolean | undefined;
}
