// SPDX-License-Identifier: Apache-2.0
/** Styles of the lines below a chart: the ends of its axis, with what belongs between them, and notes. */
import {css} from 'lit';

export const endsStyles = css`
  .ends,
  .note {
    display: flex;
    justify-content: space-between;
    margin-top: 2px;
    color: var(--pairs-color-ink-2);
    font-size: 11px;
    font-variant-numeric: tabular-nums;
  }
`;
