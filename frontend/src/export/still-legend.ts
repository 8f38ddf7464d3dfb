// SPDX-License-Identifier: Apache-2.0
/** What the colours of a still mean. */
import {legendText} from '../kinds/legend.js';
import type {Display, Picture} from '../kinds/kind.js';
import {kindOf} from '../kinds/registry.js';
import {modeOf} from '../modes/registry.js';
import type {ViewState} from '../store/view.js';
import {sampleLegend} from '../views/legend.js';
import type {PaneModel} from '../views/pane-models.js';
import type {SamplePictures} from '../views/sample-pictures.js';
import type {SeenClasses} from '../views/seen-classes.js';
import type {FigureLegend} from './legend-rows.js';

/** Without classes, which are those of all stills of an animation. */
export type StillLegend = Omit<FigureLegend, 'classes'>;

/** A difference has a legend of its own, beside that of the pictures which stand next to it as they are. */
export function stillLegend(
  view: ViewState,
  pictures: SamplePictures,
  display: Display,
): StillLegend {
  const said = sampleLegend(view, pictures, display);
  const truth = pictures.truth.picture;
  if (truth === undefined || !modeOf(view).compares) {
    return {compared: [], own: said};
  }
  const kind = kindOf(truth);
  const values = kind.valueLegend(truth, display[kind.name]);
  const isNamed = values.length > 0 && !kind.hasClasses;
  return {compared: said, own: [...(isNamed ? [legendText('values')] : []), ...values]};
}

/** Counts the classes that panes show in their own colours, as pictures, lines or a difference of that kind. */
export function countClasses(
  seen: SeenClasses,
  view: ViewState,
  panes: readonly Pick<PaneModel, 'content'>[],
  display: Display,
): void {
  const counted = new Set<Picture>();
  const count = (picture: Picture, floats = false): void => {
    if (!counted.has(picture)) {
      counted.add(picture);
      seen.add(picture, display, floats);
    }
  };
  for (const {content} of panes) {
    for (const {layers, outlines} of [content, content?.swipe?.right].filter(
      (one) => one !== undefined,
    )) {
      for (const layer of layers) {
        if (layer.type === 'picture') {
          count(layer.picture, layer.floats);
        } else if (layer.type === 'difference' && isInOwnColors(view, layer.truth)) {
          count(layer.truth);
          count(layer.prediction);
        }
      }
      for (const outline of outlines) {
        if (outline.type === 'picture') {
          count(outline.picture);
        }
      }
    }
  }
}

function isInOwnColors({difference}: ViewState, truth: Picture): boolean {
  return kindOf(truth).differences.some(({id, isInOwnColors: is}) => id === difference && is);
}
