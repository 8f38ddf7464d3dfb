// SPDX-License-Identifier: Apache-2.0
/** The colour of a class, before or instead of its name. */
import {css, html, type TemplateResult} from 'lit';
import {styleMap} from 'lit/directives/style-map.js';
import type {ClassStyle} from '../../kinds/classes.js';
import {cssColor} from '../../pixels/color.js';

export const swatchStyles = css`
  .swatch {
    display: inline-block;
    flex: none;
    width: 10px;
    height: 10px;
    border-radius: 3px;
  }
`;

export function classSwatch({color}: ClassStyle): TemplateResult {
  return html`<span class="swatch" style=${styleMap({background: cssColor(color)})}></span>`;
}
