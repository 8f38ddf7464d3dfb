// SPDX-License-Identifier: Apache-2.0
/** What is painted on the canvas of a row of tiles. */
import {html} from 'lit';
import {keyed} from 'lit/directives/keyed.js';
import {styleMap} from 'lit/directives/style-map.js';
import type {SampleRow} from '../../store/data.js';
import {rowPictureSize, type SheetGeometry} from '../../views/sheet-geometry.js';

/** Differs where what was painted for a row must go: samples left, came or moved, or pixels are of another size. */
export function contentOfRow(samples: readonly SampleRow[], geometry: SheetGeometry): string {
  const {width, height} = rowPictureSize(geometry);
  return JSON.stringify([window.devicePixelRatio, width, height, ...samples.map(({id}) => id)]);
}

/** All pictures of a row: with a canvas for each, a browser takes longer for a frame the more there are. */
export function renderRowCanvas(geometry: SheetGeometry, content: string) {
  const {width, height} = rowPictureSize(geometry);
  const ratio = window.devicePixelRatio;
  const canvas = html`<canvas
    class="pictures"
    aria-hidden="true"
    width=${Math.round(width * ratio)}
    height=${Math.round(height * ratio)}
    style=${styleMap({width: `${width}px`, height: `${height}px`})}
  ></canvas>`;
  return keyed(content, canvas);
}
