// SPDX-License-Identifier: Apache-2.0
/** Styles of `pairs-timeline`. */
import {css} from 'lit';

export const styles = css`
  :host {
    position: relative;
    display: block;
    height: 52px;
    touch-action: none;
    cursor: pointer;
    user-select: none;
    -webkit-user-select: none;
  }
  :host(:focus) {
    outline: none;
  }
  :host(:focus-visible) .thumb {
    outline: var(--pairs-focus-ring);
    outline-offset: 2px;
  }
  .plot {
    /* The thumb's radius on both sides, so that its centre reaches the ends of the curves. */
    position: absolute;
    inset: 0 7px;
  }
  svg {
    position: absolute;
    top: 2px;
    left: 0;
    width: 100%;
    height: 34px;
    overflow: visible;
  }
  .caption {
    position: absolute;
    z-index: 1;
    top: -2px;
    left: 0;
    max-width: 60%;
    overflow: hidden;
    padding: 0 4px;
    border-radius: 4px;
    background: color-mix(in srgb, var(--pairs-color-surface) 75%, transparent);
    color: var(--pairs-color-ink-2);
    font-size: 11px;
    line-height: 14px;
    pointer-events: none;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .caption.low {
    top: 22px;
  }
  path {
    fill: none;
    stroke-width: 1.6;
    vector-effect: non-scaling-stroke;
    stroke-linejoin: round;
  }
  .dashed {
    stroke-dasharray: 5 3;
  }
  .ruler {
    position: absolute;
    top: 0;
    bottom: 7px;
    width: 0;
    border-left: 1px dashed var(--pairs-color-ink-2);
    pointer-events: none;
  }
  .ruler.hover {
    border-left: 1px solid var(--pairs-color-control);
  }
  .mark {
    position: absolute;
    bottom: 13px;
    color: var(--pairs-color-accent-ink);
    transform: translateX(-50%);
    pointer-events: none;
    width: 0;
    height: 0;
    border: 5px solid transparent;
    border-top: 7px solid var(--pairs-color-accent-ink);
    border-bottom: 0;
  }
  .dip {
    position: absolute;
    width: 7px;
    height: 7px;
    border: 1.5px solid var(--pairs-color-surface);
    border-radius: 50%;
    transform: translate(-50%, -50%);
    pointer-events: none;
    opacity: 0;
    transition: opacity var(--pairs-duration);
  }
  :host(:hover) .dip,
  :host(:focus-visible) .dip {
    opacity: 1;
  }
  .track {
    position: absolute;
    right: 0;
    bottom: 5px;
    left: 0;
    height: 4px;
    border-radius: 2px;
    background: var(--pairs-color-track);
  }
  .passed {
    height: 100%;
    border-radius: 2px;
    background: var(--pairs-color-accent);
  }
  .thumb {
    position: absolute;
    bottom: 0;
    width: 14px;
    height: 14px;
    margin-left: -7px;
    border-radius: 50%;
    background: var(--pairs-color-accent);
    box-shadow: 0 0 0 3px var(--pairs-color-surface);
  }
  .tip {
    position: absolute;
    z-index: 3;
    top: 100%;
    max-width: 260px;
    padding: 6px 9px;
    border-radius: var(--pairs-radius-small);
    background: var(--pairs-color-tip);
    color: var(--pairs-color-on-tip);
    font-size: 12px;
    pointer-events: none;
    transform: translateX(-50%);
    white-space: nowrap;
  }
  .value {
    display: flex;
    align-items: center;
    gap: 6px;
  }
  .value bdi {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .value b {
    margin-left: auto;
    padding-left: 12px;
    font-weight: 600;
  }
  .dot {
    flex: none;
    width: 8px;
    height: 8px;
    border: 1px solid #ffffff90;
    border-radius: 50%;
  }
`;
