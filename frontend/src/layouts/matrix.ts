// SPDX-License-Identifier: Apache-2.0
/** Samples against runs: a row for each sample, a column for each run. */
import type {Layout} from './layout.js';

export const matrix = {
  id: 'matrix',
  label: 'Matrix',
  title: 'Samples and runs as a matrix',
  hint: 'A row for each sample, a column for each run',
  element: 'pairs-matrix',
  sizes: {S: 120, M: 190, L: 300},
  showsOneRun: false,
  suits: (runs) => runs >= 5,
} as const satisfies Layout;
