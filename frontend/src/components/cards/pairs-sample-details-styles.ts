// SPDX-License-Identifier: Apache-2.0
/** Styles of `pairs-sample-details`. */
import {css} from 'lit';

export const styles = css`
  :host {
    display: block;
  }
  section + section {
    margin-top: 18px;
  }
  h3 {
    margin: 0 0 6px;
    color: var(--pairs-color-ink-2);
    font-size: 11px;
    font-weight: 600;
    letter-spacing: 0.04em;
    text-transform: uppercase;
  }
  table {
    width: 100%;
    margin-bottom: 8px;
    border-collapse: collapse;
    font-variant-numeric: tabular-nums;
  }
  td,
  th {
    padding: 1px 4px;
    font-weight: 400;
    text-align: right;
  }
  th[scope='row'] {
    padding-left: 0;
    text-align: left;
  }
  th[scope='row'] button {
    min-height: 24px;
    padding: 0 5px;
  }
  .runs {
    display: flex;
    flex-wrap: wrap;
    gap: 4px;
    margin-bottom: 8px;
  }
  .runs button {
    min-height: 24px;
    max-width: 100%;
    font-size: 12px;
  }
`;
