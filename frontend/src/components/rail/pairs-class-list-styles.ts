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
  .name {
    flex: 1;
    justify-content: flex-start;
    min-width: 0;
    min-height: 24px;
    padding: 0;
    border: 0;
    background: none;
    color: inherit;
  }
  .name .muted {
    flex: none;
  }
  .name:hover:not(:disabled) {
    background: none;
    text-decoration: underline;
  }
  .name[aria-pressed='true'] {
    background: none;
    color: var(--pairs-color-accent-ink);
    font-weight: 600;
  }
`;
