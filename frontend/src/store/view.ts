// SPDX-License-Identifier: Apache-2.0
/** What the user looks at and how: plain immutable data. Changed only by `reduce` (reducer.ts). */
import {BEST_DIFFERENCE} from '../best-difference.js';
import type {Step} from '../api/types.js';
import type {TagLayout} from '../layouts/registry.js';
import type {Sliders} from '../sliders.js';
import type {OverlayChoice} from '../modes/mode.js';
import {PLAIN_MODE, type ModeId} from '../modes/registry.js';
import {UNSORTED, type RunSort} from './hparams.js';
import {EACH_RUN, TRUTH, type Side} from './sides.js';

/** Shared by all panes of a card, and kept over step, sample and run. */
export interface Zoom {
  /** 1 fits the picture in its pane. */
  readonly scale: number;
  /** Centre of the visible part, as a fraction of the picture. */
  readonly x: number;
  readonly y: number;
}

export const FIT: Zoom = {scale: 1, x: 0.5, y: 0.5};

export const RANGES = ['fixed', 'minmax', 'percentile', 'symmetric'] as const;
export type RangeMode = (typeof RANGES)[number];

/** How values become colours. */
export interface DisplaySettings {
  readonly range: RangeMode;
  /** The ends of the range, set by hand for the kind named; `null`: `range` says them. */
  readonly limits: {readonly of: string; readonly range: readonly [number, number]} | null;
  /** The heights of histograms are logarithms. */
  readonly log: boolean;
  /** Heatmap: shown as a mask of the pixels at or above it. `null`: not thresholded. */
  readonly threshold: number | null;
  /** `null`: the kind's own. */
  readonly colormap: string | null;
  /** Ids of the switches that are on, which kinds declare (`KindSwitch`). */
  readonly on: readonly string[];
  /** Where the sliders stand that kinds declare (`KindSlider`) and that were moved. */
  readonly sliders: Sliders;
}

/**
 * `dataset` is the order of first appearance, `runs` the largest difference between two runs, `lead` that of the best run and the
 * next one, `unstable` how much of a prediction changed since the step before, `confusion` how often the chosen class was taken for the other.
 */
export const ORDERS = [
  'dataset',
  'id',
  'worst',
  'best',
  'regressed',
  'improved',
  'unstable',
  'runs',
  'lead',
  'flagged',
  'confusion',
] as const;
export type Order = (typeof ORDERS)[number];

export interface SortKey {
  readonly by: Order;
  /** The run whose scores count; `null` is the one that puts a sample first. */
  readonly run: string | null;
}

export interface Sort extends SortKey {
  readonly metric: string | null;
  /** What puts those in order that are equal by the first key. */
  readonly then: SortKey | null;
}

export interface SampleFilter {
  /** Found in id or caption, any case. */
  readonly text: string;
  readonly metric: string | null;
  /** Both ends are included; `null` is open. */
  readonly min: number | null;
  readonly max: number | null;
  /** Only samples that were flagged. */
  readonly flagged: boolean;
}

export interface OpenSample {
  readonly tag: string;
  readonly sample: string;
}

/** Where a link scrolls to. */
export interface Anchor extends OpenSample {
  /** Columns of a matrix that are scrolled away at the left; absent: none. */
  readonly columns?: number;
}

/** A place in the pictures of one sample that a link points at. */
export interface PinnedCrossHair extends OpenSample {
  /** In pixels of the frame, with fractions. */
  readonly x: number;
  readonly y: number;
}

/** A class that one run takes for another. Its samples are those shown, and its pixels all that differences of masks show. */
export interface ChosenConfusion {
  readonly tag: string;
  readonly run: string;
  /** Ids of classes. */
  readonly truth: number;
  readonly predicted: number;
}

/** What a sample over the steps, or many samples, can be exported as. */
export type ExportFormat = 'gif' | 'video' | 'page';

export type Dialog = 'help' | 'palette' | 'export' | 'blind';

export interface ReplacedByConfusion extends Pick<
  ViewState,
  'mode' | 'difference' | 'a' | 'b' | 'sort' | 'rankedAt'
> {
  /** The run of the confusion's tag in layouts that show one; `null` where none was chosen. */
  readonly run: string | null;
}

export interface ViewState {
  /** Regular expression, as typed: it may be invalid. */
  readonly tagFilter: string;
  readonly pinnedTags: readonly string[];
  /** Whose integers, logged as images, are read as class ids. */
  readonly classTags: readonly string[];
  readonly collapsedTags: readonly string[];
  /** Of the tags for which something was chosen. */
  readonly layouts: readonly TagLayout[];
  /** The rules that the user made for pictures that are no records, as the text of a rule file; may be empty. */
  readonly rules: string;
  /** Ids of the metrics that the page measures of pictures that are no records (`Kind.measures`); none until they are chosen. */
  readonly measured: readonly string[];
  /** Regular expression, as typed: it may be invalid. */
  readonly runFilter: string;
  /** Names of the runs shown; `null` is the default choice. */
  readonly runs: readonly string[] | null;
  /** Runs that were put in order by hand, which come before the others. */
  readonly runOrder: readonly string[];
  /** How hyperparameters put runs in order, which goes before the order by hand. */
  readonly runSort: RunSort;
  /** The run that stands first, and that others are compared with; `null` is the first in order. */
  readonly reference: string | null;
  /** `null` follows the newest step, which is chosen and never comes of standing on it. */
  readonly step: Step | null;
  /** What "regressed since" and the difference of steps compare with. */
  readonly marked: Step | null;
  readonly mode: ModeId;
  /** What the mode sets against each other: B is shown and compared with A. */
  readonly a: Side;
  readonly b: Side;
  /**
   * `closer` shows which of two predictions is closer to the ground truth. Else it is a choice of the kind (`kinds/`): `auto`, and
   * one that the kind has not got, is the kind's own choice.
   */
  readonly difference: string;
  /** Multiplies a difference before it is shown; `null` follows what each card shows. */
  readonly gain: number | null;
  /** 0 to 1 from the left */
  readonly swipe: number;
  /** Changes per second; 0: only while the key is held. */
  readonly blinkRate: number;
  readonly overlay: OverlayChoice;
  readonly hiddenClasses: readonly number[];
  readonly isolatedClass: number | null;
  /** The class that is background in every mask, `none` of them; `null`: as `backgrounds.ts` finds it. */
  readonly background: number | 'none' | null;
  readonly zoom: Zoom;
  /** Whether a zoom holds for all cards, or only for the card where it was made. */
  readonly zoomAll: boolean;
  readonly sort: Sort;
  readonly sampleFilter: SampleFilter;
  /** `null`: samples are not chosen by what is confused in them. */
  readonly confusion: ChosenConfusion | null;
  /** What choosing a confusion took the place of, to come back without it; `null` where none was chosen in this visit. */
  readonly replaced: ReplacedByConfusion | null;
  /** Samples that were marked for later, the first one first. */
  readonly flags: readonly OpenSample[];
  /**
   * The step at which samples are ranked and filtered; `null` is the step shown. It stays when the step moves, so that cards
   * keep their places while a sample is followed.
   */
  readonly rankedAt: Step | null;
  /** The sample in full view. */
  readonly open: OpenSample | null;
  /** What is larger than the other pictures of the full view; `null` shows all alike. */
  readonly large: Side | null;
  /** Whether the full view shows metrics, classes and values beside the pictures. */
  readonly details: boolean;
  /** The card that a link scrolls to; `null` once it was shown. */
  readonly anchor: Anchor | null;
  /** The cross-hair of a link; `null` once its panes have it. */
  readonly crossHair: PinnedCrossHair | null;
  readonly railCollapsed: boolean;
  readonly display: DisplaySettings;
  /** Steps per second of playback. */
  readonly playRate: number;
  readonly loop: boolean;
  readonly playing: boolean;
  readonly dialog: Dialog | null;
}

/** The difference that judges two predictions by the ground truth. */
export const CLOSER = 'closer';

/** Whether two predictions are judged, and A not by itself. */
export function isVersus({difference, a, b}: Pick<ViewState, 'difference' | 'a' | 'b'>): boolean {
  return difference === CLOSER && a.of === 'prediction' && b.of === 'prediction';
}

/** For what is told of the zoom by itself, or has none: pictures follow from all but that, which changes with each move of a pointer. */
export function differBesidesZoom(view: ViewState, other: ViewState | undefined): boolean {
  const keys = Object.keys(view) as (keyof ViewState)[];
  return keys.some((key) => key !== 'zoom' && view[key] !== other?.[key]);
}

export const INITIAL_VIEW: ViewState = {
  tagFilter: '',
  pinnedTags: [],
  classTags: [],
  collapsedTags: [],
  layouts: [],
  rules: '',
  measured: [],
  runFilter: '',
  runs: null,
  runOrder: [],
  runSort: UNSORTED,
  reference: null,
  step: null,
  marked: null,
  mode: PLAIN_MODE,
  a: TRUTH,
  b: EACH_RUN,
  difference: BEST_DIFFERENCE,
  gain: null,
  swipe: 0.5,
  blinkRate: 2,
  overlay: {on: null, base: 'input', opacity: 0.6, outlines: false},
  hiddenClasses: [],
  isolatedClass: null,
  background: null,
  zoom: FIT,
  zoomAll: true,
  sort: {by: 'dataset', run: null, metric: null, then: null},
  sampleFilter: {text: '', metric: null, min: null, max: null, flagged: false},
  confusion: null,
  replaced: null,
  flags: [],
  rankedAt: null,
  open: null,
  large: null,
  details: false,
  anchor: null,
  crossHair: null,
  railCollapsed: false,
  display: {
    range: 'fixed',
    limits: null,
    log: false,
    threshold: null,
    colormap: null,
    on: [],
    sliders: {},
  },
  playRate: 4,
  loop: false,
  playing: false,
  dialog: null,
};
