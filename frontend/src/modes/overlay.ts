// SPDX-License-Identifier: Apache-2.0
/** Prediction over ground truth. */
import {PREDICTION_LINE, TRUTH_LINE} from './lines.js';
import type {LegendEntry} from '../kinds/legend.js';
import type {Lines, Mode, ModeContent, Pane} from './mode.js';

export const overlay = {
  id: 'overlay',
  key: '2',
  label: 'Overlay',
  title: 'Overlay',
  hint: 'Prediction over ground truth',
  settings: ['opacity'],
  blinks: false,
  hasLine: false,
  fades: true,
  compares: false,
  content: overlaid,
  lines: overlaidLines,
} as const satisfies Mode;

function overlaidLines({overlay: {outlines}, hasBorders}: Lines): readonly LegendEntry[] {
  if (!hasBorders) {
    return [];
  }
  return outlines ? [TRUTH_LINE, PREDICTION_LINE] : [TRUTH_LINE];
}

/** What has borders is filled by the prediction and outlined by the ground truth, on the input if there is one. */
function overlaid(pane: Pane): ModeContent {
  const {input, truth, prediction} = pane.pictures;
  const {opacity, base, outlines} = pane.overlay;
  if (prediction === undefined) {
    return {layers: [], outlines: []};
  }
  if (truth === undefined) {
    return {layers: [pane.shown(prediction)], outlines: []};
  }
  const ground = base === 'input' ? (input ?? truth) : truth;
  if (outlines) {
    const both = pane.outlines(truth, prediction);
    if (both.length > 0) {
      return {layers: [pane.shown(ground)], outlines: both};
    }
  }
  const outlined = pane.outlines(truth, undefined);
  return {
    layers: [pane.shown(outlined.length > 0 ? ground : truth), pane.shown(prediction, opacity)],
    outlines: outlined,
  };
}
