// SPDX-License-Identifier: Apache-2.0
/** Styles of chips, which all that shows a sample shares. */
import {css} from 'lit';

export const chipStyles = css`
  .chip {
    padding: 1px 8px;
    border-radius: 10px;
    background: var(--pairs-color-chip);
    font-size: 12px;
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }
  .chip[data-tone='good'] {
    color: var(--pairs-color-good);
  }
  .chip[data-tone='bad'] {
    color: var(--pairs-color-bad);
  }
  .dot {
    flex: none;
    width: 10px;
    height: 10px;
    border-radius: 50%;
  }
`;
