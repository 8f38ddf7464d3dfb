// SPDX-License-Identifier: Apache-2.0
/** Ground truth left of a line, prediction right of it. */
import {linesOnBase} from './lines.js';
import type {Mode, ModeContent, Pane} from './mode.js';

export const swipe = {
  id: 'swipe',
  key: '3',
  label: 'Swipe',
  title: 'Swipe',
  hint: 'Swipe between ground truth and prediction',
  settings: [],
  blinks: false,
  hasLine: true,
  fades: false,
  compares: false,
  content: (pane: Pane): ModeContent =>
    pane.pictures.truth === undefined
      ? pane.prediction()
      : {...pane.truth(), swipe: {fraction: pane.swipe, right: pane.prediction()}},
  lines: linesOnBase,
} as const satisfies Mode;
