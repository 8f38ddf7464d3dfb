// SPDX-License-Identifier: Apache-2.0
/** Prediction over ground truth. */
import {PREDICTION_LINE, TRUTH_LINE} from './lines.js';
import type {Mode, ModeContent, OverlayChoice, Pane} from './mode.js';

export const overlay = {
  id: 'overlay',
  key: '2',
  label: 'Overlay',
  title: 'Overlay',
  hint: 'Prediction over ground truth',
  settings: ['opacity'],
  turns: false,
  hasLine: false,
  fades: true,
  compares: false,
  content: overlaid,
  lines: ({outlines}: OverlayChoice) => (outlines ? [TRUTH_LINE, PREDICTION_LINE] : [TRUTH_LINE]),
} as const satisfies Mode;

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
