// SPDX-License-Identifier: Apache-2.0
/** What the colours and lines of a card mean. */
import type {Display, Picture} from '../kinds/kind.js';
import {legendText, type LegendEntry} from '../kinds/legend.js';
import {kindOf} from '../kinds/registry.js';
import {modeOf} from '../modes/registry.js';
import {isolated} from '../texts/isolated.js';
import {formatPercent} from '../texts/numbers.js';
import type {Gain} from './gain.js';
import {isFaded, type SceneView} from './scene-building.js';

export interface LegendRequest {
  readonly view: Omit<SceneView, 'gain'>;
  /** Undefined where nothing is multiplied. */
  readonly gain?: Gain | undefined;
  readonly display: Display;
  readonly hasInput?: boolean;
  readonly truth: Picture;
  /** The first run, and how this step and the marked one are called. */
  readonly names: {readonly first: string; readonly now: string; readonly marked: string};
}

export function legendOf(request: LegendRequest): readonly LegendEntry[] {
  return [...colorsOf(request), ...gainLegend(request)];
}

function gainLegend({view, gain: found}: LegendRequest): readonly LegendEntry[] {
  if (found === undefined || !modeOf(view).compares) {
    return [];
  }
  const {gain, isAutomatic, beyond = 0} = found;
  const words = [`×${gain < 1 ? `1/${1 / gain}` : gain}${isAutomatic ? ' (automatic)' : ''}`];
  if (beyond > 0) {
    words.push(`${formatPercent(beyond)} of the pixels are beyond the scale`);
  }
  return [legendText(words.join(', '))];
}

/** How two pictures are blended, in place of colours that no pane shows. */
function fadeOf({view, truth, hasInput}: LegendRequest): string | undefined {
  const {on, base, opacity} = view.overlay;
  if (isFaded(view, truth)) {
    return fadeText('Truth', opacity);
  }
  if (!on || kindOf(truth).hasOutlines(view)) {
    return undefined;
  }
  return fadeText(base === 'input' && hasInput === true ? 'Input' : 'Truth', opacity);
}

/** `opacity` is the prediction's, 0 to 1. */
export function fadeText(below: string, opacity: number): string {
  return `${below} ◂ ${Math.round(100 * opacity)} ▸ Prediction`;
}

function colorsOf(request: LegendRequest): readonly LegendEntry[] {
  const {display, truth, names, gain: {gain} = {gain: 1}} = request;
  const view = {...request.view, gain};
  const kind = kindOf(truth);
  if (!modeOf(view).compares) {
    const lines = modeOf(view).lines({
      overlay: view.overlay,
      hasBorders: kind.hasOutlines(view),
      differsText: kind.differsText(truth, kind.chooseDifference(view, truth)),
    });
    const fade = fadeOf(request);
    return fade === undefined
      ? [...lines, ...kind.valueLegend(truth, display[kind.name])]
      : [legendText(fade), ...lines];
  }
  if (view.difference === 'runs') {
    return kind.versusLegend(`${isolated(names.first)} (A)`, 'this run (B)');
  }
  if (view.difference === 'steps') {
    return kind.versusLegend(names.now, names.marked);
  }
  return kind.differenceLegend(truth, view, display);
}
