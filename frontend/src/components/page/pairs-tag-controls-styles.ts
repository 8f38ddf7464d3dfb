// SPDX-License-Identifier: Apache-2.0
/** Styles of `pairs-tag-controls`. */
import {css} from 'lit';

export const styles = css`
  :host {
    display: block;
    min-width: 0;
    font-size: 12px;
  }
  .controls {
    display: flex;
    align-items: center;
    justify-content: flex-end;
    gap: 6px 8px;
  }
  .more {
    display: none;
  }
  label {
    display: flex;
    align-items: center;
    gap: 6px;
    color: var(--pairs-color-ink-2);
  }
  .controls select,
  .controls input[type='search'] {
    width: auto;
    max-width: 172px;
    background: var(--pairs-color-surface);
  }
  /* Not as wide as its longest choice: the line's other texts need the room. */
  .controls select {
    field-sizing: content;
  }
  .controls input[type='search'] {
    width: 142px;
  }
  #problem {
    color: var(--pairs-color-bad);
  }
  .controls select.then {
    width: 84px;
  }
  .choices {
    display: inline-flex;
  }
  .choices button {
    padding: 3px 8px;
    border-radius: 0;
  }
  .choices button + button {
    margin-left: -1px;
  }
  .choices button:first-child {
    border-radius: var(--pairs-radius-small) 0 0 var(--pairs-radius-small);
  }
  .choices button:last-child {
    border-radius: 0 var(--pairs-radius-small) var(--pairs-radius-small) 0;
  }
  .choices button[aria-pressed='true'] {
    z-index: 1;
    font-weight: 600;
  }
  .range {
    position: relative;
  }
  .panel {
    position: absolute;
    z-index: 8;
    top: calc(100% + 4px);
    right: 0;
    display: grid;
    grid-template-columns: auto 92px 92px;
    align-items: center;
    gap: 6px 8px;
    padding: 10px 12px;
    border: 1px solid var(--pairs-color-line);
    border-radius: var(--pairs-radius);
    background: var(--pairs-color-raised);
    box-shadow: var(--pairs-shadow);
  }
  .panel select {
    grid-column: 2 / -1;
    max-width: none;
  }
  .panel pairs-name {
    max-width: 140px;
  }
  .panel button {
    grid-column: 1 / -1;
    justify-self: end;
  }
  .notes input {
    width: 9ch;
    min-height: 24px;
    padding: 1px 6px;
    background: var(--pairs-color-surface);
  }
  .confused {
    display: inline-flex;
    flex-wrap: wrap;
    gap: 0 4px;
    align-items: baseline;
    min-width: 0;
  }
  .confused b {
    color: var(--pairs-color-ink);
    font-weight: 600;
  }
  .notes {
    display: flex;
    flex-wrap: wrap;
    justify-content: flex-end;
    gap: 0 14px;
    margin-top: 2px;
    color: var(--pairs-color-ink-2);
  }
  /* Pictures come first where there is little room. */
  @container (width < 960px) {
    .more {
      display: inline-flex;
    }
    .controls {
      display: none;
    }
    .controls.open {
      position: absolute;
      z-index: 8;
      right: 0;
      left: 0;
      display: flex;
      flex-wrap: wrap;
      justify-content: flex-start;
      padding: 10px 12px;
      border: 1px solid var(--pairs-color-line);
      border-radius: var(--pairs-radius);
      background: var(--pairs-color-raised);
      box-shadow: var(--pairs-shadow);
    }
    .panel {
      right: auto;
      left: 0;
    }
  }
`;
