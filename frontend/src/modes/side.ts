// SPDX-License-Identifier: Apache-2.0
/** Pictures beside each other. */
import {linesOnBase} from './lines.js';
import type {Mode, Pane} from './mode.js';

export const side = {
  id: 'side',
  key: '1',
  label: 'Side',
  title: 'Side by side',
  hint: 'Side by side',
  settings: [],
  blinks: false,
  hasLine: false,
  fades: false,
  compares: false,
  outlinesDifference: false,
  fitsTile: false,
  content: (pane: Pane) => pane.b(),
  lines: linesOnBase,
} as const satisfies Mode;
