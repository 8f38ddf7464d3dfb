// SPDX-License-Identifier: Apache-2.0
/** Styles of `pairs-blind-result`. */
import {css} from 'lit';

export const styles = css`
  table {
    width: 100%;
    border-collapse: collapse;
  }
  th,
  td {
    padding: 4px 6px;
    border-bottom: 1px solid var(--pairs-color-line-2);
    font-weight: 400;
    text-align: right;
  }
  th:first-child {
    max-width: 180px;
    padding-left: 0;
    text-align: left;
  }
  thead th {
    color: var(--pairs-color-ink-2);
    font-size: 12px;
  }
  .dot {
    display: inline-block;
    width: 8px;
    height: 8px;
    margin-right: 6px;
    border-radius: 50%;
  }
  .verdict {
    font-size: 15px;
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  .scale {
    position: relative;
    height: 26px;
    border-radius: 4px;
    background: var(--pairs-color-chip);
  }
  .scale > * {
    position: absolute;
    inset-block: 0;
  }
  .interval {
    inset-block: 10px !important;
    border-radius: 3px;
    background: var(--pairs-color-control);
  }
  .share {
    inset-block: 5px !important;
    width: 4px;
    margin-left: -2px;
    border-radius: 2px;
    background: var(--pairs-color-accent-ink);
  }
  .half {
    width: 1px;
    background: var(--pairs-color-ink-2);
  }
  .ends {
    display: flex;
    justify-content: space-between;
    gap: 12px;
    color: var(--pairs-color-ink-2);
    font-size: 12px;
  }
  .end {
    display: flex;
    gap: 4px;
    min-width: 0;
  }
  .each {
    max-height: 180px;
    overflow: auto;
  }
  summary {
    cursor: pointer;
  }
`;
