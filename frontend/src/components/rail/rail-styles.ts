// SPDX-License-Identifier: Apache-2.0
/** Styles that the sections of the rail share. */
import {css} from 'lit';

/** What the sections of the rail have in common. */
export const railStyles = css`
  :host {
    display: block;
  }
  h2 {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 8px;
    min-height: 20px;
    margin: 0 0 6px;
    color: var(--pairs-color-ink-2);
    font-size: 11px;
    font-weight: 600;
    letter-spacing: 0.04em;
    text-transform: uppercase;
  }
  h2 button,
  h2 .aside {
    font-size: 12px;
    font-weight: 400;
    letter-spacing: 0;
    text-transform: none;
  }
  .row {
    display: flex;
    align-items: center;
    gap: 8px;
    min-height: 24px;
  }
  .row label {
    display: flex;
    flex: 1;
    align-items: center;
    gap: 8px;
    min-width: 0;
    cursor: pointer;
  }
  /* A name that can be pressed takes what room its row has. */
  .row .go {
    flex: 1;
    justify-content: flex-start;
    min-width: 0;
    min-height: 24px;
    padding: 0;
    border: 0;
    background: none;
  }
  .row .go:hover:not(:disabled) {
    background: none;
  }
  .value {
    margin-left: auto;
    color: var(--pairs-color-ink-2);
  }
  .dot {
    flex: none;
    width: 10px;
    height: 10px;
    border-radius: 50%;
  }
  .list {
    max-height: 228px;
    margin: 0 -6px;
    overflow: auto;
    scrollbar-width: thin;
  }
  .list .row {
    width: 100%;
    padding: 0 6px;
    border-radius: 4px;
  }
  .list .row:hover {
    background: var(--pairs-color-hover);
  }
  .field {
    margin-bottom: 6px;
  }
  p {
    margin: 0 0 6px;
    font-size: 12px;
  }
  .settings {
    display: grid;
    grid-template-columns: auto 1fr auto;
    gap: 4px 8px;
    align-items: center;
    min-height: 26px;
  }
  .settings > output,
  .settings > button {
    min-width: 34px;
    text-align: right;
  }
  .settings > .wide {
    grid-column: 2 / -1;
  }
`;
