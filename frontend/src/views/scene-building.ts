// SPDX-License-Identifier: Apache-2.0
/** What the pictures of a card's panes are laid together from. */
import type {Content, Layer, Outline} from '../kinds/scene.js';
import type {Difference, Picture} from '../kinds/kind.js';
import {kindOf} from '../kinds/registry.js';
import type {Size} from '../pixels/raster.js';
import type {ModeContent, Pane, PanePictures} from '../modes/mode.js';
import {modeOf} from '../modes/registry.js';
import {isVersus, type ViewState} from '../store/view.js';

/** The part of the view that decides what panes show. */
export type SceneView = Pick<
  ViewState,
  'mode' | 'difference' | 'overlay' | 'isolatedClass' | 'hiddenClasses' | 'swipe'
> & {
  readonly display: Pick<ViewState['display'], 'threshold'>;
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

export function inputContent({input}: PanePictures): Content {
  return input === undefined ? NOTHING : {layers: [shown(input)], outlines: []};
}

/** The ground truth, on the input where the overlay is on. */
export function truthContent(view: OverlaidView, pictures: PanePictures, ratio: number): Content {
  const {truth} = pictures;
  if (truth === undefined) {
    return NOTHING;
  }
  const isOnInput = view.overlay.on && view.overlay.base === 'input' && !isFaded(view, truth);
  const base = isOnInput ? pictures.input : undefined;
  if (base === undefined) {
    return {layers: [shown(truth)], outlines: []};
  }
  const lines = view.overlay.outlines ? outlines(view, truth, undefined, ratio) : [];
  return lines.length > 0
    ? {layers: [shown(base)], outlines: lines}
    : {layers: [shown(base), shown(truth, view.overlay.opacity)], outlines: []};
}

/** One run's prediction as the mode has it. `showsOtherSide`: the ground truth is shown in its place. */
export function predictionContent(
  view: SceneView,
  pictures: PanePictures,
  showsOtherSide: boolean,
  ratio: number,
): ModeContent {
  const mode = modeOf(view);
  const pane = paneOf(view, pictures, ratio);
  return showsOtherSide ? (mode.otherSide?.(pane) ?? pane.truth()) : mode.content(pane);
}

function paneOf(view: SceneView, pictures: PanePictures, ratio: number): Pane {
  return {
    pictures,
    overlay: view.overlay,
    swipe: view.swipe,
    truth: () => truthContent(view, pictures, ratio),
    prediction: () => sideContent(view, pictures, ratio),
    difference: () => differenceContent(view, pictures),
    shown,
    outlines: (truth, prediction) => outlines(view, truth, prediction, ratio),
    outlinedDifference: () => outlinedDifference(view, pictures, ratio),
  };
}

function sideContent(
  view: OverlaidView,
  {input, truth, prediction}: PanePictures,
  ratio: number,
): Content {
  if (prediction === undefined) {
    return NOTHING;
  }
  const base = view.overlay.on
    ? view.overlay.base === 'input'
      ? (input ?? truth)
      : truth
    : undefined;
  if (base === undefined) {
    return {layers: [shown(prediction)], outlines: []};
  }
  const lines = view.overlay.outlines ? outlines(view, truth, prediction, ratio) : [];
  return lines.length > 0
    ? {layers: [shown(base)], outlines: lines}
    : {layers: [shown(base), shown(prediction, view.overlay.opacity)], outlines: []};
}

function differenceContent(view: SceneView, pictures: PanePictures): Content {
  const {input, truth, prediction, rival, earlier} = pictures;
  if (truth === undefined || prediction?.kind !== truth.kind) {
    return NOTHING;
  }
  const layers: Layer[] = [];
  if (kindOf(truth).hasOutlines(view)) {
    layers.push({type: 'ground', picture: input ?? truth, opacity: 1});
  }
  if (isVersus(view)) {
    const other = view.difference === 'runs' ? rival : earlier;
    if (other?.kind !== truth.kind) {
      return NOTHING;
    }
    // A is what the legend names first: the first run, or this step.
    const [a, b] = view.difference === 'runs' ? [other, prediction] : [prediction, other];
    layers.push({type: 'versus', truth, a, b, gain: view.gain, opacity: 1});
  } else if (isComputed(view, truth)) {
    if (pictures.similarity === undefined) {
      return NOTHING;
    }
    layers.push(shown(pictures.similarity));
  } else {
    layers.push({
      type: 'difference',
      truth,
      prediction,
      how: differenceOf(view, truth),
      opacity: 1,
    });
  }
  return {layers, outlines: []};
}

/** How the two are compared: the view's choice where the kind has it, or else the kind's first choice. */
export function differenceOf(view: SceneView, truth: Picture): Difference {
  return kindOf(truth).chooseDifference(view, truth);
}

/** Whether the prediction is faded over the ground truth alone, because nothing has a border to draw. */
export function isFaded(view: Pick<SceneView, 'mode' | 'display'>, truth: Picture): boolean {
  return modeOf(view).fades && !kindOf(truth).hasOutlines(view);
}

/** Whether the view's choice is computed in a worker, and not drawn. */
export function isComputed({difference}: Pick<SceneView, 'difference'>, truth: Picture): boolean {
  return kindOf(truth).differences.some(({id, isComputed: is}) => id === difference && is);
}

function shown(picture: Picture, opacity = 1): Layer {
  return {type: 'picture', picture, opacity};
}

/** Ground truth solid, prediction dashed; none for pictures that have no borders. */
function outlines(
  view: OverlaidView,
  truth: Picture | undefined,
  prediction: Picture | undefined,
  ratio: number,
): readonly Outline[] {
  const width = lineWidth(ratio);
  const lines: Outline[] = [];
  for (const [picture, dashed] of [
    [truth, false],
    [prediction, true],
  ] as const) {
    if (picture !== undefined && kindOf(picture).hasOutlines(view)) {
      lines.push({type: 'picture', picture, dashed, width});
    }
  }
  return lines;
}

function outlinedDifference(
  view: SceneView,
  {truth, prediction}: PanePictures,
  ratio: number,
): readonly Outline[] {
  if (truth === undefined || prediction?.kind !== truth.kind) {
    return [];
  }
  const how = differenceOf(view, truth);
  return [{type: 'difference', truth, prediction, how, dashed: false, width: lineWidth(ratio)}];
}

/** In device pixels. */
function lineWidth(ratio: number): number {
  return Math.max(1, Math.round(1.5 * ratio));
}
