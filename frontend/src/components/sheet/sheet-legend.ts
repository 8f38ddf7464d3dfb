// SPDX-License-Identifier: Apache-2.0
/** What the colours of a sheet's ranks mean. */
import {html, nothing} from 'lit';
import type {TagModel} from '../../store/data.js';
import {metricName} from '../../views/metric-text.js';

export function renderLegend({metric}: TagModel) {
  return metric === null
    ? nothing
    : html`<div class="legend">
        <bdi>${metricName(metric)}</bdi> among all samples of the run:
        <span class="best">best tenth</span>, <span class="worst">worst tenth</span>
      </div>`;
}
