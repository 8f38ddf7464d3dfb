// SPDX-License-Identifier: Apache-2.0
/** A and B in turn, and where they differ outlined all the while. */
import type {LegendEntry} from '../kinds/legend.js';
import {linesOnBase} from './lines.js';
import type {Lines, Mode, ModeContent, Pane} from './mode.js';

export const outlined = {
  id: 'outlined',
  key: '6',
  label: 'Outlined',
  title: 'Blink with differences outlined',
  hint: 'Blink between A and B, with the differences outlined',
  settings: ['rate', 'comparison'],
  blinks: true,
  hasLine: false,
  fades: false,
  compares: false,
  outlinesDifference: true,
  fitsTile: true,
  content: (pane: Pane) => withDifference(pane, pane.b()),
  otherSide: (pane: Pane) => withDifference(pane, pane.a()),
  lines: (lines: Lines): readonly LegendEntry[] => [
    {type: 'line', dashed: false, text: `differs ${lines.differsText}`},
    ...linesOnBase(lines),
  ],
} as const satisfies Mode;

function withDifference(pane: Pane, side: ModeContent): ModeContent {
  return {...side, outlines: [...side.outlines, ...pane.outlinedDifference()]};
}
