// SPDX-License-Identifier: Apache-2.0
/** What the colours of ranked metrics mean, as layouts that rank write it beside them. */
import {css} from 'lit';

export const rankLegendStyles = css`
  .legend {
    color: var(--pairs-color-ink-2);
    font-size: 12px;
  }
  .best {
    color: var(--pairs-color-good);
  }
  .worst {
    color: var(--pairs-color-bad);
  }
`;
