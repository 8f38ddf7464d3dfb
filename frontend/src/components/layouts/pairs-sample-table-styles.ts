// SPDX-License-Identifier: Apache-2.0
/** Styles of `pairs-sample-table` and its rows. */
import {css} from 'lit';

/** Cells stand in the columns of `--columns`; flag and sample stay in sight while the rest scrolls sideways. */
export const lineStyles = css`
  .line {
    display: grid;
    grid-template-columns: var(--columns);
    align-items: center;
    width: max-content;
    min-width: 100%;
  }
  [role='columnheader'],
  [role='gridcell'] {
    display: flex;
    align-items: center;
    min-width: 0;
    height: 100%;
    padding: 0 6px;
    background: var(--pairs-cell-color, var(--pairs-color-surface));
  }
  .line > :nth-child(-n + 2) {
    position: sticky;
    z-index: 1;
    left: 0;
  }
  .line > :nth-child(1) {
    justify-content: center;
    padding: 0;
  }
  .line > :nth-child(2) {
    left: 30px;
  }
  .dot {
    flex: none;
    width: 9px;
    height: 9px;
    border-radius: 50%;
  }
  .bar {
    width: 100%;
    max-width: 84px;
    height: 3px;
    border-radius: 2px;
    background: var(--pairs-color-line-2);
  }
  .bar i {
    display: block;
    height: 100%;
    border-radius: 2px;
  }
`;

export const styles = [
  lineStyles,
  css`
    :host {
      display: block;
    }
    .table {
      border: 1px solid var(--pairs-color-line);
      border-radius: var(--pairs-radius);
      background: var(--pairs-color-surface);
    }
    .head {
      position: sticky;
      z-index: 3;
      top: 0;
      overflow: hidden;
      border-bottom: 1px solid var(--pairs-color-line);
      border-radius: var(--pairs-radius) var(--pairs-radius) 0 0;
      background: var(--pairs-color-surface);
      color: var(--pairs-color-ink-2);
      font-size: 12px;
      font-weight: 600;
    }
    .head .line {
      height: 40px;
    }
    /* Two lines, as columns of numbers are narrow. */
    .run {
      display: -webkit-box;
      overflow: hidden;
      line-height: 1.25;
      overflow-wrap: anywhere;
      text-align: left;
      white-space: normal;
      -webkit-box-orient: vertical;
      -webkit-line-clamp: 2;
    }
    .head button {
      justify-content: flex-start;
      min-width: 0;
      max-width: 100%;
      margin-left: -6px;
      font-weight: inherit;
      white-space: nowrap;
    }
    .line > :nth-child(1) button {
      margin: 0;
      padding: 2px;
    }
    .head button:hover {
      color: var(--pairs-color-ink);
    }
    [aria-sort='ascending'],
    [aria-sort='descending'] {
      color: var(--pairs-color-ink);
    }
    .arrow {
      flex: none;
      font-size: 9px;
    }
    .arrow sub {
      font-size: 9px;
    }
    .body {
      overflow: auto hidden;
      border-radius: 0 0 var(--pairs-radius) var(--pairs-radius);
    }
    .row {
      width: max-content;
      min-width: 100%;
      /* Below the header. */
      scroll-margin-top: 42px;
    }
    .row + .row {
      border-top: 1px solid var(--pairs-color-line-2);
    }
  `,
];

export const rowStyles = [
  lineStyles,
  css`
    :host {
      display: block;
      height: 100%;
    }
    :host(:hover) {
      --pairs-cell-color: var(--pairs-color-hover);
    }
    :host(:focus-visible) {
      outline: var(--pairs-focus-ring);
      outline-offset: -2px;
    }
    .line {
      height: 100%;
    }
    .flag {
      min-height: 24px;
      padding: 2px;
      color: var(--pairs-color-ink-2);
      opacity: 0;
    }
    .flag[aria-pressed='true'] {
      border-color: transparent;
      background: none;
      color: var(--pairs-color-accent-ink);
    }
    .flag[aria-pressed='true'] pairs-icon {
      --pairs-icon-fill: currentColor;
    }
    :host(:hover) .flag,
    .flag:focus-visible,
    .flag[aria-pressed='true'] {
      opacity: 1;
    }
    .sample {
      flex-direction: column;
      align-items: flex-start;
      justify-content: center;
    }
    .sample button {
      justify-content: flex-start;
      max-width: 100%;
      min-height: 20px;
      margin-left: -6px;
      padding: 0 6px;
      font-weight: 600;
    }
    .caption {
      max-width: 100%;
      color: var(--pairs-color-ink-2);
      font-size: 12px;
    }
    .picture {
      cursor: pointer;
    }
    pairs-thumbnail {
      border-radius: 3px;
      overflow: hidden;
    }
    .metric,
    .lead {
      flex-direction: column;
      align-items: flex-start;
      justify-content: center;
      gap: 4px;
    }
    .lead {
      gap: 0;
    }
    .value {
      display: flex;
      gap: 6px;
      align-items: baseline;
    }
    .offset {
      color: var(--pairs-color-warning);
      font-size: 11px;
    }
    .name {
      display: flex;
      gap: 6px;
      align-items: center;
      max-width: 100%;
    }
    .muted {
      color: var(--pairs-color-ink-2);
      font-size: 12px;
    }
    .change {
      gap: 6px;
    }
    [data-tone='good'] {
      color: var(--pairs-color-good);
    }
    [data-tone='bad'] {
      color: var(--pairs-color-bad);
    }
    svg {
      display: block;
      overflow: visible;
    }
    path {
      fill: none;
      stroke-linejoin: round;
      stroke-width: 1.3;
    }
  `,
];
