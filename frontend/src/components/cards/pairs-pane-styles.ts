// SPDX-License-Identifier: Apache-2.0
/** Styles of `pairs-pane`. */
import {css} from 'lit';

export const styles = css`
  :host {
    display: flex;
    position: relative;
    flex-direction: column;
    min-width: 0;
    background: var(--pairs-color-surface);
  }
  .caption {
    display: flex;
    align-items: center;
    gap: 6px;
    height: 32px;
    padding: 0 10px;
    box-sizing: border-box;
    font-size: 12px;
  }
  .who {
    display: flex;
    flex: 0 1 auto;
    align-items: center;
    gap: 6px;
    min-width: 8ch;
  }
  pairs-name {
    flex: 0 1 auto;
    min-width: 4ch;
  }
  /* On the picture, so that it takes no room from the caption. */
  ::slotted([slot='menu']) {
    position: absolute;
    z-index: 3;
    top: 36px;
    right: 4px;
    border-radius: 6px;
    background: var(--pairs-color-surface);
    opacity: 0;
    pointer-events: auto;
  }
  :host(:hover) ::slotted([slot='menu']),
  ::slotted([slot='menu']:focus-within) {
    opacity: 0.92;
  }
  @media (hover: none) {
    ::slotted([slot='menu']) {
      opacity: 0.92;
    }
  }
  :host(:is([bare], [on-stage])) ::slotted([slot='menu']) {
    top: 24px;
    right: 0;
  }
  :host([on-stage='thumb']) ::slotted([slot='menu']) {
    display: none;
  }
  .enlarge {
    display: inline-flex;
    flex: none;
    padding: 2px;
    border: 0;
    border-radius: 4px;
    background: none;
    color: inherit;
    font-size: 12px;
    cursor: pointer;
  }
  .enlarge:hover {
    background: #fff3;
  }
  /* Where the picture has the whole pane, what is said lies on it. */
  :host(:is([bare], [on-stage])) {
    position: relative;
    min-height: 0;
  }
  :host(:is([bare], [on-stage])) .stage {
    min-height: 0;
    max-height: none;
  }
  :host(:is([bare], [on-stage])) .caption {
    position: absolute;
    z-index: 2;
    inset: 6px 6px auto 6px;
    align-items: flex-start;
    height: auto;
    padding: 0;
    pointer-events: none;
  }
  :host(:is([bare], [on-stage])) :is(.who, .chip, .badge) {
    pointer-events: auto;
  }
  :host(:is([bare], [on-stage])) .chip {
    background: var(--pairs-color-surface);
  }
  /* In the full view. */
  :host([on-stage]) {
    outline: 1px solid var(--pairs-color-line-2);
  }
  :host([on-stage]) .who {
    padding: 1px 4px 1px 8px;
    border-radius: 5px;
    background: var(--pairs-color-tip);
    color: var(--pairs-color-on-tip);
  }
  :host([on-stage]) .quiet {
    color: inherit;
  }
  :host([on-stage='thumb']) .stage {
    cursor: pointer;
  }
  :host([on-stage='thumb']) .caption {
    flex-direction: column;
    justify-content: space-between;
    gap: 2px;
    inset: 3px;
    font-size: 11px;
  }
  :host([on-stage='thumb']) .who {
    max-width: 100%;
    padding: 0 5px;
    box-sizing: border-box;
    line-height: 15px;
    pointer-events: none;
  }
  :host([on-stage='thumb']) :is(.enlarge, .badge, .space, .tip, .side, .chip ~ .chip) {
    display: none;
  }
  :host([on-stage='thumb']) .chip {
    padding: 0 5px;
    font-size: 11px;
    line-height: 15px;
  }
  /* As a cell of a matrix. */
  :host([bare]) {
    /* What lies on a picture stays under the panes that it scrolls under. */
    isolation: isolate;
    border-right: 1px solid var(--pairs-color-line-2);
  }
  :host([bare]) .caption {
    inset: 4px 4px auto 4px;
  }
  :host([bare]) .chip {
    padding: 0 7px;
    font-size: 11px;
    opacity: 0.94;
  }
  :host([bare]) .state span {
    display: none;
  }
  .quiet {
    color: var(--pairs-color-ink-2);
  }
  .badge {
    flex: 0 8 auto;
    min-width: 3ch;
    overflow: hidden;
    text-overflow: ellipsis;
    padding: 0 6px;
    border-radius: 8px;
    background: var(--pairs-color-chip);
    color: var(--pairs-color-ink-2);
    font-size: 11px;
    line-height: 16px;
    white-space: nowrap;
    font-variant-numeric: tabular-nums;
  }
  .badge[data-tone='plain'] {
    flex: none;
    min-width: 0;
  }
  .badge[data-tone='warning'] {
    background: var(--pairs-color-warning-soft);
    color: var(--pairs-color-warning);
  }
  .space {
    flex: 1 1 0;
  }
  .stage {
    position: relative;
    /* Not from 0: Firefox takes that for the height, whatever the aspect ratio. */
    flex: 1 1 auto;
    overflow: hidden;
    min-height: 96px;
    max-height: var(--pairs-pane-max-height, 60vh);
    background: var(--pairs-color-pane);
    touch-action: pan-y;
    user-select: none;
  }
  .stage.zoomed {
    touch-action: none;
    cursor: grab;
  }
  .stage.zoomed:active {
    cursor: grabbing;
  }
  .stage.swipes {
    touch-action: pan-y;
    cursor: ew-resize;
  }
  canvas {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
  }
  .values {
    pointer-events: none;
  }
  .stale canvas {
    opacity: 0.55;
    transition: opacity 120ms 150ms;
  }
  .cross {
    position: absolute;
    background: #ffffffb0;
    mix-blend-mode: difference;
    pointer-events: none;
  }
  .cross.x {
    inset-block: 0;
    left: 0;
    width: 1px;
  }
  .cross.y {
    inset-inline: 0;
    top: 0;
    height: 1px;
  }
  .tip {
    position: absolute;
    top: 0;
    left: 0;
    z-index: 2;
    max-width: 100%;
    box-sizing: border-box;
    overflow: hidden;
    text-overflow: ellipsis;
    padding: 2px 7px;
    border-radius: 4px;
    background: #000c;
    color: #fff;
    font:
      11px/1.5 ui-monospace,
      Menlo,
      Consolas,
      monospace;
    white-space: nowrap;
    pointer-events: none;
  }
  .divider {
    position: absolute;
    inset-block: 0;
    width: 2px;
    margin-left: -1px;
    background: #fff;
    box-shadow: 0 0 3px #000a;
    pointer-events: none;
  }
  .divider::after {
    content: '';
    position: absolute;
    top: 50%;
    left: 50%;
    width: 22px;
    height: 22px;
    border-radius: 50%;
    background:
      linear-gradient(#fff, #fff) center / 2px 10px no-repeat,
      #000a;
    border: 2px solid #fff;
    box-sizing: border-box;
    translate: -50% -50%;
  }
  .side {
    position: absolute;
    bottom: 6px;
    max-width: 45%;
    padding: 1px 6px;
    border-radius: 4px;
    overflow: hidden;
    background: #000a;
    color: #fff;
    font-size: 11px;
    text-overflow: ellipsis;
    white-space: nowrap;
    pointer-events: none;
  }
  .side.left {
    left: 6px;
  }
  .side.right {
    right: 6px;
  }
  .state {
    position: absolute;
    inset: 0;
    display: flex;
    flex-direction: column;
    align-items: center;
    justify-content: center;
    gap: 4px;
    padding: 12px;
    overflow: auto;
    color: #c9d1d9;
    font-size: 12px;
    line-height: 1.4;
    text-align: center;
    overflow-wrap: anywhere;
  }
  .state[data-state='error'] strong {
    color: #ff9b93;
  }
  .state strong {
    font-weight: 600;
  }
  .loading {
    position: absolute;
    inset: 0;
    background: linear-gradient(100deg, transparent 30%, #ffffff12 50%, transparent 70%) 0 0 / 200%
      100%;
    animation: shimmer 1.4s linear infinite;
    pointer-events: none;
  }
  @keyframes shimmer {
    from {
      background-position-x: 150%;
    }
    to {
      background-position-x: -50%;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .loading {
      animation: none;
    }
    .stale canvas {
      transition: none;
    }
  }
  pairs-minimap {
    position: absolute;
    right: 6px;
    bottom: 6px;
    z-index: 1;
  }
`;
