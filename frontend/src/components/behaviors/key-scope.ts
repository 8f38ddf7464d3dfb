// SPDX-License-Identifier: Apache-2.0
/** What has the keys: the sample where one was pressed, and the element that has the focus. */
import type {Scope} from '../../store/reducer.js';
import type {SampleRow, TagModel} from '../../store/data.js';

/** What shows one sample, and so is a key's subject. */
interface OfSample {
  readonly model: TagModel | undefined;
  readonly row: SampleRow | undefined;
}

const OF_SAMPLE: ReadonlySet<string> = new Set<keyof HTMLElementTagNameMap>([
  'pairs-card',
  'pairs-panes',
]);

/** A key that is pressed in what shows a sample is about that sample. */
export function scopeAt(event: Event, scope: Scope): Scope {
  const element = event
    .composedPath()
    .find((one) => one instanceof HTMLElement && OF_SAMPLE.has(one.localName));
  const {model, row} = (element as (HTMLElement & OfSample) | undefined) ?? {};
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
