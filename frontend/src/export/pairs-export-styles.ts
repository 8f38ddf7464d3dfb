// SPDX-License-Identifier: Apache-2.0
/** Styles of `pairs-export`. */
import {css} from 'lit';

export const styles = css`
  dialog {
    width: min(500px, calc(100vw - 32px));
    max-height: calc(100vh - 32px);
    overflow: auto;
  }
  header,
  footer {
    display: flex;
    align-items: center;
    gap: 8px;
    padding: 14px 14px 10px 22px;
  }
  header {
    justify-content: space-between;
  }
  footer {
    justify-content: flex-end;
    padding: 12px 22px 18px;
  }
  h2 {
    margin: 0;
    font-size: 16px;
  }
  .body {
    display: grid;
    gap: 14px;
    padding: 0 22px;
  }
  fieldset {
    display: grid;
    gap: 6px;
    min-width: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }
  legend,
  .label {
    padding: 0 0 4px;
    color: var(--pairs-color-ink-2);
    font-size: 12px;
  }
  .formats {
    display: grid;
    grid-template-columns: repeat(3, 1fr);
    gap: 6px;
  }
  .formats label {
    position: relative;
    display: flex;
    align-items: center;
    justify-content: center;
    min-height: 34px;
    border: 1px solid var(--pairs-color-line);
    border-radius: var(--pairs-radius-small);
    cursor: pointer;
  }
  .formats label:hover {
    background: var(--pairs-color-hover);
  }
  .formats label:has(:checked) {
    border-color: var(--pairs-color-accent);
    background: var(--pairs-color-accent-soft);
    color: var(--pairs-color-accent-ink);
    font-weight: 600;
  }
  .formats label:has(:focus-visible) {
    outline: var(--pairs-focus-ring);
    outline-offset: 1px;
  }
  .formats input {
    position: absolute;
    inset: 0;
    margin: 0;
    opacity: 0;
    cursor: pointer;
  }
  .choice {
    display: flex;
    align-items: center;
    gap: 8px;
    min-width: 0;
    min-height: 24px;
  }
  .choice input {
    flex: none;
    margin: 0;
    accent-color: var(--pairs-color-accent);
  }
  .choice .choice,
  .choice .count {
    flex: none;
  }
  .choice .count {
    width: 72px;
  }
  .row {
    display: grid;
    grid-template-columns: 1fr 1fr;
    gap: 12px;
  }
  .row label {
    display: grid;
    align-content: start;
  }
  p {
    margin: 0;
  }
  .hint {
    min-height: 20px;
    color: var(--pairs-color-ink-2);
  }
  .problem {
    color: var(--pairs-color-bad);
  }
  progress {
    flex: 1;
    height: 8px;
    appearance: none;
    border: 0;
    border-radius: 4px;
    overflow: hidden;
    background: var(--pairs-color-track);
  }
  progress::-webkit-progress-bar {
    background: var(--pairs-color-track);
  }
  progress::-webkit-progress-value {
    background: var(--pairs-color-accent);
  }
  progress::-moz-progress-bar {
    background: var(--pairs-color-accent);
  }
  button.main {
    min-width: 96px;
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
