// SPDX-License-Identifier: Apache-2.0
/** A left of a line, B right of it. */
import {linesOnBase} from './lines.js';
import type {Mode, ModeContent, Pane} from './mode.js';

export const swipe = {
  id: 'swipe',
  key: '3',
  label: 'Swipe',
  title: 'Swipe',
  hint: 'Swipe between A and B',
  settings: [],
  blinks: false,
  hasLine: true,
  fades: false,
  compares: false,
  outlinesDifference: false,
  fitsTile: false,
  content: (pane: Pane): ModeContent =>
    pane.pictures.a === undefined
      ? pane.b()
      : {...pane.a(), swipe: {fraction: pane.swipe, right: pane.b()}},
  lines: linesOnBase,
} as const satisfies Mode;
