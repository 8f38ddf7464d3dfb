// SPDX-License-Identifier: Apache-2.0
/** The menu items to link, export or blindly compare a sample; cards and the full view show the same. */
import type {Intent} from '../store/intents.js';
import type {OpenSample} from '../store/view.js';
import type {MenuItem} from './menu-item.js';

const SHARES: readonly MenuItem[] = [
  {id: 'link', text: 'Copy link', key: 'Y', parted: true},
  {id: 'png', text: 'Save as PNG', key: '⇧S', parted: true},
  {id: 'gif', text: 'Export steps as GIF…', key: '⇧X'},
  {id: 'video', text: 'Export steps as video…', key: '⇧V'},
  {id: 'page', text: 'Export as HTML page…', key: '⇧H'},
];

const BLIND: MenuItem = {id: 'blind', text: 'Compare runs blind…', key: '⇧T', parted: true};

/** How a sample can be passed on, and two runs be compared on its tag: the same in every menu of a sample. */
export function shareItems(runs: number): readonly MenuItem[] {
  return runs > 1 ? [...SHARES, BLIND] : SHARES;
}

/** What an item of `shareItems` asks for; `null` for an item of others. */
export function shareIntent(id: string, {tag, sample}: OpenSample): Intent | null {
  switch (id) {
    case 'link':
      return {type: 'copyLink'};
    case 'png':
      return {type: 'savePng', tag, sample};
    case 'gif':
    case 'video':
    case 'page':
      return {type: 'export', format: id, tag, sample};
    case 'blind':
      return {type: 'blind', tag};
    default:
      return null;
  }
}
