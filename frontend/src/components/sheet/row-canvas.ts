// SPDX-License-Identifier: Apache-2.0
/** What is painted on the canvas of a row of tiles. */
import {html, type TemplateResult} from 'lit';
import {styleMap} from 'lit/directives/style-map.js';
import {rowPictureSize, type SheetGeometry} from '../../views/sheet-geometry.js';

/** All pictures of a row: with a canvas for each, a browser takes longer for a frame the more there are. */
export function renderRowCanvas(geometry: SheetGeometry): TemplateResult {
  const {width, height} = rowPictureSize(geometry);
  const ratio = window.devicePixelRatio;
  return html`<canvas
    class="pictures"
    aria-hidden="true"
    width=${Math.round(width * ratio)}
    height=${Math.round(height * ratio)}
    style=${styleMap({width: `${width}px`, height: `${height}px`})}
  ></canvas>`;
}
