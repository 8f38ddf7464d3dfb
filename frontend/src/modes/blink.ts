// SPDX-License-Identifier: Apache-2.0
/** Ground truth and prediction in turn. */
import {linesOnBase} from './lines.js';
import type {Mode, Pane} from './mode.js';

export const blink = {
  id: 'blink',
  key: '4',
  label: 'Blink',
  title: 'Blink',
  hint: 'Blink between ground truth and prediction',
  settings: ['rate'],
  blinks: true,
  hasLine: false,
  fades: false,
  compares: false,
  content: (pane: Pane) => pane.prediction(),
  lines: linesOnBase,
} as const satisfies Mode;
