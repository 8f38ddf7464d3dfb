// SPDX-License-Identifier: Apache-2.0
/** Many samples on one screen: one run's prediction of each, as a tile. */
import type {Layout} from './layout.js';

export const sheet = {
  id: 'sheet',
  label: 'Sheet',
  title: 'Samples as a sheet of tiles',
  hint: 'As many samples as fit: one run’s predictions, with the borders of the ground truth',
  element: 'pairs-sheet',
  sizes: {S: 120, M: 180, L: 240},
  // It is chosen to see many at once.
  usualSize: 'S',
  sureTiles: {S: 16, M: 8, L: 4},
  showsOneRun: true,
  suits: () => false,
} as const satisfies Layout;
