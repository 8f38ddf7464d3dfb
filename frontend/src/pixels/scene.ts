// SPDX-License-Identifier: Apache-2.0
/** What a painter paints: draw operations on one another, and the place where they are seen. It knows no kind of data. */
import type {DrawOperation, SampleOperation} from './operation.js';
import type {Placement} from './view.js';

export interface DrawnLayer {
  readonly operation: DrawOperation;
  /** 0 to 1. */
  readonly opacity: number;
  /** What is thinner than two device pixels is shown two wide. */
  readonly thick?: boolean | undefined;
}

/** The borders of a layer that is not shown itself: where its colour changes. */
export interface DrawnOutline {
  readonly operation: SampleOperation;
  readonly dashed: boolean;
  /** In device pixels, whatever the zoom. */
  readonly width: number;
  /** Solid, it has no rim: white and black take turns along it, so that small things are seen between its sides. */
  readonly fine?: boolean | undefined;
  /** Of a layer of one colour: what is thinner than a device pixel counts as one wide. */
  readonly thick?: boolean | undefined;
}

/** Layers from the bottom to the top, outlines above them. */
export interface DrawnContent {
  readonly layers: readonly DrawnLayer[];
  readonly outlines: readonly DrawnOutline[];
}

export interface DrawnScene extends DrawnContent, Placement {
  /** Shows `right` instead from this fraction (0 to 1) of the canvas's width on. */
  readonly swipe?: {readonly fraction: number; readonly right: DrawnContent} | undefined;
}
