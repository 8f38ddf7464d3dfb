// SPDX-License-Identifier: Apache-2.0
/** Classes with every colour decided, and counts of their pixels. */
import type {Color} from '../pixels/color.js';

export interface ClassStyle {
  readonly id: number;
  /** The given name, or the id as text. */
  readonly name: string;
  readonly color: Color;
  readonly ignored: boolean;
}

/** The classes of a tag with every colour decided. Ids that are not listed have a stable colour too: see `styleOf`. */
export interface Palette {
  readonly classes: readonly ClassStyle[];
  readonly ignore: ReadonlySet<number>;
  /** Ids of classes that leave the input free, listed or not: see `api/background.ts`. */
  readonly background: ReadonlySet<number>;
}

export interface ConfusionPair {
  /** Class ids. */
  readonly truth: number;
  readonly predicted: number;
  /** In pixels. */
  readonly count: number;
}

export interface ClassScore {
  readonly id: number;
  readonly truePositive: number;
  readonly falsePositive: number;
  readonly falseNegative: number;
  /** TP / (TP + FP + FN), the Jaccard index. */
  readonly iou: number;
}

export interface Confusion {
  /** Every pair of true and predicted class that occurs, right ones included, most frequent first. */
  readonly pairs: readonly ConfusionPair[];
  /** Of every class that occurs in either picture outside of what is ignored, ascending by id. */
  readonly scores: readonly ClassScore[];
  /** Share of the judged pixels that are right; NaN where none is judged. */
  readonly accuracy: number;
  /** Pixels whose true class is ignored (or unknown): not judged. */
  readonly ignored: number;
}
