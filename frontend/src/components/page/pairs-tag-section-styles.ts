// SPDX-License-Identifier: Apache-2.0
/** Styles of `pairs-tag-section`. */
import {css} from 'lit';

export const styles = css`
  :host {
    display: block;
    margin-bottom: 18px;
  }
  section {
    container-type: inline-size;
  }
  header {
    position: relative;
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 2px 8px;
    margin: 0 0 8px;
  }
  .muted {
    /* It takes what the tag's name and the controls leave. */
    flex: 1 1 0;
    min-width: 0;
    max-width: max-content;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  h2 {
    flex: 0 1 auto;
    min-width: 10ch;
    margin: 0;
    font-size: 15px;
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  h2 button {
    gap: 4px;
    padding: 2px 6px 2px 0;
    font-size: inherit;
    font-weight: inherit;
    text-align: left;
  }
  h2 pairs-icon {
    color: var(--pairs-color-ink-2);
    transition: transform var(--pairs-duration);
  }
  .collapsed h2 pairs-icon {
    transform: rotate(-90deg);
  }
  pairs-tag-controls {
    flex: none;
    max-width: 100%;
    margin-left: auto;
  }
  .actions {
    display: flex;
  }
  .description {
    max-width: 80ch;
    margin: 0 0 10px;
    color: var(--pairs-color-ink-2);
    overflow-wrap: anywhere;
    white-space: pre-line;
  }
  .panel {
    border: 1px solid var(--pairs-color-line);
    border-radius: var(--pairs-radius);
    background: var(--pairs-color-surface);
  }
  .skeleton {
    height: 220px;
    margin-bottom: var(--pairs-space-3);
    animation: breathe 1.6s ease-in-out infinite;
  }
  .pending {
    min-height: 300px;
  }
  @keyframes breathe {
    50% {
      opacity: 0.55;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .skeleton {
      animation: none;
    }
  }
  [aria-pressed='true'].plain {
    border-color: transparent;
  }
`;
