// SPDX-License-Identifier: Apache-2.0
/** The one place where the view changes: a pure function of view, change and scope. */
import {BEST_DIFFERENCE} from '../best-difference.js';
import {choicesOf, type TagLayout} from '../layouts/registry.js';
import {DIFFERENCE_MODE, modeOf, type ModeId} from '../modes/registry.js';
import type {Step} from '../api/types.js';
import type {ViewChange, ViewEvent} from './intents.js';
import {UNSORTED} from './hparams.js';
import {withoutRule, withRule} from './rules.js';
import {settle, stepJoined, stepRanked, stepReturned} from './settle.js';
import {EACH_RUN, isSameSide, runSide, TRUTH, type Side, type Sides} from './sides.js';
import {movedStep, nearestStep} from './steps.js';
import {
  CLOSER,
  type ChosenConfusion,
  FIT,
  INITIAL_VIEW,
  type OpenSample,
  type Sort,
  type ViewState,
  type Zoom,
} from './view.js';
import {clamp} from '../clamp.js';

/** What an intent is measured against: it follows from the data and the view. */
export interface Scope {
  /** All steps of the slider. */
  readonly steps: readonly Step[];
  /** Ascending: steps at which a curve of the slider fell. */
  readonly dips: readonly {readonly step: Step}[];
  /** The step shown. */
  readonly step: Step | null;
  /** All runs, in order. */
  readonly runs: readonly string[];
  readonly shownRuns: readonly string[];
  /** Ids of the rows of the open sample's tag. */
  readonly openRows: readonly string[];
  /** What exporting is about: the open sample, or else the first one in sight. */
  readonly subject: OpenSample | null;
  /** The open sample, or else the one that is pointed at or has the focus. */
  readonly pointed: OpenSample | null;
}

/** Shows the smallest pictures one to one in the largest panes. */
export const MIN_ZOOM = 1 / 4096;
export const MAX_ZOOM = 256;
export const MAX_GAIN = 64;

/** The view after a change; the very same object where it changes nothing. Nothing else makes a view. */
export function reduce(view: ViewState, change: ViewChange | ViewEvent, scope: Scope): ViewState {
  switch (change.type) {
    case 'tagFilter':
      return {...view, tagFilter: change.text};
    case 'rule':
      return {
        ...view,
        rules:
          change.removed === true
            ? withoutRule(view.rules, change.rule)
            : withRule(view.rules, change.rule),
        anchor: change.shows === undefined ? view.anchor : {tag: change.shows, sample: '0'},
      };
    case 'measure':
      return {...view, measured: toggled(view.measured, change.id, change.on)};
    case 'runFilter':
      return {...view, runFilter: change.text};
    case 'asClasses':
      return {...view, classTags: toggled(view.classTags, change.tag, change.on)};
    case 'pinTag':
      return {...view, pinnedTags: toggled(view.pinnedTags, change.tag, change.pinned)};
    case 'collapseTag':
      return {...view, collapsedTags: toggled(view.collapsedTags, change.tag, change.collapsed)};
    case 'showRun': {
      const shown = new Set(scope.shownRuns);
      if (change.shown) {
        shown.add(change.run);
      } else {
        shown.delete(change.run);
      }
      return {...view, runs: scope.runs.filter((run) => shown.has(run))};
    }
    case 'showOnlyRun':
      return {...view, runs: [change.run]};
    case 'showRuns':
      return {...view, runs: change.runs};
    case 'showAllRuns':
      return {...view, runs: scope.runs};
    case 'orderRuns':
      return {...view, runOrder: change.runs, runSort: UNSORTED};
    case 'sortRuns':
      return {...view, runSort: {...view.runSort, ...change.change}};
    case 'reference':
      return {...view, reference: change.run};
    case 'layout':
      return withLayout(view, change.tag, change.change);
    case 'step':
      return atStep(view, change.step, scope);
    case 'moveStep':
      return scope.step === null
        ? view
        : atStep(view, movedStep(scope.steps, scope.step, change.by), scope);
    case 'firstStep':
      return atStep(view, scope.steps[0] ?? null, scope);
    case 'lastStep':
      return atStep(view, null, scope);
    case 'markStep':
      return {...view, marked: change.step};
    case 'play':
      return played(view, change.playing && scope.steps.length > 1, scope);
    case 'playback':
      return {
        ...view,
        playRate: clamp(change.rate ?? view.playRate, 0.25, 60),
        loop: change.loop ?? view.loop,
      };
    case 'mode':
      return {...view, mode: change.mode};
    case 'sides':
      return withSides(view, change.change);
    case 'swapSides':
      return {...view, a: swapped(view.b, scope), b: view.a};
    case 'difference':
      return {
        ...view,
        mode: canDraw(view.mode, change.difference) ? view.mode : DIFFERENCE_MODE,
        difference: change.difference,
        ...change.sides,
      };
    case 'gain':
      return {
        ...view,
        gain: change.gain === null ? null : clamp(change.gain, 1 / MAX_GAIN, MAX_GAIN),
      };
    case 'swipe':
      return {...view, swipe: clamp(change.position, 0, 1)};
    case 'blinkRate':
      return {...view, blinkRate: clamp(change.rate, 0, 10)};
    case 'overlay': {
      const overlay = {...view.overlay, ...change.change};
      return {...view, overlay: {...overlay, opacity: clamp(overlay.opacity, 0, 1)}};
    }
    case 'showClass':
      return {
        ...view,
        isolatedClass: null,
        hiddenClasses: toggled(view.hiddenClasses, change.id, !change.shown),
      };
    case 'showClasses':
      return {...view, isolatedClass: null, hiddenClasses: change.hidden};
    case 'isolateClass':
      return {...view, isolatedClass: change.id};
    case 'background':
      return {...view, background: change.background};
    case 'zoom':
      return {...view, zoom: boundedZoom(change.zoom)};
    case 'zoomAll':
      return {...view, zoomAll: change.all};
    case 'display': {
      // Another rule ends what was set by hand.
      const byRule = change.change.range === undefined ? {} : {limits: null};
      return {...view, display: {...view.display, ...byRule, ...change.change}};
    }
    case 'sort':
      return {...view, sort: sorted(view.sort, change.change), rankedAt: stepRanked(view, scope)};
    case 'sampleFilter':
      return {
        ...view,
        sampleFilter: {...view.sampleFilter, ...change.change},
        rankedAt: stepJoined(view, scope),
      };
    case 'flag': {
      const {tag, sample} = change;
      const others = view.flags.filter((flag) => flag.tag !== tag || flag.sample !== sample);
      return {...view, flags: change.flagged ? [...others, {tag, sample}] : others};
    }
    case 'confusion':
      return change.confusion === null
        ? withoutConfusion(view)
        : withConfusion(view, change.confusion, scope);
    case 'rankHere':
      return {...view, rankedAt: stepRanked(view, scope)};
    case 'open':
      return {...view, open: {tag: change.tag, sample: change.sample}};
    case 'close':
      return {...view, open: null, large: null};
    case 'large':
      return {...view, large: change.side};
    case 'details':
      return {...view, details: change.shown};
    case 'anchored':
      return {...view, anchor: null};
    case 'crossHairShown':
      return {...view, crossHair: null};
    case 'moveSample': {
      const {open} = view;
      if (open === null) {
        return view;
      }
      const at = scope.openRows.indexOf(open.sample);
      const sample = scope.openRows[clamp(at + change.by, 0, scope.openRows.length - 1)];
      return sample === undefined ? view : {...view, open: {...open, sample}};
    }
    case 'rail':
      return {...view, railCollapsed: change.collapsed};
    case 'dialog':
      return {...view, dialog: change.dialog};
    case 'export':
      return {...view, playing: false, dialog: 'export'};
    case 'blind':
      return {...view, playing: false, dialog: 'blind'};
    case 'reset':
      return {
        ...INITIAL_VIEW,
        step: view.step,
        pinnedTags: view.pinnedTags,
        flags: view.flags,
        railCollapsed: view.railCollapsed,
        rules: view.rules,
      };
    case 'linkOpened':
      // A link without rules or flags is of someone who had none; those of this browser are no part of it.
      return {
        ...change.view,
        flags: change.view.flags.length > 0 ? change.view.flags : view.flags,
        rules: change.view.rules || view.rules,
        dialog: view.dialog,
      };
    case 'pageHidden':
      return view.playing ? {...view, playing: false} : view;
    case 'runsKnown':
      return withSides(withoutUnknown(view, change.runs), {
        a: knownSide(view.a, change.runs, TRUTH),
        b: knownSide(view.b, change.runs, EACH_RUN),
      });
    case 'dataArrived':
      return closedWhereGone(view, change.tags);
    case 'stepsLogged':
      return settle(view, scope);
    case 'classesGone':
      return view.isolatedClass !== null && change.ids.includes(view.isolatedClass)
        ? {...view, isolatedClass: null}
        : view;
    case 'tick':
      return advanced(view, scope);
  }
}

/** Play on the last step starts over. */
function played(view: ViewState, playing: boolean, scope: Scope): ViewState {
  const startsOver = playing && !view.playing && scope.step === scope.steps.at(-1);
  const shown = startsOver ? atStep(view, scope.steps[0] ?? null, scope) : view;
  return {...shown, playing};
}

/** One tick of playback: the next step, the first after the last when looping, else the end. */
export function advanced(view: ViewState, scope: Scope): ViewState {
  if (scope.step === null || scope.steps.length < 2) {
    return {...view, playing: false};
  }
  const isLast = scope.step === scope.steps.at(-1);
  if (isLast && !view.loop) {
    return {...view, playing: false};
  }
  const next = isLast ? scope.steps[0]! : movedStep(scope.steps, scope.step, 1);
  return {...atStep(view, next, scope), playing: true};
}

/** The nearest step there is; `null` follows the newest. A step chosen by hand ends playback. */
function atStep(view: ViewState, step: Step | null, scope: Scope): ViewState {
  const nearest = step === null ? null : (nearestStep(scope.steps, step) ?? step);
  return {...(nearest === view.step ? view : settle(view, scope)), step: nearest, playing: false};
}

/** A first key without a run is of all runs; and the second key is another one. */
function sorted(sort: Sort, change: Partial<Sort>): Sort {
  const changed = {...sort, ...(change.by !== undefined && {run: null}), ...change};
  const {by, run, then} = changed;
  return then?.by === by && then.run === run ? {...changed, then: null} : changed;
}

/** The samples and pixels of a confusion. */
function withConfusion(view: ViewState, confusion: ChosenConfusion, scope: Scope): ViewState {
  const {mode, difference, a, b, sort, rankedAt} = view;
  const {tag, run} = confusion;
  const before = {...view, layouts: layoutsWithoutConfusion(view)};
  const replaced =
    view.confusion === null ? {mode, difference, a, b, sort, rankedAt} : view.replaced;
  return {
    // Layouts that show one run show the confused one.
    ...withLayout(before, tag, {run}),
    ...differenceOfConfusion(b),
    confusion,
    replaced: replaced && {...replaced, run: choicesOf(before, tag).run},
    sort: {...sort, by: 'confusion', run: null, then: null},
    rankedAt: stepRanked(view, scope),
  };
}

/** A confusion is of the ground truth and a prediction. */
function differenceOfConfusion(b: Side): Pick<ViewState, 'mode' | 'difference' | 'a' | 'b'> {
  return {
    mode: DIFFERENCE_MODE,
    difference: BEST_DIFFERENCE,
    a: TRUTH,
    b: b.of === 'prediction' ? b : EACH_RUN,
  };
}

/** The run that the confused one took the place of comes back, but where another was chosen since. */
function layoutsWithoutConfusion(view: ViewState): ViewState['layouts'] {
  const {confusion, replaced} = view;
  return confusion !== null && choicesOf(view, confusion.tag).run === confusion.run
    ? withLayout(view, confusion.tag, {run: replaced?.run ?? null}).layouts
    : view.layouts;
}

/** What there was before a confusion was chosen comes back, but for what was changed since. */
function withoutConfusion(view: ViewState): ViewState {
  const asLogged = {...view.sort, by: 'dataset', then: null} as const;
  const before = view.replaced ?? {...INITIAL_VIEW, sort: asLogged};
  const {mode, difference, a, b} = differenceOfConfusion(before.b);
  const isDrawn =
    view.mode === mode &&
    view.difference === difference &&
    isSameSide(view.a, a) &&
    isSameSide(view.b, b);
  return {
    ...view,
    ...(isDrawn && {mode: before.mode, difference: before.difference, a: before.a, b: before.b}),
    ...(view.sort.by === 'confusion' && {
      sort: before.sort,
      rankedAt: stepReturned(before, view),
    }),
    layouts: layoutsWithoutConfusion(view),
    confusion: null,
    replaced: null,
  };
}

function withLayout(view: ViewState, tag: string, change: Partial<TagLayout>): ViewState {
  const others = view.layouts.filter((layout) => layout.tag !== tag);
  return {...view, layouts: [...others, {...choicesOf(view, tag), ...change}]};
}

export function boundedZoom({scale, x, y}: Zoom): Zoom {
  const bounded = clamp(scale, MIN_ZOOM, MAX_ZOOM);
  return Number.isFinite(bounded + x + y)
    ? {scale: bounded, x: clamp(x, 0, 1), y: clamp(y, 0, 1)}
    : FIT;
}

/** The very same view where A and B stay what they are. */
function withSides(view: ViewState, change: Partial<Sides>): ViewState {
  const {a = view.a, b = view.b} = change;
  return isSameSide(a, view.a) && isSameSide(b, view.b) ? view : {...view, a, b};
}

/** What was B, as A: there it is one run. */
function swapped(b: Side, {shownRuns}: Scope): Side {
  return b.of === 'prediction' && b.run === null ? runSide(shownRuns[0] ?? null, b.step) : b;
}

/** A run that is in no log any more can't be compared with. */
function knownSide(side: Side, runs: readonly string[], otherwise: Side): Side {
  const isGone = side.of === 'prediction' && side.run !== null && !runs.includes(side.run);
  return isGone ? otherwise : side;
}

/** Whether that mode draws that difference: one that only outlines it has no room for two predictions. */
function canDraw(mode: ModeId, difference: string): boolean {
  const {compares, outlinesDifference} = modeOf({mode});
  return compares || (outlinesDifference && difference !== CLOSER);
}

function toggled<T>(list: readonly T[], item: T, isIn: boolean): readonly T[] {
  const others = list.filter((other) => other !== item);
  return isIn ? [...others, item] : others;
}

/** A sample of a tag that is not on the page, be it filtered out or of another log, would hide the cards and not be seen. */
function closedWhereGone(view: ViewState, tags: readonly string[] | null): ViewState {
  return view.open === null || tags === null || tags.includes(view.open.tag)
    ? view
    : {...view, open: null, large: null};
}

/** A remembered choice of runs that are all gone shows nothing: then the default is better. */
function withoutUnknown(view: ViewState, runs: readonly string[]): ViewState {
  const {runs: chosen} = view;
  return chosen !== null && chosen.length > 0 && !chosen.some((run) => runs.includes(run))
    ? {...view, runs: null}
    : view;
}
