// SPDX-License-Identifier: Apache-2.0
/** Styles of buttons, fields and sliders. Every element with controls includes them. */
import {css} from 'lit';

/** Buttons, fields and boxes, alike everywhere. */
export const controlStyles = css`
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  :host([hidden]),
  [hidden] {
    display: none !important;
  }
  button,
  input,
  select {
    font: inherit;
    font-variant-numeric: tabular-nums;
    color: inherit;
  }
  button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 6px;
    min-height: 28px;
    padding: 3px 9px;
    border: 1px solid var(--pairs-color-line);
    border-radius: var(--pairs-radius-small);
    background: var(--pairs-color-surface);
    cursor: pointer;
    transition: background var(--pairs-duration);
  }
  button:hover:not(:disabled, [aria-disabled='true']) {
    background: var(--pairs-color-hover);
  }
  button:disabled,
  button[aria-disabled='true'] {
    color: var(--pairs-color-ink-2);
    opacity: 0.55;
    cursor: default;
  }
  button.plain {
    min-height: 24px;
    padding: 2px 6px;
    border-color: transparent;
    background: none;
  }
  button.plain:hover:not(:disabled, [aria-disabled='true']) {
    background: var(--pairs-color-hover);
  }
  button.link {
    min-height: 0;
    padding: 0 2px;
    border: 0;
    background: none;
    color: var(--pairs-color-accent-ink);
  }
  button.link:hover {
    background: none;
    text-decoration: underline;
  }
  button[aria-pressed='true'] {
    border-color: var(--pairs-color-accent);
    background: var(--pairs-color-accent-soft);
    color: var(--pairs-color-accent-ink);
  }
  :focus-visible {
    outline: var(--pairs-focus-ring);
    outline-offset: 1px;
  }
  input[type='text'],
  input[type='search'],
  input[type='number'],
  select {
    width: 100%;
    min-width: 0;
    /* Not the least height: WebKit makes some of them taller by itself. */
    height: 28px;
    padding: 4px 8px;
    border: 1px solid var(--pairs-color-line);
    border-radius: var(--pairs-radius-small);
    background: var(--pairs-color-page);
  }
  select {
    cursor: pointer;
  }
  input::placeholder {
    color: var(--pairs-color-ink-2);
    opacity: 1;
  }
  input[aria-invalid='true'] {
    border-color: var(--pairs-color-bad);
  }
  input[type='checkbox'] {
    display: grid;
    flex: none;
    place-items: center;
    width: 14px;
    height: 14px;
    margin: 0;
    border: 1.5px solid var(--pairs-color-control);
    border-radius: 3px;
    appearance: none;
    cursor: pointer;
  }
  input[type='checkbox']::before {
    width: 8px;
    height: 8px;
    background: var(--pairs-color-on-accent);
    clip-path: polygon(12% 50%, 0 63%, 38% 100%, 100% 22%, 87% 9%, 38% 73%);
    content: '';
    opacity: 0;
  }
  input[type='checkbox']:checked {
    border-color: var(--pairs-color-accent);
    background: var(--pairs-color-accent);
  }
  input[type='checkbox']:checked::before {
    opacity: 1;
  }
  /* --filled is how much of the track lies behind the thumb's centre. */
  input[type='range'] {
    flex: 1;
    width: 100%;
    min-width: 0;
    height: 18px;
    margin: 0;
    border-radius: 9px;
    background: none;
    appearance: none;
    cursor: pointer;
  }
  input[type='range']::-webkit-slider-runnable-track {
    height: 4px;
    border-radius: 2px;
    background: linear-gradient(
      to right,
      var(--pairs-color-accent) calc(7px + (100% - 14px) * var(--filled, 0)),
      var(--pairs-color-track) 0
    );
  }
  input[type='range']::-moz-range-track {
    height: 4px;
    border-radius: 2px;
    background: linear-gradient(
      to right,
      var(--pairs-color-accent) calc(7px + (100% - 14px) * var(--filled, 0)),
      var(--pairs-color-track) 0
    );
  }
  input[type='range']::-webkit-slider-thumb {
    width: 14px;
    height: 14px;
    margin-top: -5px;
    border: 0;
    border-radius: 50%;
    background: var(--pairs-color-accent);
    box-shadow: 0 0 0 2px var(--pairs-color-surface);
    appearance: none;
  }
  input[type='range']::-moz-range-thumb {
    width: 14px;
    height: 14px;
    border: 0;
    border-radius: 50%;
    background: var(--pairs-color-accent);
    box-shadow: 0 0 0 2px var(--pairs-color-surface);
  }
  kbd {
    padding: 2px 5px;
    border: 1px solid var(--pairs-color-line);
    border-bottom-width: 2px;
    border-radius: 4px;
    color: var(--pairs-color-ink-2);
    font: 11px/1 var(--pairs-font-mono);
    white-space: nowrap;
  }
  .muted {
    color: var(--pairs-color-ink-2);
  }
  .error {
    color: var(--pairs-color-bad);
  }
  .clip {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .unseen {
    position: absolute;
    width: 1px;
    height: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  /* Fingers are wider than a mouse's pointer. */
  @media (pointer: coarse) {
    button,
    button.plain {
      min-width: 28px;
      min-height: 40px;
    }
    button.link {
      min-height: 28px;
    }
    input[type='text'],
    input[type='search'],
    input[type='number'],
    select {
      height: 40px;
    }
    input[type='checkbox'] {
      width: 24px;
      height: 24px;
    }
    input[type='checkbox']::before {
      width: 14px;
      height: 14px;
    }
    input[type='range'] {
      height: 32px;
    }
  }
`;
