// SPDX-License-Identifier: Apache-2.0
/** What has the keys: the card in which one was pressed, and the element that has the focus. */
import type {Scope} from '../../store/reducer.js';
import type {PairsCard} from '../cards/pairs-card.js';

/** A key that is pressed in a card is about that card. */
export function scopeAt(event: Event, scope: Scope): Scope {
  const card = event
    .composedPath()
    .find((element) => element instanceof HTMLElement && element.localName === 'pairs-card');
  const {model, row} = (card as PairsCard | undefined) ?? {};
  return model === undefined || row === undefined
    ? scope
    : {...scope, subject: {tag: model.tag, sample: row.id}};
}

export function deepFocus(): HTMLElement | null {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) {
    element = element.shadowRoot.activeElement;
  }
  return element instanceof HTMLElement ? element : null;
}
