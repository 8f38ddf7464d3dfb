// SPDX-License-Identifier: Apache-2.0
/** Styles of `pairs-time-bar`. */
import {css} from 'lit';

export const styles = css`
  :host {
    display: grid;
    grid-template-columns: auto minmax(80px, 1fr) auto;
    gap: 16px;
    align-items: end;
    padding: 6px var(--pairs-space-4) 8px;
    border-bottom: 1px solid var(--pairs-color-line);
    background: var(--pairs-color-surface);
  }
  .buttons {
    display: flex;
    gap: 6px;
    padding-bottom: 2px;
  }
  .buttons button {
    min-width: 30px;
    padding: 5px 7px;
  }
  .buttons select {
    width: auto;
    padding: 2px 4px;
    background: var(--pairs-color-surface);
    font-size: 12px;
  }
  .now {
    width: 236px;
  }
  .top {
    display: flex;
    align-items: center;
    gap: 6px;
  }
  input.step[type='text'] {
    flex: 1;
    min-height: 0;
    margin-left: -5px;
    padding: 0 4px;
    border-color: transparent;
    background: none;
    font-size: 20px;
    font-weight: 600;
    line-height: 1.25;
  }
  /* A step is read whole: 12 digits, and up to the 19 of 64 bits. */
  input.step.long[type='text'] {
    font-size: 15px;
    line-height: 25px;
  }
  input.step.longest[type='text'] {
    font-size: 10px;
  }
  input.step[type='text']:hover,
  input.step[type='text']:focus {
    border-color: var(--pairs-color-line);
  }
  .line {
    display: flex;
    align-items: center;
    gap: 4px;
    min-height: 20px;
    color: var(--pairs-color-ink-2);
    font-size: 11px;
    white-space: nowrap;
  }
  .follow {
    flex: none;
    min-height: 20px;
    padding: 0 6px;
    font-size: 11px;
  }
  .sampled {
    flex: none;
    min-height: 18px;
    padding: 0 5px;
    border: 0;
    border-radius: 9px;
    background: var(--pairs-color-warning-soft);
    color: var(--pairs-color-warning);
    font-size: 11px;
  }
  .sampled:hover {
    background: var(--pairs-color-warning-soft);
    text-decoration: underline;
  }
  [popover] {
    position: fixed;
    inset: 64px 14px auto auto;
    width: min(380px, calc(100vw - 28px));
    margin: 0;
    padding: 14px 16px;
    border: 1px solid var(--pairs-color-line);
    border-radius: var(--pairs-radius);
    background: var(--pairs-color-raised);
    color: inherit;
    box-shadow: var(--pairs-shadow);
  }
  [popover] p {
    margin: 0 0 10px;
  }
  [popover] ul {
    max-height: 40vh;
    margin: 0 0 10px;
    padding-left: 18px;
    overflow: auto;
    overflow-wrap: anywhere;
  }
  .flag {
    display: flex;
    gap: 8px;
  }
  code {
    flex: 1;
    overflow: auto;
    padding: 5px 8px;
    border-radius: var(--pairs-radius-small);
    background: var(--pairs-color-chip);
    font: 12px/1.5 var(--pairs-font-mono);
    white-space: nowrap;
  }
  .rail {
    padding: 5px 7px;
  }
  @media (max-width: 900px) {
    :host {
      gap: 10px;
      padding-inline: 12px;
    }
    .now {
      width: 216px;
    }
    .time {
      display: none;
    }
    .buttons select {
      display: none;
    }
  }
  /* Two rows: the slider has the width of the page. */
  @media (max-width: 600px) {
    :host {
      grid-template-columns: auto minmax(0, 1fr);
      gap: 4px 10px;
    }
    pairs-timeline {
      grid-row: 2;
      grid-column: 1 / -1;
    }
    .now {
      width: auto;
    }
    input.step.long[type='text'] {
      font-size: 12px;
    }
  }
  @media (pointer: coarse) {
    .buttons {
      gap: 2px;
    }
    .buttons button {
      min-width: 40px;
    }
    .follow,
    .sampled {
      min-height: 28px;
    }
  }
`;
