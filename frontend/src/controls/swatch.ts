// SPDX-License-Identifier: Apache-2.0
/** A colour, before or instead of the name of what has it. */
import {css, html, type TemplateResult} from 'lit';
import {styleMap} from 'lit/directives/style-map.js';

/** The border keeps a colour apart from a page of the same colour. */
export const swatchStyles = css`
  .swatch {
    display: inline-block;
    flex: none;
    box-sizing: border-box;
    width: 11px;
    height: 11px;
    border: 1px solid var(--pairs-color-control);
    border-radius: 3px;
  }
`;

/** Of a CSS `background`. */
export function swatch(background: string): TemplateResult {
  return html`<span class="swatch" style=${styleMap({background})}></span>`;
}
