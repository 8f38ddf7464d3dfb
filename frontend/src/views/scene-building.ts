// SPDX-License-Identifier: Apache-2.0
/** What the pictures of a card's panes are laid together from. */
import type {Content, Layer, Outline} from '../kinds/scene.js';
import type {ComputedChoice, Difference, Kind, Picture} from '../kinds/kind.js';
import {floats, kindOf} from '../kinds/registry.js';
import {isOn, SMOOTH, THICK} from '../kinds/switches.js';
import type {Size} from '../pixels/raster.js';
import type {ModeContent, Pane, PanePictures} from '../modes/mode.js';
import {modeOf} from '../modes/registry.js';
import {isVersus, type ViewState} from '../store/view.js';

/** The part of the view that decides what panes show. */
export type SceneView = Pick<
  ViewState,
  | 'mode'
  | 'difference'
  | 'a'
  | 'b'
  | 'overlay'
  | 'isolatedClass'
  | 'hiddenClasses'
  | 'confusion'
  | 'swipe'
> & {
  readonly display: Pick<ViewState['display'], 'threshold' | 'on'>;
  /** As `gain.ts` finds it. */
  readonly gain: number;
};

/** All that is needed where nothing is compared. */
type OverlaidView = Omit<SceneView, 'gain'>;

const NOTHING: Content = {layers: [], outlines: []};

/** All pictures of a card are stretched over the ground truth's pixels, or over the prediction's where that one is larger. */
export function frameOf(pictures: readonly (Size | undefined)[]): Size | undefined {
  let frame: Size | undefined;
  for (const size of pictures) {
    if (
      size !== undefined &&
      (frame === undefined || size.width * size.height > frame.width * frame.height)
    ) {
      frame = size;
    }
  }
  return frame;
}

export function inputContent(view: Pick<SceneView, 'display'>, {input}: PanePictures): Content {
  return input === undefined ? NOTHING : finished(view, {layers: [shown(input)], outlines: []});
}

/** With what holds for all that a pane shows. */
function finished<C extends Content>({display}: Pick<SceneView, 'display'>, content: C): C {
  return isOn(display, SMOOTH) ? {...content, smooth: true} : content;
}

/** A, on the input where the overlay is on. */
export function referenceContent(
  view: OverlaidView,
  pictures: PanePictures,
  ratio: number,
): Content {
  return finished(view, contentOfA(view, pictures, ratio));
}

function contentOfA(view: OverlaidView, {input, a}: PanePictures, ratio: number): Content {
  if (a === undefined) {
    return NOTHING;
  }
  const isOnInput =
    isLaid(view, a, input !== undefined) && view.overlay.base === 'input' && !isFaded(view, a);
  if (!isOnInput || input === undefined || input === a) {
    return {layers: [shown(a)], outlines: []};
  }
  return laidOn(view, input, input, a, () => outlines(view, a, undefined, ratio));
}

/** A picture on another: as lines where these are asked for and there are any. */
function laidOn(
  view: OverlaidView,
  input: Picture | undefined,
  base: Picture,
  top: Picture,
  linesOf: () => readonly Outline[],
): Content {
  const lines = view.overlay.outlines ? linesOf() : [];
  return lines.length > 0
    ? {layers: [shown(base)], outlines: lines}
    : {layers: laid(view, input, base, top), outlines: []};
}

function laid(
  {overlay}: OverlaidView,
  input: Picture | undefined,
  base: Picture,
  top: Picture,
): readonly Layer[] {
  const above = {type: 'picture', picture: top, opacity: overlay.opacity} as const;
  return [shown(base), base === input ? {...above, floats: true} : above];
}

/** B as the mode has it. `showsOtherSide`: A is shown in its place. */
export function comparedContent(
  view: SceneView,
  pictures: PanePictures,
  showsOtherSide: boolean,
  ratio: number,
): ModeContent {
  const mode = modeOf(view);
  const pane = paneOf(view, pictures, ratio);
  return finished(view, showsOtherSide ? (mode.otherSide?.(pane) ?? pane.a()) : mode.content(pane));
}

function paneOf(view: SceneView, pictures: PanePictures, ratio: number): Pane {
  return {
    pictures,
    overlay: view.overlay,
    swipe: view.swipe,
    a: () => contentOfA(view, pictures, ratio),
    b: () => sideContent(view, pictures, ratio),
    difference: () => differenceContent(view, pictures),
    shown,
    laid: (base, top) => laid(view, pictures.input, base, top),
    outlines: (a, b) => outlines(view, a, b, ratio),
    outlinedDifference: () => outlinedDifference(view, pictures, ratio),
  };
}

function sideContent(view: OverlaidView, {input, a, b}: PanePictures, ratio: number): Content {
  if (b === undefined) {
    return NOTHING;
  }
  const lies = isLaid(view, b, input !== undefined);
  const base = lies ? (view.overlay.base === 'input' ? (input ?? a) : a) : undefined;
  if (base === undefined || base === b) {
    return {layers: [shown(b)], outlines: []};
  }
  return laidOn(view, input, base, b, () => outlines(view, a, b, ratio));
}

/** Whether a picture lies on another: where no one chose, one of a kind that floats does where there is an input. */
export function isLaid(
  {overlay}: Pick<SceneView, 'overlay'>,
  picture: Picture,
  hasInput: boolean,
): boolean {
  return overlay.on ?? (hasInput && floats(picture.kind));
}

function differenceContent(view: SceneView, pictures: PanePictures): Content {
  const {input, truth, a, b} = pictures;
  if (a === undefined || b?.kind !== a.kind) {
    return NOTHING;
  }
  const layers: Layer[] = [];
  const thick = isThickened(view, a) ? ({thick: true} as const) : {};
  if (kindOf(a).hasOutlines(view)) {
    layers.push({type: 'ground', picture: input ?? a, opacity: 1});
  }
  if (isVersus(view)) {
    if (truth?.kind !== a.kind) {
      return NOTHING;
    }
    layers.push({type: 'versus', truth, a, b, gain: view.gain, opacity: 1, ...thick});
  } else if (computedChoice(view, a) !== undefined) {
    if (pictures.computed === undefined) {
      return NOTHING;
    }
    const {picture} = pictures.computed;
    layers.push({type: 'amount', picture, limit: 1 / view.gain, opacity: 1});
  } else {
    const how = differenceOf(view, a);
    const {errors, below} = (thick.thick && kindOf(a).errorParts?.(how)) ?? {errors: how};
    const difference = {type: 'difference', truth: a, prediction: b, opacity: 1} as const;
    if (below !== undefined) {
      layers.push({...difference, how: below});
    }
    layers.push({...difference, how: errors, ...thick});
  }
  return {layers, outlines: []};
}

/** Whether thin errors of a kind can be widened: those that are outlined, or stand free on a ground. */
export function canThicken(
  view: Pick<SceneView, 'mode' | 'difference' | 'a' | 'b' | 'display'>,
  kind: Kind,
): boolean {
  if (modeOf(view).outlinesDifference) {
    return true;
  }
  return isVersus(view)
    ? kind.versusLeavesRightFree === true
    : kind.errorParts !== undefined && kind.hasOutlines(view);
}

/** Whether they are. */
export function isThickened(view: SceneView, truth: Picture): boolean {
  return isOn(view.display, THICK) && canThicken(view, kindOf(truth));
}

/** How the two are compared: the view's choice where the kind has it, or else one of the kind's. */
export function differenceOf(view: SceneView, truth: Picture): Difference {
  return kindOf(truth).chooseDifference(view, truth);
}

/** Whether B is faded over A alone, because nothing has a border to draw. */
export function isFaded(view: Pick<SceneView, 'mode' | 'display'>, truth: Picture): boolean {
  return modeOf(view).fades && !kindOf(truth).hasOutlines(view);
}

/** The view's choice where it is computed in a worker, and not drawn. */
export function computedChoice(
  {difference}: Pick<SceneView, 'difference'>,
  truth: Picture,
): ComputedChoice | undefined {
  return kindOf(truth).differences.find(({id}) => id === difference)?.computed;
}

function shown(picture: Picture): Layer {
  return {type: 'picture', picture, opacity: 1};
}

/** A solid, B dashed; none for pictures that have no borders. */
function outlines(
  view: OverlaidView,
  a: Picture | undefined,
  b: Picture | undefined,
  ratio: number,
): readonly Outline[] {
  const width = lineWidth(ratio);
  const lines: Outline[] = [];
  for (const [picture, dashed] of [
    [a, false],
    [b, true],
  ] as const) {
    if (picture !== undefined && kindOf(picture).hasOutlines(view)) {
      lines.push({type: 'picture', picture, dashed, width});
    }
  }
  return lines;
}

function outlinedDifference(
  view: SceneView,
  {a, b}: PanePictures,
  ratio: number,
): readonly Outline[] {
  if (a === undefined || b?.kind !== a.kind) {
    return [];
  }
  const how = differenceOf(view, a);
  const line = {dashed: false, width: lineWidth(ratio)};
  const thick = isThickened(view, a) ? ({thick: true} as const) : {};
  return [{type: 'difference', truth: a, prediction: b, how, ...line, ...thick}];
}

/** In device pixels. */
function lineWidth(ratio: number): number {
  return Math.max(1, Math.round(1.5 * ratio));
}
