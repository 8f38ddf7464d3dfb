// SPDX-License-Identifier: Apache-2.0
/** The model of the rail's class list. */
import {backgroundOf} from '../api/background.js';
import {hasClasses, listedClasses} from './classes.js';
import type {MaskClass, Step} from '../api/types.js';
import {countsAt, type Counted, type CountsOfTag} from './counts.js';
import type {TagModel} from './data.js';
import type {Resource} from './resource.js';

/** The classes of one tag's masks, and how each run does on all samples of its record. */
export interface ClassList {
  readonly tag: string;
  readonly classes: readonly MaskClass[];
  readonly ignore: readonly number[];
  /** Ids of classes that are background in some run. */
  readonly background: readonly number[];
  /** The runs that are on and log masks under the tag, in TensorBoard's order. */
  readonly runs: readonly ClassListRun[];
}

export interface ClassListRun {
  readonly run: string;
  /** A CSS colour. */
  readonly color: string;
  /** Of the record that is counted: the run's nearest to the slider. */
  readonly step: Step;
  readonly counted: Resource<Counted>;
}

/** How a run does on one class, over the samples that were counted; on one sample it is `ClassScore` (`kinds/classes.ts`). */
export interface RunClassScore {
  readonly id: number;
  /** TP / (TP + FP + FN) of all samples together. */
  readonly iou: number;
  readonly truePositive: number;
  readonly falsePositive: number;
  readonly falseNegative: number;
}

/** The tag whose classes the rail lists: the one the time bar speaks of, or else the first with masks. */
export function tagOfClasses(
  tags: readonly TagModel[],
  focus: TagModel | undefined,
): TagModel | undefined {
  return focus !== undefined && hasMasks(focus) ? focus : tags.find(hasMasks);
}

export function classListOf(model: TagModel, counts: CountsOfTag): ClassList {
  const classes = new Map<number, MaskClass>();
  const ignore = new Set<number>();
  const background = new Set<number>();
  const runs: ClassListRun[] = [];
  for (const {run, color, step, kind} of model.runs) {
    if (!hasClasses(kind)) {
      continue;
    }
    for (const entry of kind.classes) {
      if (!classes.has(entry.id)) {
        classes.set(entry.id, entry);
      }
    }
    for (const id of kind.ignore ?? []) {
      ignore.add(id);
    }
    for (const id of backgroundOf(kind, kind.background)) {
      background.add(id);
    }
    runs.push({run, color, step, counted: countsAt(counts, {run, step})});
  }
  return {
    tag: model.tag,
    classes: [...classes.values()],
    ignore: [...ignore],
    background: [...background],
    runs,
  };
}

/** By class, of those that are in the ground truth or in the prediction of a sample. */
export function classScoresOf({total}: Counted): ReadonlyMap<number, RunClassScore> {
  const scores = new Map<number, RunClassScore>();
  total?.ids.forEach((id, i) => {
    const truePositive = total.truePositive[i]!;
    const falsePositive = total.falsePositive[i]!;
    const falseNegative = total.falseNegative[i]!;
    const iou = truePositive / (truePositive + falsePositive + falseNegative);
    scores.set(id, {id, iou, truePositive, falsePositive, falseNegative});
  });
  return scores;
}

function hasMasks({runs}: TagModel): boolean {
  return runs.some(({kind}) => hasClasses(kind));
}

/** Ids of classes that a tag on the page listed before, and none does now. */
export function classesGone(
  before: readonly TagModel[],
  after: readonly TagModel[],
): readonly number[] {
  const here = classesOf(after);
  return [...classesOf(before)].filter((id) => !here.has(id));
}

function classesOf(tags: readonly TagModel[]): ReadonlySet<number> {
  return new Set(
    tags.flatMap(({runs}) => runs.flatMap(({kind}) => listedClasses(kind).map(({id}) => id))),
  );
}
