// SPDX-License-Identifier: Apache-2.0
/** Styles of `pairs-blind`. */
import {css} from 'lit';

export const styles = css`
  dialog {
    width: min(520px, calc(100vw - 32px));
    max-height: calc(100vh - 32px);
    overflow: auto;
  }
  dialog.full {
    width: 100vw;
    height: 100vh;
    max-width: none;
    max-height: none;
    border: 0;
    border-radius: 0;
    background: var(--pairs-color-page);
    overflow: hidden;
  }
  .page {
    display: grid;
    grid-template-rows: auto minmax(0, 1fr) auto;
    gap: 10px;
    height: 100%;
    padding: 10px var(--pairs-space-4) 14px;
  }
  header {
    display: flex;
    align-items: center;
    gap: 12px;
    min-width: 0;
  }
  .box > header {
    justify-content: space-between;
    padding: 14px 14px 10px 22px;
  }
  h2 {
    margin: 0;
    font-size: 16px;
  }
  .page h2 {
    font-size: 14px;
  }
  .space {
    flex: 1;
  }
  progress {
    width: min(220px, 20vw);
    height: 6px;
    appearance: none;
    border: 0;
    border-radius: 4px;
    overflow: hidden;
    background: var(--pairs-color-track);
  }
  progress::-webkit-progress-bar {
    background: var(--pairs-color-track);
  }
  progress::-webkit-progress-value {
    background: var(--pairs-color-accent);
  }
  progress::-moz-progress-bar {
    background: var(--pairs-color-accent);
  }
  .panes {
    display: grid;
    grid-auto-rows: minmax(0, 1fr);
    gap: 1px;
    min-height: 0;
    border: 1px solid var(--pairs-color-line);
    border-radius: var(--pairs-radius);
    overflow: clip;
    background: var(--pairs-color-surface);
  }
  pairs-pane {
    --pairs-pane-max-height: none;
    --pairs-pane-aspect: auto;
    min-height: 0;
  }
  .message {
    display: grid;
    place-items: center;
    padding: 24px;
    color: var(--pairs-color-ink-2);
    text-align: center;
  }
  .votes {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: center;
    gap: 8px;
  }
  .votes .vote {
    min-width: 132px;
    min-height: 38px;
  }
`;
