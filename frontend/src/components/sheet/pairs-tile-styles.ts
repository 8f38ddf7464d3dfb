// SPDX-License-Identifier: Apache-2.0
/** Styles of `pairs-tile`. */
import {css} from 'lit';
import {CAPTION_HEIGHT} from '../../views/sheet-geometry.js';

export const styles = css`
  :host {
    display: block;
    box-sizing: border-box;
    border: 1px solid var(--pairs-color-line);
    border-radius: 3px;
    background: var(--pairs-color-surface);
    cursor: pointer;
  }
  :host(:hover) {
    border-color: var(--pairs-color-control);
  }
  :host(:focus-visible) {
    outline: var(--pairs-focus-ring);
    outline-offset: 1px;
  }
  .stage {
    background: var(--pairs-color-pane);
  }
  .side {
    position: absolute;
    z-index: 2;
    bottom: 4px;
    left: 4px;
    max-width: calc(100% - 8px);
    padding: 0 5px;
    border-radius: 4px;
    box-sizing: border-box;
    overflow: hidden;
    background: #000a;
    color: #fff;
    font-size: 11px;
    line-height: 16px;
    text-overflow: ellipsis;
    white-space: nowrap;
    pointer-events: none;
  }
  .caption {
    display: flex;
    align-items: center;
    gap: 4px;
    height: ${CAPTION_HEIGHT}px;
    padding: 0 3px 0 6px;
    box-sizing: border-box;
    font-size: 11px;
  }
  pairs-name {
    flex: 1 1 0;
    min-width: 3ch;
  }
  .offset {
    font-size: 10px;
    line-height: 14px;
  }
  .warning {
    flex: none;
    display: inline-flex;
    color: var(--pairs-color-warning);
  }
  .caption pairs-icon {
    width: 13px;
    height: 13px;
  }
  .chip {
    flex: none;
    padding: 0 6px;
    font-size: 11px;
    line-height: 17px;
  }
  .flag {
    flex: none;
    display: inline-flex;
    color: var(--pairs-color-accent-ink);
    --pairs-icon-fill: currentcolor;
  }
`;
