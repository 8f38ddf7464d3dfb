// SPDX-License-Identifier: Apache-2.0
/** All that a user can ask for, and the events by which components say so. */
import type {TagLayout} from '../layouts/registry.js';
import type {FileRule, Role, Step} from '../api/types.js';
import type {OverlayChoice} from '../modes/mode.js';
import type {ModeId} from '../modes/registry.js';
import type {RunSort} from './hparams.js';
import type {Side, Sides} from './sides.js';
import type {
  ChosenConfusion,
  Dialog,
  DisplaySettings,
  ExportFormat,
  Anchor,
  PinnedCrossHair,
  SampleFilter,
  Sort,
  ViewState,
  Zoom,
} from './view.js';

/** A change of the view that a user asks for: the reducer makes it. */
export type ViewChange =
  | {readonly type: 'tagFilter'; readonly text: string}
  /** A rule for pictures that are no records; the page then goes to the pair that `shows` names. */
  | {
      readonly type: 'rule';
      readonly rule: FileRule;
      readonly removed?: boolean;
      readonly shows?: string;
    }
  /** Measures a metric of pictures that are no records, or stops that. */
  | {readonly type: 'measure'; readonly id: string; readonly on: boolean}
  | {readonly type: 'runFilter'; readonly text: string}
  | {readonly type: 'pinTag'; readonly tag: string; readonly pinned: boolean}
  | {readonly type: 'collapseTag'; readonly tag: string; readonly collapsed: boolean}
  | {readonly type: 'showRun'; readonly run: string; readonly shown: boolean}
  | {readonly type: 'showOnlyRun'; readonly run: string}
  | {readonly type: 'showRuns'; readonly runs: readonly string[] | null}
  | {readonly type: 'showAllRuns'}
  /** Puts runs in order: all of them, or those that come first. */
  | {readonly type: 'orderRuns'; readonly runs: readonly string[]}
  /** Puts runs in order by their hyperparameters. */
  | {readonly type: 'sortRuns'; readonly change: Partial<RunSort>}
  | {readonly type: 'reference'; readonly run: string | null}
  | {
      readonly type: 'layout';
      readonly tag: string;
      readonly change: Partial<Omit<TagLayout, 'tag'>>;
    }
  | {readonly type: 'step'; readonly step: Step | null}
  | {readonly type: 'moveStep'; readonly by: number}
  | {readonly type: 'firstStep'}
  | {readonly type: 'lastStep'}
  | {readonly type: 'markStep'; readonly step: Step | null}
  | {readonly type: 'play'; readonly playing: boolean}
  | {readonly type: 'playback'; readonly rate?: number; readonly loop?: boolean}
  | {readonly type: 'mode'; readonly mode: ModeId}
  /** Sets A, B or both. */
  | {readonly type: 'sides'; readonly change: Partial<Sides>}
  | {readonly type: 'swapSides'}
  /** With A and B, where the difference is one of these two. */
  | {readonly type: 'difference'; readonly difference: string; readonly sides?: Partial<Sides>}
  | {readonly type: 'gain'; readonly gain: number | null}
  | {readonly type: 'swipe'; readonly position: number}
  | {readonly type: 'blinkRate'; readonly rate: number}
  | {readonly type: 'overlay'; readonly change: Partial<OverlayChoice>}
  | {readonly type: 'showClass'; readonly id: number; readonly shown: boolean}
  | {readonly type: 'showClasses'; readonly hidden: readonly number[]}
  | {readonly type: 'isolateClass'; readonly id: number | null}
  | {readonly type: 'background'; readonly background: ViewState['background']}
  | {readonly type: 'zoom'; readonly zoom: Zoom}
  | {readonly type: 'zoomAll'; readonly all: boolean}
  | {readonly type: 'display'; readonly change: Partial<DisplaySettings>}
  | {readonly type: 'sort'; readonly change: Partial<Sort>}
  | {readonly type: 'sampleFilter'; readonly change: Partial<SampleFilter>}
  /** Shows the samples with a confusion, the most confused first, and what is confused; `null` takes that off. */
  | {readonly type: 'confusion'; readonly confusion: ChosenConfusion | null}
  | {readonly type: 'rankHere'}
  | {readonly type: 'asClasses'; readonly tag: string; readonly on: boolean}
  | {
      readonly type: 'flag';
      readonly tag: string;
      readonly sample: string;
      readonly flagged: boolean;
    }
  | {readonly type: 'open'; readonly tag: string; readonly sample: string}
  | {readonly type: 'close'}
  | {readonly type: 'moveSample'; readonly by: number}
  | {readonly type: 'large'; readonly side: Side | null}
  | {readonly type: 'details'; readonly shown: boolean}
  | {readonly type: 'rail'; readonly collapsed: boolean}
  | {readonly type: 'reset'}
  /** The card of `anchor` was scrolled to. */
  | {readonly type: 'anchored'}
  /** The panes of the link's cross-hair have it. */
  | {readonly type: 'crossHairShown'}
  | {readonly type: 'dialog'; readonly dialog: Dialog | null}
  /** Asks how. */
  | {
      readonly type: 'export';
      readonly format: ExportFormat;
      readonly tag: string;
      readonly sample: string;
    }
  /** Begins a blind comparison of two runs on a tag's samples. */
  | {readonly type: 'blind'; readonly tag: string};

/** A link that shows just this, or one that follows the newest step. */
export interface CopyLink {
  readonly type: 'copyLink';
  readonly follows?: boolean;
  /** What is in sight; absent until the page has looked. */
  readonly anchor?: Anchor | null;
  readonly crossHair?: PinnedCrossHair | null;
}

export interface CopyText {
  readonly type: 'copy';
  readonly text: string;
  /** Begins the sentence that tells of it. */
  readonly what: string;
  /** That sentence, where it says what to do with the text. */
  readonly copied?: string;
}

/** What a user asks the session to do besides. */
export type SessionEffect = {readonly type: 'reload'} | CopyLink | CopyText;

/** What a user asks of the page itself; the session never gets it. */
export type PageEffect =
  /** Saves the card as it is shown now. */
  | {readonly type: 'savePng'; readonly tag: string; readonly sample: string}
  | {readonly type: 'focusFilter'}
  /** Scrolls to a tag. */
  | {readonly type: 'revealTag'; readonly tag: string}
  | {readonly type: 'say'; readonly text: string}
  | {readonly type: 'toast'; readonly text: string; readonly tone: 'info' | 'error'};

/** What a user can ask for. Components, keys and the palette send these to the app. */
export type Intent = ViewChange | SessionEffect | PageEffect;

/** What happens to the view without being asked for. */
export type ViewEvent =
  | {readonly type: 'linkOpened'; readonly view: ViewState}
  | {readonly type: 'pageHidden'}
  /** The runs of the log are known for the first time. */
  | {readonly type: 'runsKnown'; readonly runs: readonly string[]}
  /** `tags` are those on the page; `null` while no catalog is known. */
  | {readonly type: 'dataArrived'; readonly tags: readonly string[] | null}
  /** A tag that the page knew has other steps now; the step shown is still the one before. */
  | {readonly type: 'stepsLogged'}
  /**
   * Classes that tags on the page listed and none does any more. One of them shown alone would empty the other masks, and be
   * listed nowhere to be given up; a class that no tag lists was found in pictures and is left alone.
   */
  | {readonly type: 'classesGone'; readonly ids: readonly number[]}
  /** Playback goes on by one step. */
  | {readonly type: 'tick'};

/** Cards report which samples are visible, so that only those are fetched. The whole list, whenever it changes. */
export interface VisibleSamples {
  readonly tag: string;
  readonly samples: readonly string[];
  /** Samples that come into sight next, the next first, where it is known. */
  readonly ahead?: readonly string[];
  /** Absent, all of them. */
  readonly runs?: readonly string[];
  /** The parts that are shown; absent, all. Who shows another one, of a few samples, says so by `SampleSource.need`. */
  readonly parts?: readonly Role[];
}

/** Steps of one sample that a film strip shows. Sent whole, whenever it changes; `at` is empty when there is no strip. */
export interface VisibleFilm extends VisibleSamples {
  readonly at: readonly {readonly run: string; readonly step: Step}[];
}

declare global {
  interface HTMLElementEventMap {
    'pairs-intent': CustomEvent<Intent>;
    'pairs-visible-samples': CustomEvent<VisibleSamples>;
    'pairs-visible-film': CustomEvent<VisibleFilm>;
  }
}

/** An event that carries an intent up to the app, through shadow roots. */
export function intent(detail: Intent): CustomEvent<Intent> {
  return new CustomEvent('pairs-intent', {detail, bubbles: true, composed: true});
}
