// SPDX-License-Identifier: Apache-2.0
/** The legend in the header of a card. Kinds and modes supply its entries. */
import {LitElement, css, html} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import {styleMap} from 'lit/directives/style-map.js';
import {swatch, swatchStyles} from '../../controls/swatch.js';
import {discCss, scaleCss, swatchCss} from '../../kinds/legend-css.js';
import type {LegendEntry} from '../../kinds/legend.js';

/** Says what the colours of a card's panes mean. */
@customElement('pairs-legend')
export class PairsLegend extends LitElement {
  static override styles = [
    swatchStyles,
    css`
      :host {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 2px 14px;
        color: var(--pairs-color-ink-2);
        font-size: 11px;
        font-variant-numeric: tabular-nums;
      }
      .entry {
        display: inline-flex;
        align-items: center;
        gap: 6px;
      }
      .disc {
        width: 28px;
        height: 28px;
        border-radius: 50%;
      }
      .line {
        width: 20px;
        border-top: 2px solid currentcolor;
      }
      .line:not(.dashed) {
        height: 2px;
        border: 1px solid #000;
        background: #fff;
      }
      .line.dashed {
        border-top-style: dashed;
      }
      .scale {
        display: inline-flex;
        align-items: center;
        gap: 6px;
      }
      .bar {
        position: relative;
        width: 96px;
        height: 8px;
        border-radius: 2px;
      }
    `,
  ];

  @property({attribute: false}) entries: readonly LegendEntry[] = [];

  protected override render() {
    return this.entries.map((entry) => {
      switch (entry.type) {
        case 'text':
          return html`<span>${entry.text}</span>`;
        case 'swatch':
          return html`<span class="entry"
            >${swatch(swatchCss(entry.color, entry.stripe))}${entry.text}</span
          >`;
        case 'disc':
          return html`<span class="entry"
            ><span class="disc" style=${styleMap({background: discCss(entry.rim)})}></span
            >${entry.text}</span
          >`;
        case 'line':
          return html`<span class="entry"
            ><span class="line ${entry.dashed ? 'dashed' : ''}"></span>${entry.text}</span
          >`;
        case 'scale':
          return html`<span class="scale"
            ><span>${entry.ticks[0]}</span
            ><span class="bar" style=${styleMap({background: scaleCss(entry.colors)})}></span
            ><span>${entry.ticks.at(-1)}</span></span
          >`;
      }
    });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pairs-legend': PairsLegend;
  }
}
