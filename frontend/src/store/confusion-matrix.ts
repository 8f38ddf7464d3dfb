// SPDX-License-Identifier: Apache-2.0
/** Which classes one run takes for which, over all samples of a record. */
import type {ClassCounts} from '../api/types.js';

export interface ConfusionMatrix {
  /** Rows and columns: in the order given where all fit, else those of the worst confusions, the worst first. */
  readonly classes: readonly number[];
  /** Row by row: the true class, then the predicted one. */
  readonly cells: readonly (readonly ConfusionCell[])[];
  /** Classes that take part, but have no row. */
  readonly hidden: number;
  /** Confused pixels that are in no cell, as a class of theirs has no row. */
  readonly hiddenPixels: number;
  /** Pixels of confusions that the record lacks, as they were too many. */
  readonly omittedPixels: number;
}

export interface ConfusionCell {
  readonly truth: number;
  readonly predicted: number;
  readonly pixels: number;
  /** Of the pixels of the true class, 0 to 1; `null` where the class is in no ground truth. */
  readonly share: number | null;
}

/** More rows can't be told apart, and do not fit beside each other. */
export const MOST_CLASSES = 12;

/** `order` is that of the tag's classes; others follow by id. `null` where the record lists no class. */
export function confusionMatrixOf(
  counts: ClassCounts,
  order: readonly number[] = [],
): ConfusionMatrix | null {
  if (counts.ids.length === 0) {
    return null;
  }
  const found = [...counts.ids].sort((a, b) => a - b);
  const present = new Set(found);
  const all = [...new Set([...order.filter((id) => present.has(id)), ...found])];
  const classes = all.length <= MOST_CLASSES ? all : mostConfused(all, counts);
  const pixels = pixelsOf(counts);
  const cellOf = cellsOf(counts);
  const cells = classes.map((truth) =>
    classes.map((predicted) =>
      cellOf(truth, predicted, pixels.get(pairKey(truth, predicted)) ?? 0),
    ),
  );
  const inCells = cells
    .flat()
    .filter(isConfusion)
    .reduce((sum, cell) => sum + cell.pixels, 0);
  return {
    classes,
    cells,
    hiddenPixels: (counts.confusions?.pixels ?? []).reduce((sum, one) => sum + one, 0) - inCells,
    hidden: all.length - classes.length + (counts.omittedClasses ?? 0),
    omittedPixels: counts.omittedPixels ?? 0,
  };
}

/** All confusions of a record that have pixels, the largest first. */
export function worstConfusions(counts: ClassCounts): readonly ConfusionCell[] {
  const {confusions} = counts;
  const cellOf = cellsOf(counts);
  return (confusions?.pixels ?? [])
    .map((pixels, i) => cellOf(confusions!.truth[i]!, confusions!.predicted[i]!, pixels))
    .filter(isConfusion)
    .sort((a, b) => b.pixels - a.pixels);
}

/** Makes the cells of a record. */
function cellsOf({ids, truePositive, falseNegative}: ClassCounts) {
  const totals = new Map(ids.map((id, i) => [id, truePositive[i]! + falseNegative[i]!]));
  return (truth: number, predicted: number, pixels: number): ConfusionCell => {
    const total = totals.get(truth) ?? 0;
    return {truth, predicted, pixels, share: total === 0 ? null : pixels / total};
  };
}

function isConfusion({truth, predicted, pixels}: ConfusionCell): boolean {
  return truth !== predicted && pixels > 0;
}

/** The classes of the worst confusions, so that these have cells; where they are too few, those with the most wrong pixels. */
function mostConfused(all: readonly number[], counts: ClassCounts): readonly number[] {
  const wrong = new Map(
    counts.ids.map((id, i) => [id, counts.falsePositive[i]! + counts.falseNegative[i]!]),
  );
  const confused = worstConfusions(counts).flatMap(({truth, predicted}) => [truth, predicted]);
  const others = [...all].sort((a, b) => wrong.get(b)! - wrong.get(a)!);
  const known = new Set(all);
  return [...new Set([...confused, ...others])]
    .filter((id) => known.has(id))
    .slice(0, MOST_CLASSES);
}

/** By pair of classes, the diagonal with them. */
function pixelsOf({ids, truePositive, confusions}: ClassCounts): ReadonlyMap<string, number> {
  const pixels = new Map(ids.map((id, i) => [pairKey(id, id), truePositive[i]!]));
  confusions?.pixels.forEach((count, i) => {
    pixels.set(pairKey(confusions.truth[i]!, confusions.predicted[i]!), count);
  });
  return pixels;
}

function pairKey(truth: number, predicted: number): string {
  return `${truth} ${predicted}`;
}
