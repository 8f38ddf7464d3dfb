// SPDX-License-Identifier: Apache-2.0
/** Styles of `pairs-film-strip`. */
import {css} from 'lit';

export const styles = css`
  :host {
    display: block;
    min-width: 0;
  }
  .frames {
    padding: 3px 0;
    overflow: auto hidden;
    scrollbar-width: thin;
  }
  .reel {
    position: relative;
  }
  button {
    position: absolute;
    top: 3px;
    padding: 0;
    border: 0;
    border-radius: 5px;
    background: none;
    color: var(--pairs-color-ink-2);
    font: inherit;
    font-size: 11px;
    font-variant-numeric: tabular-nums;
    cursor: pointer;
  }
  pairs-thumbnail {
    border-radius: 5px;
    overflow: hidden;
  }
  button[aria-current='step'] {
    color: var(--pairs-color-ink);
    font-weight: 600;
  }
  button[aria-current='step'] pairs-thumbnail {
    box-shadow: 0 0 0 2px var(--pairs-color-accent);
  }
  .nearest pairs-thumbnail {
    outline: 2px dashed var(--pairs-color-accent);
  }
  .note {
    position: absolute;
    inset: 0 0 auto;
    overflow: hidden;
    padding: 1px 4px;
    border-radius: 5px 5px 0 0;
    background: var(--pairs-color-warning-soft);
    color: var(--pairs-color-warning);
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  button:focus-visible {
    outline: var(--pairs-focus-ring);
    outline-offset: 1px;
  }
  .text {
    display: flex;
    justify-content: space-between;
    gap: 6px;
    padding: 2px 2px 0;
    white-space: nowrap;
  }
`;
