// SPDX-License-Identifier: Apache-2.0
/** The design tokens: colours, sizes and durations as custom properties. */
import {GROUND} from './ground.js';

/**
 * Every colour, size and duration by its role. Dark mode changes tokens only. Text on its surface has at least 4.5 : 1,
 * marks and borders of controls at least 3 : 1.
 */
export const TOKENS = `
:root {
  --pairs-color-page: #f5f6f8;
  --pairs-color-surface: #ffffff;
  --pairs-color-raised: #ffffff;
  --pairs-color-ink: #1f2328;
  --pairs-color-ink-2: #5d6670;
  --pairs-color-line: #dfe2e7;
  --pairs-color-line-2: #eceef1;
  --pairs-color-control: #818a94;
  --pairs-color-track: #dfe2e7;
  --pairs-color-hover: #f0f2f5;
  --pairs-color-chip: #f0f2f5;
  --pairs-color-accent: #e06c00;
  --pairs-color-accent-ink: #a84800;
  --pairs-color-accent-soft: #fff1e0;
  --pairs-color-on-accent: #ffffff;
  --pairs-color-good: #166e30;
  --pairs-color-bad: #b91c28;
  --pairs-color-warning: #8a5a00;
  --pairs-color-warning-soft: #fff4d6;
  --pairs-color-pane: #${GROUND.toString(16)};
  --pairs-color-ground: #${GROUND.toString(16)};
  --pairs-color-tip: rgb(0 0 0 / 86%);
  --pairs-color-on-tip: #ffffff;
  --pairs-color-scrim: rgb(20 24 30 / 45%);
  --pairs-shadow: 0 8px 28px rgb(20 24 30 / 22%);

  /* TensorBoard's own palette, so that a run looks the same in all tabs. */
  --pairs-run-0: #425066;
  --pairs-run-1: #12b5cb;
  --pairs-run-2: #e52592;
  --pairs-run-3: #f9ab00;
  --pairs-run-4: #9334e6;
  --pairs-run-5: #7cb342;
  --pairs-run-6: #e8710a;

  --pairs-space-1: 4px;
  --pairs-space-2: 8px;
  --pairs-space-3: 12px;
  --pairs-space-4: 18px;
  --pairs-radius: 8px;
  --pairs-radius-small: 6px;
  --pairs-rail-width: 264px;
  --pairs-focus-ring: 2px solid var(--pairs-color-accent-ink);
  --pairs-font: Roboto, 'Helvetica Neue', Arial, sans-serif;
  --pairs-font-mono: ui-monospace, 'SF Mono', Menlo, Consolas, monospace;
  --pairs-duration: 140ms;

  color-scheme: light;
  color: var(--pairs-color-ink);
  background: var(--pairs-color-page);
  font: 13px/1.45 var(--pairs-font);
  font-variant-numeric: tabular-nums;
}

:root[data-theme='dark'] {
  --pairs-color-page: #1d1f23;
  --pairs-color-surface: #26292e;
  --pairs-color-raised: #2d3137;
  --pairs-color-ink: #e6e8eb;
  --pairs-color-ink-2: #a7b0ba;
  --pairs-color-line: #3a3f46;
  --pairs-color-line-2: #30343a;
  --pairs-color-control: #7d8791;
  --pairs-color-track: #454b53;
  --pairs-color-hover: #30343a;
  --pairs-color-chip: #30343a;
  --pairs-color-accent: #ff9800;
  --pairs-color-accent-ink: #ffb04d;
  --pairs-color-accent-soft: #3a2d1b;
  --pairs-color-on-accent: #1d1f23;
  --pairs-color-good: #56d364;
  --pairs-color-bad: #ff938b;
  --pairs-color-warning: #e8b84a;
  --pairs-color-warning-soft: #3a321d;
  --pairs-color-pane: #0b0d10;
  --pairs-color-tip: rgb(0 0 0 / 90%);
  --pairs-color-scrim: rgb(0 0 0 / 60%);
  --pairs-shadow: 0 8px 28px rgb(0 0 0 / 55%);
  --pairs-run-0: #8e98a3;

  color-scheme: dark;
}

@media (prefers-reduced-motion: reduce) {
  :root {
    --pairs-duration: 0s;
  }
}

body {
  height: 100vh;
  margin: 0;
  overflow: hidden;
}
`;
