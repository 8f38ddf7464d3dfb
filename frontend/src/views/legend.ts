// SPDX-License-Identifier: Apache-2.0
/** What the colours and lines of a card mean. */
import type {Display, Picture} from '../kinds/kind.js';
import type {LegendEntry} from '../kinds/legend.js';
import {kindOf} from '../kinds/registry.js';
import {isolated} from '../texts/isolated.js';
import type {SceneView} from './scene-building.js';

export interface LegendRequest {
  readonly view: SceneView;
  readonly display: Display;
  readonly truth: Picture;
  /** The first run, and how this step and the marked one are called. */
  readonly names: {readonly first: string; readonly now: string; readonly marked: string};
}

export function legendOf({view, display, truth, names}: LegendRequest): readonly LegendEntry[] {
  const kind = kindOf(truth);
  if (view.mode !== 'difference') {
    return [...lineLegend(view, truth), ...kind.valueLegend(truth, display[kind.name])];
  }
  if (view.difference === 'runs') {
    return kind.versusLegend(`${isolated(names.first)} (A)`, 'this run (B)');
  }
  if (view.difference === 'steps') {
    return kind.versusLegend(names.now, names.marked);
  }
  return kind.differenceLegend(truth, view, display);
}

/** Only where lines are drawn: on a base, or always in overlay mode. */
function lineLegend(view: SceneView, truth: Picture): readonly LegendEntry[] {
  const {mode, overlay} = view;
  if (
    !kindOf(truth).hasOutlines(view) ||
    (mode !== 'overlay' && !(overlay.on && overlay.outlines))
  ) {
    return [];
  }
  return [
    {type: 'line', dashed: false, text: 'ground truth'},
    ...(overlay.outlines ? [{type: 'line', dashed: true, text: 'prediction'} as const] : []),
  ];
}
