// SPDX-License-Identifier: Apache-2.0
/** Styles of `pairs-compare`. */
import {css} from 'lit';

export const styles = css`
  .modes {
    display: grid;
    /* By what they say: a wide font needs room for the longest. */
    grid-auto-columns: auto;
    grid-auto-flow: column;
    margin-bottom: 6px;
    overflow: hidden;
    border: 1px solid var(--pairs-color-line);
    border-radius: var(--pairs-radius-small);
  }
  .modes button {
    min-height: 28px;
    padding: 0;
    border: 0;
    border-left: 1px solid var(--pairs-color-line);
    border-radius: 0;
    font-size: 11px;
  }
  .modes button:first-child {
    border-left: 0;
  }
  .modes button[aria-checked='true'] {
    background: var(--pairs-color-accent-soft);
    color: var(--pairs-color-accent-ink);
    font-weight: 600;
  }
  .modes button:focus-visible {
    outline-offset: -3px;
  }
  .fade {
    display: grid;
    gap: 4px;
    margin-top: 8px;
  }
  .base label {
    flex: none;
  }
  .base select {
    flex: 0 1 auto;
    width: auto;
    min-width: 0;
  }
  .base kbd {
    flex: none;
    margin-left: auto;
  }
`;
