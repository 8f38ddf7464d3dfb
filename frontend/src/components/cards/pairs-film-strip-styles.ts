// SPDX-License-Identifier: Apache-2.0
/** Styles of `pairs-film-strip`. */
import {css} from 'lit';

export const styles = css`
  :host {
    position: relative;
    display: block;
    min-width: 0;
    padding: 3px 0 0 14px;
    border-top: 1px solid var(--pairs-color-line);
    background: var(--pairs-color-surface);
  }
  .strip {
    overflow: auto;
    overscroll-behavior: contain;
  }
  /* Thin: what they take, pictures lack. */
  .strip::-webkit-scrollbar {
    width: 6px;
    height: 6px;
  }
  .strip::-webkit-scrollbar-thumb {
    border-radius: 3px;
    background: var(--pairs-color-control);
  }
  @supports not selector(::-webkit-scrollbar) {
    .strip {
      scrollbar-width: thin;
    }
  }
  /* The height of a line of text, over what is cut. */
  .more {
    position: absolute;
    z-index: 2;
    right: 6px;
    bottom: 6px;
    left: 14px;
    height: 22px;
    background: linear-gradient(transparent, var(--pairs-color-surface));
    pointer-events: none;
  }
  .more button {
    height: 100%;
    padding: 0;
    background: var(--pairs-color-surface);
    color: var(--pairs-color-accent-ink);
    text-align: left;
    pointer-events: auto;
  }
  .reel {
    position: relative;
  }
  .row {
    position: absolute;
    left: 0;
    width: 100%;
  }
  button {
    border: 0;
    background: none;
    color: var(--pairs-color-ink-2);
    font: inherit;
    font-size: 11px;
    font-variant-numeric: tabular-nums;
    cursor: pointer;
  }
  /* Beside the pictures, not the text below them: there the next runs are told of. */
  .who {
    position: sticky;
    z-index: 1;
    left: 0;
    display: flex;
    align-items: center;
    gap: 6px;
    box-sizing: border-box;
    height: 100%;
    padding: 0 10px 0 0;
    background: var(--pairs-color-surface);
    color: var(--pairs-color-ink);
    font-size: 12px;
    text-align: left;
  }
  .names {
    display: grid;
    min-width: 0;
    line-height: 14px;
  }
  .against {
    overflow: hidden;
    color: var(--pairs-color-ink-2);
    font-size: 11px;
    line-height: 13px;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .dot {
    flex: none;
    width: 9px;
    height: 9px;
    border-radius: 50%;
  }
  .frame {
    position: absolute;
    top: 0;
    box-sizing: border-box;
    /* Half of what is between frames. */
    padding: 2px;
  }
  .dragged {
    opacity: 0.5;
    cursor: grabbing;
  }
  .target {
    outline: var(--pairs-focus-ring);
    outline-offset: -1px;
  }
  pairs-thumbnail {
    border-radius: 4px;
    overflow: hidden;
  }
  .current {
    color: var(--pairs-color-ink);
    font-weight: 600;
  }
  .current pairs-thumbnail {
    box-shadow: 0 0 0 2px var(--pairs-color-accent);
  }
  :is(.nearest, .pinned .current) pairs-thumbnail {
    outline: 2px dashed var(--pairs-color-accent);
    box-shadow: none;
  }
  .note {
    position: absolute;
    inset: 2px 2px auto;
    overflow: hidden;
    padding: 0 4px;
    border-radius: 4px 4px 0 0;
    background: var(--pairs-color-warning-soft);
    color: var(--pairs-color-warning);
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .of-a {
    inset: auto 2px 15px;
    border-radius: 0 0 4px 4px;
  }
  /* Not black: a black frame is a prediction of black. */
  .gone {
    position: absolute;
    inset: 2px 2px 15px;
    display: grid;
    place-items: center;
    border: 1px dashed var(--pairs-color-line);
    border-radius: 4px;
    background: var(--pairs-color-surface);
    color: var(--pairs-color-ink-2);
  }
  button:focus-visible {
    outline: var(--pairs-focus-ring);
    outline-offset: -2px;
  }
  .text {
    display: flex;
    justify-content: space-between;
    gap: 6px;
    padding: 0 2px;
    line-height: 13px;
    white-space: nowrap;
  }
`;
