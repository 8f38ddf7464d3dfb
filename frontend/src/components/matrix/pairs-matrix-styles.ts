// SPDX-License-Identifier: Apache-2.0
/** Styles of `pairs-matrix`. */
import {css} from 'lit';
import {TITLE_HEIGHT} from '../../views/matrix-geometry.js';

export const styles = css`
  :host {
    display: block;
  }
  .box {
    position: relative;
    max-height: max(300px, calc(100cqh - 64px));
    border: 1px solid var(--pairs-color-line);
    border-radius: var(--pairs-radius);
    overflow: auto;
    background: var(--pairs-color-surface);
    overscroll-behavior-x: contain;
  }
  .box:focus-visible {
    outline: var(--pairs-focus-ring);
    outline-offset: 1px;
  }
  .all {
    position: relative;
  }
  pairs-matrix-head {
    position: sticky;
    z-index: 4;
    top: 0;
  }
  /* Between two groups of runs; what stays lies above it. */
  .divider {
    position: absolute;
    z-index: 1;
    bottom: 0;
    width: 2px;
    margin-left: -1px;
    background: var(--pairs-color-ink-2);
    pointer-events: none;
  }
  .row {
    position: absolute;
    left: 0;
    width: 100%;
  }
  pairs-matrix-title {
    position: sticky;
    z-index: 2;
    left: 0;
    height: ${TITLE_HEIGHT}px;
  }
  :focus-visible {
    outline: var(--pairs-focus-ring);
    outline-offset: -2px;
  }
  .legend {
    display: flex;
    gap: 14px;
    margin: 6px 2px 0;
  }
`;
