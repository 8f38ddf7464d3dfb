// SPDX-License-Identifier: Apache-2.0
import type {Content, Layer, Outline} from '../kinds/scene.js';
import type {HeatmapPicture} from '../kinds/heatmap/picture.js';
import type {Difference, Picture} from '../kinds/kind.js';
import {kindOf} from '../kinds/registry.js';
import type {Size} from '../pixels/raster.js';
import type {ViewState} from '../store/view.js';

/** The pictures that one pane can draw on; what is absent was not logged or is not there yet. */
export interface PanePictures {
  readonly input?: Picture | undefined;
  readonly truth?: Picture | undefined;
  readonly prediction?: Picture | undefined;
  /** The first run's prediction, to compare this one with. */
  readonly rival?: Picture | undefined;
  /** This run's prediction at the marked step. */
  readonly earlier?: Picture | undefined;
  /** Of two images: how alike they are, everywhere. Absent until it is computed. */
  readonly similarity?: HeatmapPicture | undefined;
}

/** The part of the view that decides what panes show. */
export type SceneView = Pick<
  ViewState,
  'mode' | 'difference' | 'gain' | 'overlay' | 'isolatedClass' | 'hiddenClasses' | 'swipe'
> & {readonly display: Pick<ViewState['display'], 'threshold'>};

export interface SceneContent extends Content {
  readonly swipe?: {readonly fraction: number; readonly right: Content} | undefined;
}

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
export function truthContent(view: SceneView, pictures: PanePictures, ratio: number): Content {
  const {truth} = pictures;
  if (truth === undefined) {
    return NOTHING;
  }
  const base = view.overlay.on && view.overlay.base === 'input' ? pictures.input : undefined;
  if (base === undefined) {
    return {layers: [shown(truth)], outlines: []};
  }
  const lines = view.overlay.outlines ? outlines(view, truth, undefined, ratio) : [];
  return lines.length > 0
    ? {layers: [shown(base)], outlines: lines}
    : {layers: [shown(base), shown(truth, view.overlay.opacity)], outlines: []};
}

/** One run's prediction as the mode has it. `turned`: a blinking pane shows its other side. */
export function predictionContent(
  view: SceneView,
  pictures: PanePictures,
  turned: boolean,
  ratio: number,
): SceneContent {
  if (turned) {
    return truthContent(view, pictures, ratio);
  }
  switch (view.mode) {
    case 'side':
    case 'blink':
      return sideContent(view, pictures, ratio);
    case 'overlay':
      return overlayContent(view, pictures, ratio);
    case 'swipe':
      return pictures.truth === undefined
        ? sideContent(view, pictures, ratio)
        : {
            ...truthContent(view, pictures, ratio),
            swipe: {fraction: view.swipe, right: sideContent(view, pictures, ratio)},
          };
    case 'difference':
      return differenceContent(view, pictures);
  }
}

function sideContent(
  view: SceneView,
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

/** Prediction over ground truth. Masks: the prediction filled and the ground truth outlined, on the input if there is one. */
function overlayContent(
  view: SceneView,
  {input, truth, prediction}: PanePictures,
  ratio: number,
): Content {
  if (prediction === undefined) {
    return NOTHING;
  }
  if (truth === undefined) {
    return {layers: [shown(prediction)], outlines: []};
  }
  const {opacity, base} = view.overlay;
  const ground = base === 'input' ? (input ?? truth) : truth;
  if (view.overlay.outlines) {
    const both = outlines(view, truth, prediction, ratio);
    if (both.length > 0) {
      return {layers: [shown(ground)], outlines: both};
    }
  }
  const outlined = outlines(view, truth, undefined, ratio);
  return {
    layers: [shown(outlined.length > 0 ? ground : truth), shown(prediction, opacity)],
    outlines: outlined,
  };
}

function differenceContent(view: SceneView, pictures: PanePictures): Content {
  const {input, truth, prediction, rival, earlier} = pictures;
  if (truth === undefined || prediction?.kind !== truth.kind) {
    return NOTHING;
  }
  const layers: Layer[] = [];
  const base = view.overlay.on && kindOf(truth).hasClasses ? input : undefined;
  if (base !== undefined) {
    layers.push(shown(base));
  }
  const opacity = base === undefined ? 1 : view.overlay.opacity;
  if (view.difference === 'runs' || view.difference === 'steps') {
    const other = view.difference === 'runs' ? rival : earlier;
    if (other?.kind !== truth.kind) {
      return NOTHING;
    }
    // A is what the legend names first: the first run, or this step.
    const [a, b] = view.difference === 'runs' ? [other, prediction] : [prediction, other];
    layers.push({type: 'versus', truth, a, b, gain: view.gain, opacity});
  } else if (isComputed(view, truth)) {
    if (pictures.similarity === undefined) {
      return NOTHING;
    }
    layers.push(shown(pictures.similarity));
  } else {
    layers.push({type: 'difference', truth, prediction, how: differenceOf(view, truth), opacity});
  }
  return {layers, outlines: []};
}

/** How the two are compared: the view's choice where the kind has it, or else the kind's first choice. */
export function differenceOf(view: SceneView, truth: Picture): Difference {
  return kindOf(truth).chooseDifference(view, truth);
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
  view: SceneView,
  truth: Picture | undefined,
  prediction: Picture | undefined,
  ratio: number,
): readonly Outline[] {
  const width = Math.max(1, Math.round(1.5 * ratio));
  const lines: Outline[] = [];
  for (const [picture, dashed] of [
    [truth, false],
    [prediction, true],
  ] as const) {
    if (picture !== undefined && kindOf(picture).hasOutlines(view)) {
      lines.push({picture, dashed, width});
    }
  }
  return lines;
}
