// SPDX-License-Identifier: Apache-2.0
/** A and B in turn. */
import {linesOnBase} from './lines.js';
import type {Mode, Pane} from './mode.js';

export const blink = {
  id: 'blink',
  key: '4',
  label: 'Blink',
  title: 'Blink',
  hint: 'Blink between A and B',
  settings: ['rate'],
  blinks: true,
  hasLine: false,
  fades: false,
  compares: false,
  outlinesDifference: false,
  fitsTile: true,
  content: (pane: Pane) => pane.b(),
  lines: linesOnBase,
} as const satisfies Mode;
