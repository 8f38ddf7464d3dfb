// SPDX-License-Identifier: Apache-2.0
/** What the setup and the result of a blind comparison share: a column of text, and buttons below it. */
import {css} from 'lit';

export const formStyles = css`
  :host {
    display: block;
  }
  .body {
    display: grid;
    gap: 14px;
    padding: 0 22px;
  }
  .label {
    color: var(--pairs-color-ink-2);
    font-size: 12px;
  }
  p {
    margin: 0;
  }
  footer {
    display: flex;
    flex-wrap: wrap;
    justify-content: flex-end;
    gap: 8px;
    padding: 16px 22px 18px;
  }
  button.main {
    border-color: var(--pairs-color-accent-ink);
    background: var(--pairs-color-accent-ink);
    color: var(--pairs-color-surface);
    font-weight: 600;
  }
  button.main:hover:not(:disabled) {
    background: var(--pairs-color-accent-ink);
    filter: brightness(1.1);
  }
`;
