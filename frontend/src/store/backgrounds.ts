// SPDX-License-Identifier: Apache-2.0
/**
 * Which class of a tag's masks is background, where none is called so: the one that fills most of the ground truth of the run's first
 * record that TensorBoard keeps. So it is the same for all samples and steps, and does not depend on what is in sight.
 */
import type {ClassCounts, RunStep, TagKind} from '../api/types.js';
import {calledBackground} from '../api/background.js';
import {hasClasses, listedClasses} from './classes.js';
import {countsAt, type CountsOfTag} from './counts.js';
import type {DataState, TagModel} from './data.js';
import {latest, PENDING} from './resource.js';
import type {ViewState} from './view.js';

/**
 * The class with more than half of the pixels of the ground truth that count, unless it has all. `null`: none, or some are of class 0,
 * which is background by itself where the tag says nothing of it.
 */
export function fillingClass(
  {ids, truePositive, falseNegative, omittedClasses = 0}: ClassCounts,
  {classes = []}: Pick<TagKind, 'classes'>,
): number | null {
  const pixels = new Map(ids.map((id, i) => [id, truePositive[i]! + falseNegative[i]!]));
  const hasUnlistedZero = (pixels.get(0) ?? 0) > 0 && !classes.some(({id}) => id === 0);
  if (omittedClasses > 0 || hasUnlistedZero) {
    return null;
  }
  const all = [...pixels.values()].reduce((sum, one) => sum + one, 0);
  return ids.find((id) => 2 * pixels.get(id)! > all && pixels.get(id)! < all) ?? null;
}

/** The records whose counts say what is background in the runs shown of a tag; none where names or the viewer do. */
export function recordsThatTell(
  {tag, runs, named}: TagModel,
  series: DataState['series'],
  chosen: ViewState['background'],
): readonly RunStep[] {
  const ofTag = latest(series.get(tag) ?? PENDING);
  return [...runs, ...named].flatMap(({run, kind}) => {
    const step = ofTag?.runs[run]?.steps[0];
    return step === undefined || chosen !== null || !hasClasses(kind) || !isUntold(kind)
      ? []
      : [{run, step}];
  });
}

/** The kind of a run's masks with its background. `first`: the run's first record that is kept. */
export function withBackground(
  kind: TagKind,
  chosen: ViewState['background'],
  counts: CountsOfTag,
  first: RunStep,
): TagKind {
  if (!hasClasses(kind)) {
    return kind;
  }
  if (chosen !== null) {
    return withBackgroundId(kind, chosen === 'none' ? null : chosen);
  }
  if (!isUntold(kind)) {
    return kind;
  }
  const counted = latest(countsAt(counts, first));
  const filling = counted?.total ? fillingClass(counted.total, kind) : null;
  return filling === null ? kind : withBackgroundId(kind, filling);
}

/** Whether no class that the tag lists is called background. */
function isUntold(kind: TagKind): boolean {
  return calledBackground(listedClasses(kind), kind).length === 0;
}

const made = new WeakMap<TagKind, Map<number | null, TagKind>>();

/** The same object for the same kind and background, as palettes and pictures are made once for each. */
export function withBackgroundId(kind: TagKind, background: number | null): TagKind {
  const ofKind = made.get(kind) ?? new Map<number | null, TagKind>();
  made.set(kind, ofKind);
  const known = ofKind.get(background) ?? {...kind, background};
  ofKind.set(background, known);
  return known;
}
