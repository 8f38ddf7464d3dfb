// SPDX-License-Identifier: Apache-2.0
/** How the panel that splits a picture looks. */
import {css} from 'lit';

export const styles = css`
  dialog {
    width: min(900px, calc(100vw - 32px));
    max-height: calc(100vh - 32px);
    padding: 16px 22px;
    overflow: auto;
  }
  header,
  footer,
  .row {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    align-items: end;
    margin-top: 12px;
  }
  header {
    align-items: center;
    justify-content: space-between;
    margin: 0 0 12px;
  }
  h2 {
    margin: 0;
    font-size: 16px;
    overflow-wrap: anywhere;
  }
  footer {
    justify-content: flex-end;
  }
  .gap {
    width: 16px;
  }
  label {
    display: grid;
    gap: 4px;
  }
  label span {
    color: var(--pairs-color-ink-2);
    font-size: 12px;
  }
  label.check {
    display: flex;
    gap: 8px;
    align-items: center;
    min-height: 28px;
  }
  input[type='number'] {
    width: 110px;
  }
  label.row {
    display: grid;
    gap: 4px;
    justify-items: start;
  }
  .picture + .picture {
    margin-top: 8px;
  }
  .picture {
    position: relative;
    width: fit-content;
    max-width: 100%;
    margin: 0 auto;
    background: var(--pairs-color-page);
    /* A selection would be dragged instead of a cut. */
    user-select: none;
  }
  img {
    display: block;
    min-height: 160px;
    max-width: 100%;
    max-height: 45vh;
    image-rendering: pixelated;
  }
  .cut {
    position: absolute;
    touch-action: none;
  }
  .cut.x {
    top: 0;
    bottom: 0;
    width: 13px;
    margin-left: -6px;
    cursor: col-resize;
  }
  .cut.y {
    right: 0;
    left: 0;
    height: 13px;
    margin-top: -6px;
    cursor: row-resize;
  }
  .cut::after {
    position: absolute;
    inset: 0 5px;
    border: 1px solid var(--pairs-color-surface);
    background: var(--pairs-color-accent);
    content: '';
  }
  .cut.y::after {
    inset: 5px 0;
  }
  .error {
    color: var(--pairs-color-bad-ink, var(--pairs-color-bad));
  }
  button.main {
    border-color: var(--pairs-color-accent-ink);
    background: var(--pairs-color-accent-ink);
    color: var(--pairs-color-surface);
    font-weight: 600;
  }
`;
