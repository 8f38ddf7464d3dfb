// SPDX-License-Identifier: Apache-2.0
/** By how much B differs from A, or which is closer to the ground truth. */
import type {Mode, Pane} from './mode.js';

export const difference = {
  id: 'difference',
  key: '5',
  label: 'Diff',
  title: 'Difference',
  hint: 'Difference',
  settings: ['comparison'],
  blinks: false,
  hasLine: false,
  fades: false,
  compares: true,
  outlinesDifference: false,
  fitsTile: true,
  content: (pane: Pane) => pane.difference(),
  lines: () => [],
} as const satisfies Mode;
