// SPDX-License-Identifier: Apache-2.0
/** What the colours of a still mean. */
import {legendText} from '../kinds/legend.js';
import type {Display, Picture} from '../kinds/kind.js';
import {kindOf} from '../kinds/registry.js';
import {modeOf} from '../modes/registry.js';
import type {ViewState} from '../store/view.js';
import {sampleLegend} from '../views/legend.js';
import {comparedPictures, type SamplePictures} from '../views/sample-pictures.js';
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

/** The pictures that are seen in the colours of their values. */
export function picturesInOwnColors(view: ViewState, pictures: SamplePictures): readonly Picture[] {
  const {truth, reference} = pictures;
  const isDifference =
    modeOf(view).compares &&
    truth.picture !== undefined &&
    !kindOf(truth.picture).differences.some(
      ({id, isInOwnColors}) => id === view.difference && isInOwnColors,
    );
  return isDifference
    ? [truth.picture, reference?.picture].filter((picture) => picture !== undefined)
    : comparedPictures(pictures);
}
