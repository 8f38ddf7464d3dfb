// SPDX-License-Identifier: Apache-2.0
/** The bar of modes, A and B, for whoever has the page. */
import {html, type TemplateResult} from 'lit';
import type {Page} from '../../store/page.js';
import type {ViewState} from '../../store/view.js';
import {hasBorders} from '../../views/page-kinds.js';
import './pairs-compare-bar.js';

/** `stacked`: in a narrow column. */
export function compareBar(page: Page, view: ViewState, stacked = false): TemplateResult {
  return html`<pairs-compare-bar
    ?stacked=${stacked}
    .view=${view}
    .runs=${page.shownRuns}
    .step=${page.timeline.step}
    ?bordered=${hasBorders(page, view)}
  ></pairs-compare-bar>`;
}
