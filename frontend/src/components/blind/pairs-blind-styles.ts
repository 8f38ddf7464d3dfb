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
  .body {
    display: grid;
    gap: 14px;
    padding: 0 22px;
  }
  .body label {
    display: grid;
    gap: 4px;
    min-width: 0;
  }
  .label {
    color: var(--pairs-color-ink-2);
    font-size: 12px;
  }
  .pair {
    display: grid;
    grid-template-columns: 1fr 1fr;
    gap: 12px;
  }
  p {
    margin: 0;
  }
  footer {
    display: flex;
    flex-wrap: wrap;
    justify-content: flex-end;
    gap: 8px;
    padding: 16px 22px 18px;
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
  button.main {
    border-color: var(--pairs-color-accent-ink);
    background: var(--pairs-color-accent-ink);
    color: var(--pairs-color-surface);
    font-weight: 600;
  }
  button.main:hover:not(:disabled) {
    background: var(--pairs-color-accent-ink);
    filter: brightness(1.1);
  }
  table {
    width: 100%;
    border-collapse: collapse;
  }
  th,
  td {
    padding: 4px 6px;
    border-bottom: 1px solid var(--pairs-color-line-2);
    font-weight: 400;
    text-align: right;
  }
  th:first-child {
    max-width: 180px;
    padding-left: 0;
    text-align: left;
  }
  thead th {
    color: var(--pairs-color-ink-2);
    font-size: 12px;
  }
  .dot {
    display: inline-block;
    width: 8px;
    height: 8px;
    margin-right: 6px;
    border-radius: 50%;
  }
  .verdict {
    font-size: 15px;
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  .scale {
    position: relative;
    height: 26px;
    border-radius: 4px;
    background: var(--pairs-color-chip);
  }
  .scale > * {
    position: absolute;
    inset-block: 0;
  }
  .interval {
    inset-block: 10px !important;
    border-radius: 3px;
    background: var(--pairs-color-control);
  }
  .share {
    inset-block: 5px !important;
    width: 4px;
    margin-left: -2px;
    border-radius: 2px;
    background: var(--pairs-color-accent-ink);
  }
  .half {
    width: 1px;
    background: var(--pairs-color-ink-2);
  }
  .ends {
    display: flex;
    justify-content: space-between;
    gap: 12px;
    color: var(--pairs-color-ink-2);
    font-size: 12px;
  }
  .end {
    display: flex;
    gap: 4px;
    min-width: 0;
  }
  .each {
    max-height: 180px;
    overflow: auto;
  }
  summary {
    cursor: pointer;
  }
`;
