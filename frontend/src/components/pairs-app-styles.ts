// SPDX-License-Identifier: Apache-2.0
/** Styles of `pairs-app`. */
import {css} from 'lit';

export const styles = css`
  :host {
    position: relative;
    display: grid;
    grid-template: minmax(0, 1fr) / var(--pairs-rail-width) minmax(0, 1fr);
    height: 100vh;
    background: var(--pairs-color-page);
    color: var(--pairs-color-ink);
  }
  :host([rail='hidden']),
  :host([rail='over']) {
    grid-template-columns: minmax(0, 1fr);
  }
  /* As wide as beside the rail. */
  :host([folded]) .scroll {
    margin-left: var(--pairs-rail-width);
  }
  :host([rail='over']) pairs-rail {
    position: absolute;
    z-index: 20;
    inset: 0 auto 0 0;
    width: min(var(--pairs-rail-width), calc(100vw - 48px));
    box-shadow: var(--pairs-shadow);
  }
  .scrim {
    position: absolute;
    z-index: 19;
    inset: 0;
    background: var(--pairs-color-scrim);
  }
  main {
    display: grid;
    grid-template-rows: auto auto auto minmax(0, 1fr);
    /* What does not fit scrolls or is cut in its own place. */
    grid-template-columns: minmax(0, 1fr);
    min-width: 0;
    min-height: 0;
  }
  pairs-time-bar {
    z-index: 5;
    grid-row: 1;
  }
  pairs-compare-bar {
    z-index: 4;
    grid-row: 2;
  }
  .banner {
    display: flex;
    grid-row: 3;
    align-items: center;
    gap: 10px;
    padding: 5px var(--pairs-space-4);
    background: var(--pairs-color-warning-soft);
    color: var(--pairs-color-warning);
  }
  .scroll {
    container-type: size;
    position: relative;
    grid-row: 4;
    min-height: 0;
    padding: 12px var(--pairs-space-4) 40px;
    overflow: auto;
  }
  .scroll:focus-visible {
    outline: none;
  }
  pairs-full-view {
    z-index: 4;
    grid-row: 4;
    grid-column: 1;
    min-height: 0;
    background: var(--pairs-color-page);
  }
  .scroll {
    grid-column: 1;
  }
  @media (max-width: 900px) {
    .scroll {
      padding-inline: 12px;
    }
  }
`;
