// SPDX-License-Identifier: Apache-2.0
/** What the colours and lines of a card mean. */
import type {Display, Picture} from '../kinds/kind.js';
import type {LegendEntry} from '../kinds/legend.js';
import {kindOf} from '../kinds/registry.js';
import {modeOf} from '../modes/registry.js';
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
  if (!modeOf(view).compares) {
    const lines = kind.hasOutlines(view) ? modeOf(view).lines(view.overlay) : [];
    return [...lines, ...kind.valueLegend(truth, display[kind.name])];
  }
  if (view.difference === 'runs') {
    return kind.versusLegend(`${isolated(names.first)} (A)`, 'this run (B)');
  }
  if (view.difference === 'steps') {
    return kind.versusLegend(names.now, names.marked);
  }
  return kind.differenceLegend(truth, view, display);
}
