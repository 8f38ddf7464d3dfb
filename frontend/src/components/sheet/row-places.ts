// SPDX-License-Identifier: Apache-2.0
/** Places of the height of rows, which stand where rows are or would be. */
import {html} from 'lit';
import {guard} from 'lit/directives/guard.js';
import {styleMap} from 'lit/directives/style-map.js';
import type {SheetGeometry} from '../../views/sheet-geometry.js';

export function renderRowPlaces({rows, pitch}: SheetGeometry) {
  const style = styleMap({height: `${pitch}px`});
  return guard([rows, pitch], () =>
    Array.from(
      {length: rows},
      (_, row) => html`<div class="row" role="presentation" data-row=${row} style=${style}></div>`,
    ),
  );
}
