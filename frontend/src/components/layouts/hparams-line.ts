// SPDX-License-Identifier: Apache-2.0
/** The hyperparameters that tell a run from the others shown, on one line. */
import {css, html, nothing} from 'lit';
import type {ShownHparams} from '../../store/hparams.js';
import {showPhrase} from '../../controls/scoped-number.js';
import {hparamParts, hparamTitle} from '../../views/hparam-text.js';

export const hparamsLineStyles = css`
  .hparams {
    overflow: hidden;
    color: var(--pairs-color-ink-2);
    font-size: 11px;
    font-weight: 400;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .hparams b {
    color: var(--pairs-color-ink);
    font-weight: 400;
  }
`;

/** `lr 0.001 · optimizer adam`: nothing where nothing tells the run apart. What is grouped by stands on the group. */
export function renderHparamsLine(shown: ShownHparams, run: string) {
  const parts = hparamParts(shown, run).filter(({name}) => name !== shown.groupBy);
  return parts.length === 0
    ? nothing
    : html`<div class="hparams" title=${hparamTitle(shown, run)}>
        ${parts.map(
          ({name, value}, i) =>
            html`${i === 0 ? '' : ' · '}<bdi>${name}</bdi> <b><bdi>${showPhrase(value)}</bdi></b>`,
        )}
      </div>`;
}
