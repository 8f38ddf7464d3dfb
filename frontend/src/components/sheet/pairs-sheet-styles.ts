// SPDX-License-Identifier: Apache-2.0
/** Styles of `pairs-sheet`. */
import {css} from 'lit';
import {TILE_GAP} from '../../views/sheet-geometry.js';

export const styles = css`
  :host {
    display: block;
  }
  .grid {
    position: relative;
  }
  .made {
    position: absolute;
    left: 0;
    right: 0;
    display: grid;
    align-items: start;
    gap: ${TILE_GAP}px;
    /* Nothing in a row moves what is outside of it, so that scrolling lays out only what came. */
    contain: layout style;
  }
  .pictures {
    position: absolute;
    top: 0;
    left: 0;
    /* Above the grounds of the tiles, below what they say on their pictures. */
    z-index: 1;
    pointer-events: none;
  }
  pairs-tile {
    scroll-margin: ${TILE_GAP}px;
  }
  .legend {
    margin: 0 2px 6px;
  }
`;
