// SPDX-License-Identifier: Apache-2.0
/** Styles that all dialogs share. */
import {css} from 'lit';

export const dialogStyles = css`
  dialog {
    padding: 0;
    border: 1px solid var(--pairs-color-line);
    border-radius: var(--pairs-radius);
    background: var(--pairs-color-raised);
    color: inherit;
    box-shadow: var(--pairs-shadow);
  }
  dialog::backdrop {
    background: var(--pairs-color-scrim);
  }
`;
