// SPDX-License-Identifier: Apache-2.0
/** A header of the table of samples that sorts by its column. */
import {html, nothing, type TemplateResult} from 'lit';
import type {Sort} from '../../store/view.js';
import {columnSort, sortBy, type SortColumn} from '../../views/table-sorting.js';

/** `more` ends the tooltip, after `title` and how to sort; `change` is called with the sort that a click asks for. */
export function sortHeader(
  sort: Sort,
  lowerIsBetter: boolean,
  change: (sort: Partial<Sort>) => void,
  column: SortColumn,
  title: string,
  text: TemplateResult,
  more = '',
): TemplateResult {
  const sorted = columnSort(sort, column, lowerIsBetter);
  return html`<div role="columnheader" aria-sort=${sorted?.direction ?? 'none'}>
    <button
      class="plain"
      title="${title}. Click to sort, Shift and click for a second key${more}"
      @click=${({shiftKey}: MouseEvent) => change(sortBy(sort, column, shiftKey))}
    >
      ${text}${
        sorted === undefined
          ? nothing
          : html`<span class="arrow" aria-hidden="true"
              >${sorted.direction === 'ascending' ? '▲' : '▼'}${sorted.place === 2 || sort.then !== null ? html`<sub>${['', '1', '2'][sorted.place]}</sub>` : nothing}</span
            >`
      }
    </button>
  </div>`;
}
