// SPDX-License-Identifier: Apache-2.0
/** An icon of the set in `icons/`, as large as the text beside it. */
import {LitElement, css} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import {ICONS, type IconName} from '../icons/icons.js';

const SVG = 'http://www.w3.org/2000/svg';

/** A picture beside a name; by itself it says nothing to a screen reader. Its size is the font's. */
@customElement('pairs-icon')
export class PairsIcon extends LitElement {
  static override styles = css`
    :host {
      display: inline-flex;
      flex: none;
    }
    svg {
      width: 1.15em;
      height: 1.15em;
      fill: var(--pairs-icon-fill, none);
    }
  `;

  @property() name: IconName = 'info';

  override connectedCallback(): void {
    super.connectedCallback();
    this.ariaHidden = 'true';
  }

  override render(): SVGElement {
    const svg = document.createElementNS(SVG, 'svg');
    const frame = {
      viewBox: '0 0 24 24',
      fill: 'none',
      stroke: 'currentColor',
      'stroke-width': '2',
      'stroke-linecap': 'round',
      'stroke-linejoin': 'round',
    };
    for (const [name, value] of Object.entries(frame)) {
      svg.setAttribute(name, value);
    }
    for (const [tag, attributes] of ICONS[this.name]) {
      const shape = document.createElementNS(SVG, tag);
      for (const [name, value] of Object.entries(attributes)) {
        shape.setAttribute(name, String(value));
      }
      svg.append(shape);
    }
    return svg;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pairs-icon': PairsIcon;
  }
}
