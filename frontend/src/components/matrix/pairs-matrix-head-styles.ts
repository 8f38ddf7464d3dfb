// SPDX-License-Identifier: Apache-2.0
/** Styles of `pairs-matrix-head`. */
import {css} from 'lit';

export const styles = css`
  :host {
    display: block;
    background: var(--pairs-color-surface);
  }
  .heads {
    position: relative;
    display: grid;
    height: 100%;
    border-bottom: 1px solid var(--pairs-color-line);
  }
  .head {
    display: flex;
    align-items: center;
    gap: 5px;
    min-width: 0;
    padding: 0 8px 0 10px;
    border-right: 1px solid var(--pairs-color-line-2);
    background: var(--pairs-color-surface);
    font-size: 12px;
  }
  .head > b {
    overflow: hidden;
    text-overflow: ellipsis;
    font-weight: 600;
    white-space: nowrap;
  }
  .run {
    flex-direction: column;
    align-items: stretch;
    justify-content: center;
    gap: 0;
    /* Dot, name, star and number fit into the smallest cell. */
    padding: 0 4px 0 6px;
  }
  .line {
    display: flex;
    align-items: center;
    gap: 5px;
    min-width: 0;
  }
  .run .hparams {
    margin: -2px 0 0 15px;
  }
  .group {
    min-width: 0;
    padding: 0 8px;
    border-right: 1px solid var(--pairs-color-line);
    border-bottom: 1px solid var(--pairs-color-line-2);
    border-left: 2px solid var(--pairs-color-ink-2);
    background: var(--pairs-color-chip);
    font-size: 12px;
    line-height: 21px;
  }
  .label {
    position: sticky;
    display: inline-block;
    max-width: 100%;
    overflow: hidden;
    color: var(--pairs-color-ink-2);
    text-overflow: ellipsis;
    vertical-align: top;
    white-space: nowrap;
  }
  .label b {
    color: var(--pairs-color-ink);
  }
  /* What stays casts a shadow on what scrolls by. */
  .edge {
    border-right-color: var(--pairs-color-line);
    box-shadow: 2px 0 4px rgb(0 0 0 / 12%);
  }
  .run {
    cursor: grab;
    touch-action: pan-y;
    user-select: none;
  }
  .dragged {
    opacity: 0.45;
    cursor: grabbing;
  }
  .dot {
    flex: none;
    width: 10px;
    height: 10px;
    border-radius: 50%;
  }
  button.name {
    flex: 0 1 auto;
    min-width: 3ch;
    padding: 2px 3px;
    font-weight: 600;
    cursor: inherit;
  }
  button.star {
    flex: none;
    min-height: 22px;
    margin-left: auto;
    padding: 2px 0;
    color: var(--pairs-color-ink-2);
    opacity: 0;
  }
  .head:hover .star,
  .head:focus-within .star,
  .star:focus-visible,
  .star[aria-pressed='true'] {
    opacity: 1;
  }
  .star[aria-pressed='true'] {
    border-color: transparent;
    background: none;
    color: var(--pairs-color-accent-ink);
  }
  .star[aria-pressed='true'] pairs-icon {
    --pairs-icon-fill: currentcolor;
  }
  .mean {
    flex: none;
    color: var(--pairs-color-ink-2);
  }
  .mean.narrow {
    line-height: 1.1;
    text-align: right;
  }
  .mean.narrow small {
    display: block;
  }
  .mark {
    position: absolute;
    z-index: 2;
    top: 2px;
    bottom: 2px;
    width: 3px;
    margin-left: -2px;
    border-radius: 2px;
    background: var(--pairs-color-accent);
    pointer-events: none;
  }
`;
