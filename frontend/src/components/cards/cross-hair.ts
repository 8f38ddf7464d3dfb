// SPDX-License-Identifier: Apache-2.0
/** The cross-hair of a pane, and the tip that tells what it points at. */
import {html, nothing} from 'lit';
import {styleMap} from 'lit/directives/style-map.js';
import type {Size} from '../../pixels/raster.js';
import type {Point} from '../../views/viewport.js';

/** CSS pixels: of a tip's character, of what is around its text, of its height, and between it and the cross-hair. */
const TIP_CHARACTER = 6.7;
const TIP_PADDING = 16;
const TIP_HEIGHT = 21;
const TIP_GAP = 8;

/** `at` is where in the pane it points, in CSS pixels; beside a divider it has no line of its own across. */
export function crossHair(at: Point, pane: Size, text: string, hasDivider: boolean) {
  if (at.x < 0 || at.y < 0 || at.x > pane.width || at.y > pane.height) {
    return nothing;
  }
  const place = tipPlace(at, text.length * TIP_CHARACTER + TIP_PADDING, pane);
  const tip = {transform: `translate(${place.x}px, ${place.y}px)`};
  return html`
    ${
      hasDivider
        ? nothing
        : html`<div class="cross x" style=${styleMap({transform: `translateX(${at.x}px)`})}></div>`
    }
    <div class="cross y" style=${styleMap({transform: `translateY(${at.y}px)`})}></div>
    ${text === '' ? nothing : html`<div class="tip" style=${styleMap(tip)}>${text}</div>`}
  `;
}

/** Right of and below the cross-hair, or on the other sides where there is no room. */
function tipPlace(at: Point, width: number, pane: Size): Point {
  const fitsRight = at.x + TIP_GAP + width <= pane.width;
  const fitsBelow = at.y + TIP_GAP + TIP_HEIGHT <= pane.height;
  return {
    x: fitsRight ? at.x + TIP_GAP : Math.max(0, at.x - TIP_GAP - width),
    y: fitsBelow ? at.y + TIP_GAP : Math.max(0, at.y - TIP_GAP - TIP_HEIGHT),
  };
}
