// SPDX-License-Identifier: Apache-2.0
/** B over A. */
import {lineOfA, lineOfB} from './lines.js';
import type {LegendEntry} from '../kinds/legend.js';
import type {Lines, Mode, ModeContent, Pane} from './mode.js';

export const blend = {
  id: 'blend',
  key: '2',
  label: 'Blend',
  title: 'Blend',
  hint: 'B over A',
  settings: ['opacity'],
  blinks: false,
  hasLine: false,
  fades: true,
  compares: false,
  outlinesDifference: false,
  fitsTile: true,
  content: overlaid,
  lines: overlaidLines,
} as const satisfies Mode;

function overlaidLines(lines: Lines): readonly LegendEntry[] {
  if (!lines.hasBorders) {
    return [];
  }
  return lines.overlay.outlines ? [lineOfA(lines), lineOfB(lines)] : [lineOfA(lines)];
}

/** What has borders is filled by B and outlined by A, on the input if there is one. */
function overlaid(pane: Pane): ModeContent {
  const {input, a, b} = pane.pictures;
  const {base, outlines} = pane.overlay;
  if (b === undefined) {
    return {layers: [], outlines: []};
  }
  if (a === undefined) {
    return {layers: [pane.shown(b)], outlines: []};
  }
  const ground = base === 'input' ? (input ?? a) : a;
  if (outlines) {
    const both = pane.outlines(a, b);
    if (both.length > 0) {
      return {layers: [pane.shown(ground)], outlines: both};
    }
  }
  const outlined = pane.outlines(a, undefined);
  return {
    layers: pane.laid(outlined.length > 0 ? ground : a, b),
    outlines: outlined,
  };
}
