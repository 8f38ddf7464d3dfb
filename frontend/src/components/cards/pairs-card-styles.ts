// SPDX-License-Identifier: Apache-2.0
/** Styles of `pairs-card`. */
import {css} from 'lit';

export const styles = css`
  :host {
    display: block;
  }
  article {
    container-type: inline-size;
    border: 1px solid var(--pairs-color-line);
    border-radius: var(--pairs-radius);
    overflow: clip;
    background: var(--pairs-color-surface);
  }
  header {
    display: flex;
    align-items: center;
    gap: 10px;
    min-height: 36px;
    padding: 0 6px 0 12px;
    border-bottom: 1px solid var(--pairs-color-line-2);
  }
  h3 {
    flex: 0 1 auto;
    margin: 0;
    overflow: hidden;
    font-size: 13px;
    font-weight: 600;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .flag {
    flex: none;
    color: var(--pairs-color-accent-ink);
  }
  .caption {
    flex: 1 1 0;
    min-width: 0;
    overflow: hidden;
    color: var(--pairs-color-ink-2);
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  pairs-legend {
    flex: 0 1 auto;
    justify-content: flex-end;
  }
  @container (width < 640px) {
    header {
      flex-wrap: wrap;
      gap: 0 10px;
    }
    h3 {
      max-width: calc(100% - 76px);
    }
    .note,
    pairs-legend {
      margin-bottom: 6px;
    }
    .note {
      order: 1;
    }
    pairs-legend {
      flex: 1 0 100%;
      order: 1;
      justify-content: flex-start;
    }
  }
  .note {
    flex: 0 1 auto;
    display: inline-flex;
    align-items: center;
    gap: 5px;
    min-width: 0;
  }
  .note .dot {
    width: 7px;
    height: 7px;
  }
  .note b {
    font-weight: 600;
  }
  .actions {
    display: flex;
    margin-left: auto;
  }
  button {
    height: 28px;
    padding: 0 7px;
    border: 0;
    border-radius: 6px;
    background: none;
    color: var(--pairs-color-ink-2);
    font: inherit;
    font-size: 12px;
    cursor: pointer;
  }
  button:hover {
    background: var(--pairs-color-chip);
    color: var(--pairs-color-ink);
  }
  button.expand {
    display: grid;
    place-items: center;
    width: 28px;
    padding: 0;
  }
  :focus-visible {
    outline: var(--pairs-focus-ring);
    outline-offset: -2px;
  }
  @media (pointer: coarse) {
    button,
    button.expand {
      min-width: 44px;
      height: 44px;
    }
  }
`;
