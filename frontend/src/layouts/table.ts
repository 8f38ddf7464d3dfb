// SPDX-License-Identifier: Apache-2.0
/** A row a sample, with the metric of each run, to sort by. */
import type {Layout} from './layout.js';

export const table = {
  id: 'table',
  label: 'Table',
  title: 'Samples as a table',
  hint: 'A row for each sample, with the numbers of each run: click a header to sort',
  element: 'pairs-sample-table',
  sizes: {S: 64, M: 96, L: 176},
  showsOneRun: true,
  suits: () => false,
} as const satisfies Layout;
