// SPDX-License-Identifier: Apache-2.0
/**
 * What a way to compare is to the page, and all that the page asks of one.
 *
 * To add a mode: a file here that holds a `Mode`, and a line in `registry.ts`. Its button, command, key, announcement, settings,
 * link and legend follow. Nothing else compares a mode's name (`test/names.test.ts`): whoever has a view asks `modeOf(view)`.
 *
 * The session knows the modes before anything can be painted, so a mode imports types only: what it needs is in `Pane`.
 */
import type {ComputedDifference} from '../kinds/computed.js';
import type {LegendEntry, PairNames} from '../kinds/legend.js';
import type {Content, Layer, Outline} from '../kinds/scene.js';
import type {Picture} from '../kinds/kind.js';

/** The pictures that one pane can draw on; an absent one was not logged or is not there yet. */
export interface PanePictures {
  readonly input?: Picture | undefined;
  readonly truth?: Picture | undefined;
  /** What B is compared with: the ground truth, unless the viewer chose. */
  readonly a?: Picture | undefined;
  /** What the pane is of: a prediction, unless the viewer chose. */
  readonly b?: Picture | undefined;
  /** The difference of A and B, where the one chosen is computed. Absent until it is. */
  readonly computed?: ComputedDifference | undefined;
}

/** What the viewer chose for laying pictures over each other. */
export interface OverlayChoice {
  /** `null`: where there is an input, what floats, such as masks, lies on it, and all else on nothing. */
  readonly on: boolean | null;
  readonly base: 'input' | 'groundTruth';
  /** 0 to 1 */
  readonly opacity: number;
  /** Outlines only: A solid, B dashed. */
  readonly outlines: boolean;
}

/** What the lines of a card depend on. */
export interface Lines {
  readonly overlay: OverlayChoice;
  /** Its pictures lie on another. */
  readonly isLaid: boolean;
  /** Its pictures have borders. */
  readonly hasBorders: boolean;
  /** What counts as different, to follow "differs". */
  readonly differsText: string;
  readonly names: PairNames;
}

export interface ModeContent extends Content {
  readonly swipe?: {readonly fraction: number; readonly right: Content} | undefined;
}

/** One pane of B: what a mode can draw on, and with. */
export interface Pane {
  readonly pictures: PanePictures;
  readonly overlay: OverlayChoice;
  /** Where a line that is moved stands, 0 to 1 from the left. */
  readonly swipe: number;
  /** On the input where the overlay is on. */
  a(): Content;
  /** On the overlay's base where that is on. */
  b(): Content;
  /** The difference that the viewer chose. Nothing where a side of it is not there. */
  difference(): Content;
  shown(picture: Picture): Layer;
  /** A picture on another, with the opacity of the overlay. On the input its background is left out. */
  laid(base: Picture, top: Picture): readonly Layer[];
  /** A solid, B dashed; none for pictures that have no borders. */
  outlines(a: Picture | undefined, b: Picture | undefined): readonly Outline[];
  /** Of where the two differ; none where a side is not there or of another kind. */
  outlinedDifference(): readonly Outline[];
}

/** Settings that the panel shows while the mode is on: of the difference, of how fast panes turn, of what lies on top. */
export type ModeSetting = 'comparison' | 'rate' | 'opacity';

export interface Mode {
  /** As in links. */
  readonly id: string;
  readonly key: string;
  /** On its button. */
  readonly label: string;
  /** Of its command, and read out when it is turned on. */
  readonly title: string;
  /** On hover. */
  readonly hint: string;
  readonly settings: readonly ModeSetting[];
  /** Panes turn to A and back, by themselves or while held. */
  readonly blinks: boolean;
  /** Panes have a line that is moved. */
  readonly hasLine: boolean;
  /** Panes show a difference: what is read and explained there is by how much, not what. */
  readonly compares: boolean;
  /** Panes show pictures, and where they differ as outlines. */
  readonly outlinesDifference: boolean;
  /** A tile, which has room for one picture, shows it as a pane does. */
  readonly fitsTile: boolean;
  /** What has no borders is faded from A into B. */
  readonly fades: boolean;
  /** The content of a pane of B. */
  content(pane: Pane): ModeContent;
  /** Its content while it shows its other side; absent: A. */
  otherSide?(pane: Pane): ModeContent;
  /** What the lines mean that are drawn. */
  lines(lines: Lines): readonly LegendEntry[];
}
