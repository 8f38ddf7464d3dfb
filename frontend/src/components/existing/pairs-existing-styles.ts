// SPDX-License-Identifier: Apache-2.0
/** How the list of pictures in no pair looks. */
import {css} from 'lit';

export const styles = css`
  :host {
    display: block;
    color: var(--pairs-color-ink-2);
  }
  details,
  .problems {
    margin-top: var(--pairs-space-3);
  }
  summary {
    cursor: pointer;
  }
  ul,
  details p {
    margin: 8px 0;
    padding: 0;
    list-style: none;
  }
  li {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: 2px 12px;
    align-items: center;
    padding: 6px 0;
    border-bottom: 1px solid var(--pairs-color-line);
    text-align: left;
    overflow-wrap: anywhere;
  }
  .tag {
    color: var(--pairs-color-ink);
  }
  .reason {
    grid-column: 1;
    font-size: 12px;
  }
  .problems {
    padding: 10px 14px;
    border: 1px solid var(--pairs-color-bad);
    border-radius: var(--pairs-radius);
    background: var(--pairs-color-surface);
    color: var(--pairs-color-ink);
  }
  .problems li {
    display: list-item;
    border: 0;
  }
`;
