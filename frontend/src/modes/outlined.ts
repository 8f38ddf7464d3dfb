// SPDX-License-Identifier: Apache-2.0
/** Ground truth and prediction in turn, and where they differ outlined all the while. */
import type {LegendEntry} from '../kinds/legend.js';
import {linesOnBase} from './lines.js';
import type {Lines, Mode, ModeContent, Pane} from './mode.js';

export const outlined = {
  id: 'outlined',
  key: '6',
  label: 'Outlined',
  title: 'Blink with differences outlined',
  hint: 'Blink between ground truth and prediction, with the differences outlined',
  settings: ['rate', 'comparison'],
  blinks: true,
  hasLine: false,
  fades: false,
  compares: false,
  content: (pane: Pane) => withDifference(pane, pane.prediction()),
  otherSide: (pane: Pane) => withDifference(pane, pane.truth()),
  lines: (lines: Lines): readonly LegendEntry[] => [
    {type: 'line', dashed: false, text: `differs ${lines.differsText}`},
    ...linesOnBase(lines),
  ],
} as const satisfies Mode;

function withDifference(pane: Pane, side: ModeContent): ModeContent {
  return {...side, outlines: [...side.outlines, ...pane.outlinedDifference()]};
}
