// SPDX-License-Identifier: Apache-2.0
/** Styles of `pairs-full-view`. */
import {css} from 'lit';

export const styles = css`
  :host {
    display: grid;
    grid-template-rows: auto minmax(0, 1fr) auto;
    gap: 10px;
    box-sizing: border-box;
    padding: 10px var(--pairs-space-4);
  }
  header {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 10px;
    position: relative;
    padding-right: 40px;
  }
  /* Where it is does not depend on how many rows the others take. */
  .close {
    position: absolute;
    top: 0;
    right: 0;
  }
  h2 {
    margin: 0;
    font-size: 15px;
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  .space {
    flex: 1;
  }
  .group {
    display: flex;
    gap: 4px;
  }
  .body {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 10px;
    min-height: 0;
  }
  .body.detailed {
    grid-template-columns: minmax(0, 1fr) 300px;
  }
  .frame {
    min-height: 0;
    border: 1px solid var(--pairs-color-line);
    border-radius: var(--pairs-radius);
    overflow: hidden auto;
    background: var(--pairs-color-surface);
  }
  pairs-panes {
    height: 100%;
  }
  aside {
    min-height: 0;
    padding: 12px 14px;
    border: 1px solid var(--pairs-color-line);
    border-radius: var(--pairs-radius);
    overflow: auto;
    background: var(--pairs-color-surface);
  }
  :host(.narrow) .body.detailed {
    grid-template-columns: minmax(0, 1fr);
    grid-template-rows: minmax(0, 3fr) minmax(0, 2fr);
  }
  .film {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: 10px;
    align-items: center;
  }
  .film .who {
    display: flex;
    align-items: center;
    gap: 6px;
    max-width: 120px;
    font-size: 12px;
  }
`;
