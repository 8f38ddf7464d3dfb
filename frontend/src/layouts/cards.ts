// SPDX-License-Identifier: Apache-2.0
/** One card a sample, with all of its pictures beside each other. */
import type {Layout} from './layout.js';

export const cards = {
  id: 'cards',
  label: 'Cards',
  title: 'Samples as cards',
  hint: 'A card for each sample, with all of its pictures',
  element: 'pairs-card-list',
  // Of the narrowest picture: where there is room, it is wider.
  sizes: {S: 140, M: 200, L: 340},
  showsOneRun: false,
  suits: (runs) => runs < 5,
} as const satisfies Layout;
