// SPDX-License-Identifier: Apache-2.0
/** What components show of the log besides cards: runs, tags, timeline, classes. */
import type {Catalog, Kept, Metric, Skipped, Step} from '../api/types.js';
import type {ClassList} from './class-list.js';
import type {TagModel} from './data.js';
import type {ShownHparams} from './hparams.js';
import type {Resource} from './resource.js';
import type {AveragedSamples} from './sample-sets.js';

export interface RunRow {
  readonly run: string;
  readonly color: string;
  readonly shown: boolean;
  /** Mean of the timeline's metric at `step`; undefined where the run does not have its tag. */
  readonly metric: Metric | undefined;
  /** The samples that it is over, where they are known. */
  readonly averaged: AveragedSamples | undefined;
  /** The run's step nearest to the one shown. */
  readonly step: Step | null;
}

export interface RunList {
  /** Those the filter lets through. */
  readonly rows: readonly RunRow[];
  readonly total: number;
  readonly shown: number;
  readonly filterError: string | null;
}

export interface TagList {
  /** Those the filter lets through, pinned ones first. */
  readonly tags: readonly TagModel[];
  readonly total: number;
  readonly filterError: string | null;
}

export interface TimelineCurve {
  readonly run: string;
  readonly color: string;
  readonly dashed: boolean;
  /** The run's first and last step of the tag, whether the metric was measured there or not. */
  readonly ends: readonly [Step, Step];
  /** Where the run has values, ascending. */
  readonly steps: readonly Step[];
  /** Their fractions of the timeline. */
  readonly x: readonly number[];
  readonly y: readonly number[];
  /** The samples that each of them is over, where it is a mean. */
  readonly averaged: readonly (AveragedSamples | undefined)[];
}

/** Where a curve fell, to rise again later or not. */
export interface Dip {
  readonly step: Step;
  readonly fraction: number;
  readonly value: number;
  readonly color: string;
}

export interface Timeline {
  readonly steps: readonly Step[];
  /** Places of the steps on the slider, 0 to 1. */
  readonly fractions: readonly number[];
  /** Index of the step shown; -1 while there is none. */
  readonly index: number;
  readonly step: Step | null;
  /** Seconds since the epoch. */
  readonly wallTime: number | null;
  readonly curves: readonly TimelineCurve[];
  /** Ascending. */
  readonly dips: readonly Dip[];
  /** The tag whose metric is drawn. */
  readonly tag: string | null;
  /** The sample whose metric is drawn; `null` is the mean. */
  readonly sample: string | null;
  readonly metric: string | null;
  readonly lowerIsBetter: boolean;
  readonly marked: number | null;
  /** The tags on the page of which steps were sampled away, by name, with their worst run. */
  readonly sampled: readonly SampledTag[];
}

/** A tag of which TensorBoard did not keep all steps: of its runs the one that lost most. */
export interface SampledTag {
  readonly tag: string;
  readonly run: string;
  readonly kept: number;
  readonly logged: number;
}

export interface Page {
  readonly catalog: Resource<Catalog>;
  readonly tags: TagList;
  readonly runs: RunList;
  /** Those that are on, whether the list's filter lets them through or not. */
  readonly shownRuns: readonly string[];
  /** Of the runs that are on. */
  readonly hparams: ShownHparams;
  readonly timeline: Timeline;
  /** Classes of the masks of one tag; `null` where there are none on the page. */
  readonly classes: ClassList | null;
  /** The tags of which a sample with an input was seen. */
  readonly inputs: ReadonlySet<string>;
  readonly skipped: readonly Skipped[];
  readonly kept: Kept | null;
}

/** Whether it is not known yet what the page shows first. */
export function isOpening({catalog, tags}: Page): boolean {
  const first = tags.tags.find(({collapsed, absent}) => !collapsed && !absent);
  return catalog.state === 'pending' || first?.status.state === 'pending';
}
