// SPDX-License-Identifier: Apache-2.0
/** The lines that outlines are drawn as, in the words of the legend. */
import type {LegendEntry} from '../kinds/legend.js';
import type {Lines} from './mode.js';

export const TRUTH_LINE: LegendEntry = {type: 'line', dashed: false, text: 'ground truth'};
export const PREDICTION_LINE: LegendEntry = {type: 'line', dashed: true, text: 'prediction'};

/** Of modes that draw them on a base only. */
export function linesOnBase({overlay, hasBorders}: Lines): readonly LegendEntry[] {
  return hasBorders && overlay.on && overlay.outlines ? [TRUTH_LINE, PREDICTION_LINE] : [];
}
