// SPDX-License-Identifier: Apache-2.0
/** What is painted on the canvas of a row of tiles. */
import {html, noChange} from 'lit';
import {Directive, directive, type ElementPart} from 'lit/directive.js';
import {styleMap} from 'lit/directives/style-map.js';
import type {SampleRow} from '../../store/data.js';
import {rowPictureSize, type SheetGeometry} from '../../views/sheet-geometry.js';
import {canvasSize} from '../../views/viewport.js';

/** Differs where what was painted for a row must go: samples left, came or moved, or pixels are of another size. */
export function contentOfRow(samples: readonly SampleRow[], geometry: SheetGeometry): string {
  const {width, height} = rowPictureSize(geometry);
  return JSON.stringify([window.devicePixelRatio, width, height, ...samples.map(({id}) => id)]);
}

/** Empties a canvas where what is on it is another. */
class Emptied extends Directive {
  #content: string | undefined;

  render(content: string) {
    this.#content = content;
    return noChange;
  }

  override update({element}: ElementPart, [content]: [string]) {
    if (this.#content !== undefined && this.#content !== content) {
      const canvas = element as HTMLCanvasElement;
      canvas.getContext('2d')?.clearRect(0, 0, canvas.width, canvas.height);
    }
    return this.render(content);
  }
}

const emptied = directive(Emptied);

/** All pictures of a row: with a canvas for each, a browser takes longer for a frame the more there are. */
export function renderRowCanvas(geometry: SheetGeometry, content: string) {
  const size = rowPictureSize(geometry);
  const {width, height} = canvasSize(size, window.devicePixelRatio);
  return html`<canvas
    class="pictures"
    aria-hidden="true"
    width=${width}
    height=${height}
    style=${styleMap({width: `${size.width}px`, height: `${size.height}px`})}
    ${emptied(content)}
  ></canvas>`;
}
