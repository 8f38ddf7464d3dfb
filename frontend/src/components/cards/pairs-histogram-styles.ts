// SPDX-License-Identifier: Apache-2.0
/** Styles of `pairs-histogram`. */
import {css} from 'lit';

export const styles = css`
  :host {
    display: block;
  }
  .plot {
    position: relative;
    height: 120px;
  }
  svg {
    display: block;
    width: 100%;
    height: 100%;
    border-radius: 6px;
    background: var(--pairs-color-page);
  }
  path {
    fill: none;
    stroke-width: 1.5;
    vector-effect: non-scaling-stroke;
  }
  path.filled {
    fill: var(--pairs-color-line);
    stroke: var(--pairs-color-control);
    stroke-width: 1;
  }
  /* The middle of a thumb goes from end to end of the values; of the slider only the thumb takes the pointer. */
  input {
    position: absolute;
    inset: 0 auto 0 -7px;
    width: calc(100% + 14px);
    height: 100%;
    margin: 0;
    background: none;
    appearance: none;
    pointer-events: none;
  }
  input::-webkit-slider-runnable-track {
    height: 100%;
  }
  input::-webkit-slider-thumb {
    width: 14px;
    height: 120px;
    border: 0;
    border-radius: 3px;
    background: var(--pairs-handle);
    appearance: none;
    cursor: ew-resize;
    pointer-events: auto;
  }
  input::-moz-range-thumb {
    width: 14px;
    height: 120px;
    border: 0;
    border-radius: 3px;
    background: var(--pairs-handle);
    cursor: ew-resize;
    pointer-events: auto;
  }
  input:focus-visible {
    outline: none;
  }
  input:focus-visible::-webkit-slider-thumb {
    outline: 2px solid var(--pairs-color-accent);
  }
  input:focus-visible::-moz-range-thumb {
    outline: 2px solid var(--pairs-color-accent);
  }
  input {
    --pairs-handle:
      linear-gradient(var(--pairs-color-accent) 0 0) 50% 0 / 2px 100% no-repeat,
      linear-gradient(var(--pairs-color-accent) 0 0) 50% 100% / 10px 12px no-repeat;
  }
  input.low {
    --pairs-handle:
      linear-gradient(var(--pairs-color-accent) 0 0) 50% 0 / 2px 100% no-repeat,
      linear-gradient(var(--pairs-color-accent) 0 0) 1px 100% / 7px 12px no-repeat;
  }
  input.high {
    --pairs-handle:
      linear-gradient(var(--pairs-color-accent) 0 0) 50% 0 / 2px 100% no-repeat,
      linear-gradient(var(--pairs-color-accent) 0 0) 6px 100% / 7px 12px no-repeat;
  }
  button {
    padding: 0 2px;
    border: 0;
    background: none;
    color: var(--pairs-color-accent-ink);
    font: inherit;
    cursor: pointer;
  }
  button:focus-visible {
    outline: var(--pairs-focus-ring);
  }
`;
