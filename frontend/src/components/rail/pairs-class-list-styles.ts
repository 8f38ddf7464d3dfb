// SPDX-License-Identifier: Apache-2.0
/** Styles of `pairs-class-list`, besides those of the rail. */
import {css} from 'lit';

export const classListStyles = css`
  .scope {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 6px;
    align-items: center;
    margin: 0 0 4px;
    color: var(--pairs-color-ink-2);
    font-size: 12px;
  }
  .scope .of {
    display: flex;
    min-width: 0;
  }
  .scope .field {
    width: 100%;
    min-width: 0;
  }
  .settings {
    margin-top: 4px;
  }
  summary {
    padding: 4px 0;
    color: var(--pairs-color-ink-2);
    cursor: pointer;
  }
  .worst {
    display: flex;
    flex-direction: column;
    margin: 2px 0 6px;
    font-size: 12px;
  }
  .off {
    color: var(--pairs-color-ink-2);
  }
  .row .go {
    color: inherit;
  }
  .go .muted {
    flex: none;
  }
  .row .go:hover:not(:disabled) {
    text-decoration: underline;
  }
  .row .go[aria-pressed='true'] {
    color: var(--pairs-color-accent-ink);
    font-weight: 600;
  }
`;
