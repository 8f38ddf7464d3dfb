// SPDX-License-Identifier: Apache-2.0
/**
 * What a canvas shows, as layers and outlines of pictures. Views build scenes; painters paint
 * them.
 */
import type {Rect} from '../pixels/raster.js';
import type {Placement} from '../pixels/view.js';
import type {HeatmapPicture} from './heatmap/picture.js';
import type {Difference, Display, Picture} from './kind.js';

interface Laid {
  /** 0 to 1. */
  readonly opacity: number;
  /** What is thinner than two device pixels is shown two wide. */
  readonly thick?: boolean;
}

/** One picture, coloured as its kind and the scene's `display` say. */
export interface PictureLayer extends Laid {
  readonly type: 'picture';
  readonly picture: Picture;
  /** It lies on an input, so what is background to its kind is left out. */
  readonly floats?: true;
}

/** A picture as the ground that errors stand on. */
export interface GroundLayer extends Laid {
  readonly type: 'ground';
  readonly picture: Picture;
}

/** Two pictures of one kind compared; `how.type` must be that kind. The grid is the prediction's. */
export interface DifferenceLayer extends Laid {
  readonly type: 'difference';
  readonly truth: Picture;
  readonly prediction: Picture;
  readonly how: Difference;
}

/**
 * Two predictions (runs, or steps of one run) against the same truth. Masks: only A, only B, both wrong.
 * All other kinds: who is closer. The grid is A's.
 */
export interface VersusLayer extends Laid {
  readonly type: 'versus';
  readonly truth: Picture;
  readonly a: Picture;
  readonly b: Picture;
  /** But for masks: the difference of the two errors is multiplied by this before it is coloured. */
  readonly gain: number;
}

/** A picture of amounts that was computed, such as how unlike two images are. */
export interface AmountLayer extends Laid {
  readonly type: 'amount';
  readonly picture: HeatmapPicture;
  /** The amount at full colour. */
  readonly limit: number;
}

export type Layer = PictureLayer | GroundLayer | DifferenceLayer | VersusLayer | AmountLayer;

interface Line {
  /** Ground truth is solid, prediction is dashed. */
  readonly dashed: boolean;
  /** In device pixels, whatever the zoom. */
  readonly width: number;
}

/** The borders of the classes, or of where a heatmap is at least the display's threshold. */
export interface PictureOutline extends Line {
  readonly type: 'picture';
  /** Its kind has outlines. */
  readonly picture: Picture;
}

/** The borders of where two pictures of one kind differ; `how.type` must be that kind. The grid is the prediction's. */
export interface DifferenceOutline extends Line {
  readonly type: 'difference';
  readonly truth: Picture;
  readonly prediction: Picture;
  readonly how: Difference;
  /** What is thinner than a device pixel is outlined as if it were one wide. */
  readonly thick?: boolean;
}

export type Outline = PictureOutline | DifferenceOutline;

/** Layers from the bottom to the top, outlines above them. */
export interface Content {
  readonly layers: readonly Layer[];
  readonly outlines: readonly Outline[];
  /** Magnified, it is smoothed. */
  readonly smooth?: boolean | undefined;
}

/** What one pane shows, and where. */
export interface Scene extends Content, Placement {
  readonly display: Display;
  /** Shows `right` instead from this fraction (0 to 1) of the canvas's width on. */
  readonly swipe?: {readonly fraction: number; readonly right: Content} | undefined;
}

/** Paints scenes. One painter serves all panes of the page. */
export interface Painter {
  /** Paints the whole canvas, or a part of it as if it were one, at once; the canvas's `2d` context belongs to the painter. */
  paint(canvas: HTMLCanvasElement, scene: Scene, part?: Rect): void;
  /** Paints what a hand may change again at once: where that is slow, coarsely now and as `paint` does when it rests. */
  follow(canvas: HTMLCanvasElement, scene: Scene): void;
  /** Frees textures and caches; the painter can't be used again. */
  dispose(): void;
}
