// SPDX-License-Identifier: Apache-2.0
/** What was fetched, as components see it: immutable models that selectors make, and a source of pictures. */
import type {
  Catalog,
  Digest,
  Hparams,
  TagKind,
  Metric,
  PictureMetadata,
  Role,
  RunStep,
  Step,
  TagSamples,
  TagSeries,
} from '../api/types.js';
import type {Attributes} from './attributes.js';
import type {ConfusedSamples} from './confused-samples.js';
import type {ExistingTag} from './existing.js';
import type {ShownHparams} from './hparams.js';
import type {KindChange} from './kind-changes.js';
import type {Resource} from './resource.js';
import type {AveragedSamples} from './sample-sets.js';

/** The series of the page, replaced whole when something arrives. */
export interface DataState {
  readonly catalog: Resource<Catalog>;
  readonly series: ReadonlyMap<string, Resource<TagSeries>>;
  readonly samples: ReadonlyMap<string, Resource<TagSamples>>;
  /** Of all runs; empty until they were fetched. */
  readonly hparams: Hparams;
}

/** A picture and its PNG. `blob` is undefined when `error` says why it can't be had, or where it was not asked for. */
export interface FetchedPicture extends PictureMetadata {
  /** Heatmap: what the colours span in this sample, where its record says so. */
  readonly shown?: readonly [number, number];
  readonly blob?: Uint8Array<ArrayBuffer>;
}

/** One sample of one run at one step. */
export interface SampleAtStep {
  readonly id: string;
  readonly run: string;
  readonly step: Step;
  /** What its pixels mean; absent, it is as the tag says. */
  readonly kind?: TagKind;
  readonly caption?: string;
  readonly metrics: Readonly<Record<string, Metric>>;
  readonly groundTruth?: FetchedPicture;
  readonly prediction?: FetchedPicture;
  readonly input?: FetchedPicture;
}

/**
 * Where cards read pictures. `get` never fetches: `pairs-visible-samples` and the view decide what is fetched, and of which parts;
 * who shows another part of what is fetched says so by `need`.
 */
export interface SampleSource {
  /**
   * `null` when ready: the record of that step does not hold the sample.
   * While pending, `stale` is that run's sample at the step shown before, or at one nearer to `step` that came since.
   */
  get(
    tag: string,
    run: string,
    step: Step,
    sample: string,
    /** It stays at its step while others move: neither stale itself nor what others were before. */
    isPinned?: boolean,
  ): Resource<SampleAtStep | null>;
  /** What `get` would answer if it is there; looking is not use. */
  peek(tag: string, run: string, step: Step, sample: string): SampleAtStep | undefined;
  blob(digest: Digest): Uint8Array<ArrayBuffer> | undefined;
  /** Asks for the bytes of a picture that `get` tells of without them; they come while its sample is in sight. */
  need(tag: string, at: RunStep, sample: string, part: Role): void;
}

/** A visible run of a tag, at the step the slider stands on. */
export interface RunAtStep {
  readonly run: string;
  /** A CSS colour, for example `var(--pairs-run-0)`. */
  readonly color: string;
  readonly kind: TagKind;
  /** The run's steps, ascending. */
  readonly steps: readonly Step[];
  /** The nearest of them to the step asked for. */
  readonly step: Step;
  /** `step` less the step asked for; `0n` when the run has that step. */
  readonly offset: bigint;
  readonly wallTime: number;
  /** Whether the record of `step` is of before a restart that went back to it. */
  readonly outdated: boolean;
  /** Mean over the samples of this step, by name. */
  readonly metrics: Readonly<Record<string, Metric>>;
  /** The samples that each mean is over, by name of the metric; absent where they are not known. */
  readonly averaged: Readonly<Record<string, AveragedSamples>>;
}

export interface SampleRow {
  readonly id: string;
  /** By run, then by metric, at the step shown of that run. */
  readonly metrics: ReadonlyMap<string, Readonly<Record<string, Metric>>>;
  /** Runs whose record at the step shown is known not to hold it. */
  readonly absentFrom: readonly string[];
  /** Where the ground truth is first another than at the run's step before. */
  readonly changes: readonly RunStep[];
  readonly attributes: Attributes;
  readonly flagged: boolean;
}

/** What the cards of one tag show. */
export interface TagModel {
  readonly tag: string;
  readonly description: string;
  /** Whether none of the runs that are on has it. */
  readonly absent: boolean;
  readonly pinned: boolean;
  readonly collapsed: boolean;
  /** Visible runs that have the tag, in TensorBoard's order. */
  readonly runs: readonly RunAtStep[];
  /** Runs that A or B name and that are not on, at their steps nearest to the one shown. */
  readonly named: readonly RunAtStep[];
  /** Where these runs' records changed their kind; by run, then by step. */
  readonly kindChanges: readonly KindChange[];
  /** The step asked for; `null` while no step is known. */
  readonly step: Step | null;
  /** The step that changes of samples are counted from: the marked one, or else the first of all runs. */
  readonly since: Step | null;
  /** Sorted and filtered. */
  readonly rows: readonly SampleRow[];
  /** All samples before filtering, as logged. */
  readonly allRows: readonly SampleRow[];
  readonly total: number;
  readonly metricNames: readonly string[];
  readonly lowerIsBetter: ReadonlySet<string>;
  /** The one in pane headers; `null` when the tag has none. */
  readonly metric: string | null;
  /** Of all runs that are on. */
  readonly hparams: ShownHparams;
  /** The names of all attributes of its samples. */
  readonly attributeNames: readonly string[];
  /** What of the filter's text can't be understood here. */
  readonly filterProblem?: string;
  /** Where a confusion of this tag is chosen. */
  readonly confused?: ConfusedSamples;
  /** Absent for records. */
  readonly existing?: ExistingTag;
  /** Loading or failing of the series behind it. */
  readonly status: Resource<null>;
}
