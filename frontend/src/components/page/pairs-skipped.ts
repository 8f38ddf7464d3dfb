// SPDX-License-Identifier: Apache-2.0
/** The series of the log that the page can't show, and why. */
import {LitElement, css, html, nothing} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import type {Skipped} from '../../api/types.js';
import {showNumber} from '../../controls/scoped-number.js';
import {countOf} from '../../texts/scoped-number.js';

/** A list that is closed at first; nothing where there is nothing to tell. */
@customElement('pairs-skipped')
export class PairsSkipped extends LitElement {
  static override styles = css`
    :host {
      color: var(--pairs-color-ink-2);
    }
    summary {
      cursor: pointer;
    }
    li {
      overflow-wrap: anywhere;
    }
  `;

  @property({attribute: false}) series: readonly Skipped[] = [];

  protected override render() {
    if (this.series.length === 0) {
      return nothing;
    }
    return html`<details>
      <summary>
        ${showNumber(countOf(this.series.length, 'skipped series'))} series can't be shown
      </summary>
      <ul>
        ${this.series.map(({run, tag, reason}) => html`<li><bdi>${tag}</bdi> (<bdi>${run}</bdi>): <bdi>${reason}</bdi></li>`)}
      </ul>
    </details>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pairs-skipped': PairsSkipped;
  }
}
