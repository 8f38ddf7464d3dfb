// SPDX-License-Identifier: Apache-2.0
/** Styles of `pairs-full-view`. */
import {css} from 'lit';

export const styles = css`
  :host {
    display: grid;
    grid-template-rows: auto minmax(0, 1fr) auto;
    grid-template-columns: minmax(0, 1fr);
  }
  .body {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    min-height: 0;
  }
  .body.detailed {
    grid-template-columns: minmax(0, 1fr) 300px;
  }
  .frame {
    min-width: 0;
    min-height: 0;
    overflow: hidden auto;
    background: var(--pairs-color-pane);
  }
  pairs-panes {
    height: 100%;
  }
  aside {
    min-height: 0;
    padding: 12px 14px;
    border-left: 1px solid var(--pairs-color-line);
    overflow: auto;
    background: var(--pairs-color-surface);
  }
  :host(.narrow) .body.detailed {
    grid-template-columns: minmax(0, 1fr);
    grid-template-rows: minmax(0, 3fr) minmax(0, 2fr);
  }
  :host(.narrow) aside {
    border-top: 1px solid var(--pairs-color-line);
    border-left: 0;
  }
`;
