// SPDX-License-Identifier: Apache-2.0
/** What a tag says of itself whose pictures were logged for the Images dashboard. */
import {listedClasses} from './classes.js';
import type {CatalogTag, FileRule, PairSource, TagSeries} from '../api/types.js';

/** How far the measuring of a tag is. */
export interface MeasureProgress {
  /** Pairs that are wanted, those that were measured, and those that can't be. */
  readonly wanted: number;
  readonly measured: number;
  readonly failed: number;
  /** Why the first of those can't be. */
  readonly error: string | undefined;
}

export interface ExistingTag {
  readonly source: PairSource;
  /** The most steps that a run shows. */
  readonly loaded: number;
  /** Kept predictions without a ground truth, of all runs. */
  readonly unpaired: number;
  /** Why nothing is shown, where that is so. */
  readonly note: string | undefined;
  /** The colours of ground truth and prediction, where they are few enough to be classes. */
  readonly colors: readonly string[];
  /** Whether the classes come from colours. */
  readonly isRecovered: boolean;
  /** Absent where nothing is measured. */
  readonly progress?: MeasureProgress;
}

/** Undefined for records. */
export function existingTag(
  {series}: CatalogTag,
  answer: TagSeries | undefined,
  shown: readonly string[],
  progress?: MeasureProgress,
): ExistingTag | undefined {
  const group = series.find(({source}) => source !== undefined);
  if (group?.source === undefined) {
    return undefined;
  }
  const runs = shown.flatMap((run) => answer?.runs[run]?.source ?? []);
  return {
    source: group.source,
    loaded: Math.max(0, ...runs.map(({loaded}) => loaded)),
    unpaired: runs.reduce((sum, {unpaired}) => sum + unpaired, 0),
    note: runs.find(({note}) => note !== undefined)?.note,
    colors: runs.find(({colors}) => colors !== undefined)?.colors ?? [],
    isRecovered: listedClasses(group.kind).length > 0,
    ...(progress && {progress}),
  };
}

/** Whether values are those of pictures that were drawn, so that errors between them are of these. */
export function isDrawn(existing: ExistingTag | undefined): boolean {
  return existing !== undefined && !existing.isRecovered;
}

/** The rule that makes classes of the colours of a pair; grey levels are their own ids. */
export function classesRule({source, colors}: ExistingTag): FileRule {
  const isGrey = colors.every((color) => /^#(..)\1\1$/.test(color));
  return {
    ...source.asRule,
    classes: colors.map((color, place) => ({
      id: isGrey ? parseInt(color.slice(1, 3), 16) : place,
      color,
    })),
  };
}
