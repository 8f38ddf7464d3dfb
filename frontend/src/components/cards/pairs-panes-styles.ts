// SPDX-License-Identifier: Apache-2.0
/** Styles of `pairs-panes`. */
import {css} from 'lit';

export const styles = css`
  :host {
    display: block;
  }
  .panes {
    display: grid;
    gap: 1px;
    background: var(--pairs-color-line-2);
  }
  .unseen {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
  }
  /* Ground truth and prediction are seen together. */
  .column [data-pane='input'] {
    order: 1;
  }
  .rest {
    background: var(--pairs-color-surface);
  }
  .panes {
    position: relative;
    outline: none;
  }
  /* Above the panes, which would hide the ring. */
  .panes:focus-visible::after {
    position: absolute;
    z-index: 2;
    inset: 0;
    outline: var(--pairs-focus-ring);
    outline-offset: -2px;
    content: '';
    pointer-events: none;
  }
  :host([cells]) .panes {
    height: 100%;
    grid-template-rows: 100%;
    gap: 0;
    background: none;
  }
  :host([cells]) pairs-pane {
    --pairs-pane-aspect: auto;
  }
  :host([fill]) {
    display: flex;
    flex-direction: column;
    min-height: 0;
  }
  :host([fill]) .panes {
    flex: 1;
    min-height: 0;
    background: var(--pairs-color-pane);
  }
  :host([fill]) pairs-pane {
    --pairs-pane-max-height: none;
    --pairs-pane-aspect: auto;
    min-height: 0;
  }
`;
