// SPDX-License-Identifier: Apache-2.0
/** Styles of `pairs-compare-bar`. */
import {css} from 'lit';

export const styles = css`
  :host {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 6px 14px;
    padding: 5px var(--pairs-space-4);
    border-bottom: 1px solid var(--pairs-color-line);
    background: var(--pairs-color-surface);
    font-size: 12px;
  }
  .modes {
    display: grid;
    /* By what they say: a wide font needs room for the longest. */
    grid-auto-columns: auto;
    grid-auto-flow: column;
    overflow: hidden;
    border: 1px solid var(--pairs-color-line);
    border-radius: var(--pairs-radius-small);
  }
  .modes button {
    min-height: 26px;
    padding: 0 9px;
    border: 0;
    border-left: 1px solid var(--pairs-color-line);
    border-radius: 0;
    font-size: 12px;
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
  .sides,
  .overlay {
    display: flex;
    align-items: center;
    gap: 4px;
    min-width: 0;
  }
  label {
    display: flex;
    align-items: center;
    gap: 6px;
    min-width: 0;
  }
  select {
    min-height: 26px;
    max-width: 190px;
    min-width: 0;
    text-overflow: ellipsis;
  }
  .overlay {
    flex: none;
    white-space: nowrap;
  }
  .overlay > * {
    flex: none;
    width: auto;
  }
  .pin[aria-pressed='true'] {
    color: var(--pairs-color-accent-ink);
  }
  :host([inline]) {
    flex-wrap: nowrap;
    gap: 10px;
    min-width: 0;
    padding: 0;
    border: 0;
    background: none;
  }
  :host([inline]) .modes button {
    padding: 0 7px;
  }
  :host([inline]) .sides select {
    max-width: 112px;
  }
  :host([inline]) kbd {
    display: none;
  }
  :host([stacked]) {
    padding: 0 0 8px;
    border: 0;
    background: none;
  }
  :host([stacked]) .modes {
    flex: 1 1 100%;
  }
  :host([stacked]) .modes button {
    padding: 0;
    font-size: 11px;
  }
  :host([stacked]) .sides {
    flex-wrap: wrap;
  }
  :host([stacked]) .sides label {
    flex: 1 1 calc(100% - 80px);
  }
  @media (pointer: coarse) {
    .modes button {
      min-height: 40px;
    }
  }
`;
