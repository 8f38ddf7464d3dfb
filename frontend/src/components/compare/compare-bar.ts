// SPDX-License-Identifier: Apache-2.0
/** The bar of modes, A and B, for whoever has the page. */
import {html, nothing, type TemplateResult} from 'lit';
import type {Page} from '../../store/page.js';
import type {ViewState} from '../../store/view.js';
import {hasBorders, isOverlaid} from '../../views/page-kinds.js';
import './pairs-compare-bar.js';

/** `stacked` in a narrow column, `inline` in a line with others. */
export function compareBar(
  page: Page,
  view: ViewState,
  place?: 'stacked' | 'inline',
): TemplateResult {
  return html`<pairs-compare-bar
    slot=${place === 'inline' ? 'compare' : nothing}
    ?stacked=${place === 'stacked'}
    ?inline=${place === 'inline'}
    .view=${view}
    .runs=${page.shownRuns}
    .step=${page.timeline.step}
    ?bordered=${hasBorders(page, view)}
    ?overlaid=${isOverlaid(page, view)}
  ></pairs-compare-bar>`;
}
